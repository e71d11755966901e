"""Pieces of programme pages, made once a release and language and kept in memory: rows, days, filters."""

from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import get_locale
from markupsafe import Markup

from conference.schedule import stitched, words
from conference.schedule.formats.flat import teaser
from conference.schedule.rules import blocks, room_of

LONGEST_TEASER = 220
# Letters of all beginnings of abstracts on one page: prose is most of what a day weighs once it is compressed. Longer lists fetch an abstract when its row is opened.
MOST_TEASERS = 24_000


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of the programme shows."""

    number: int
    title: str
    href: str
    starts: str
    ends: str
    room: str
    track: str
    hue: int | None
    kind: str
    people: str
    star: str
    withdrawn: bool
    board: str = ""
    whole: str = ""  # the title of the session that it is a part of


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as listed inside its session."""

    title: str
    href: str
    time: str
    people: str
    withdrawn: bool
    board: str = ""


def rows(published, place, sessions):
    """[(start, the same on the clock, [(session, row as Markup)])] of the sessions, in order of time."""
    is_long = sum(len(_teaser(published, session)) for session in sessions) > MOST_TEASERS
    return [
        (
            start,
            words.clock_on(published, start, starting[0].day),
            [(session, session_row(published, place, session, fetches=is_long)) for session in starting],
        )
        for start, starting in blocks(sessions)
    ]


def session_row(published, place, session, *, fetches=False):
    """One session as Markup; the same for every reader, so it carries no stars. One that `fetches` has its abstract when it is opened."""
    key = (_language(), "session", session.number, fetches)
    if key not in published.kept:
        published.kept[key] = _macro("session")(
            row_of_session(published, place, session), _inside(published, place, session), fetches
        )
    return published.kept[key]


def talk_row(published, place, session, talk):
    """One presentation as Markup, with its session named."""
    key = (_language(), "talk", talk.number)
    if key not in published.kept:
        published.kept[key] = _macro("talk")(row_of_talk(published, place, session, talk), session.title)
    return published.kept[key]


def day_piece(published, place, day):
    """The list of a whole day as a compressed piece, made once however many ask for it at the same time."""
    key = (_language(), "day", day)
    if key not in published.kept:
        with published.making:
            if key not in published.kept:
                listed = rows(published, place, published.days[day])
                published.kept[key] = stitched.piece(str(_macro("listing")(listed, published.columns, published.zone)))
    return published.kept[key]


def listing(published, place, sessions):
    """The list of some sessions as Markup."""
    return _macro("listing")(rows(published, place, sessions), published.columns, published.zone)


def row_of_session(published, place, session):
    """The Row of a session."""
    whole = published.whole_of(session)
    return Row(
        number=session.number,
        title=session.title,
        href=url_for("schedule.session", code=place.code, number=session.number),
        starts=words.clock_on(published, session.starts, session.day),
        ends=words.clock(session.ends, published.zone),
        room=session.room,
        track=session.track,
        hue=published.hues.get(session.track),
        kind=session.kind,
        people=words.names_of(published, [part.person for part in session.people]),
        star=url_for("schedule.star", code=place.code, number=session.number),
        withdrawn=session.withdrawn,
        whole=whole.title if whole else "",
    )


def row_of_talk(published, place, session, talk):
    """The Row of a presentation."""
    time = published.times[talk.guid]
    return Row(
        number=talk.number,
        title=words.title_of(talk),
        href=url_for("schedule.presentation", code=place.code, number=talk.number),
        starts=words.clock_on(published, time[0] if time else session.starts, session.day),
        ends=words.clock(time[1] if time else session.ends, published.zone),
        room=room_of(session, talk),
        track=talk.track or session.track,
        hue=published.hues.get(talk.track or session.track),
        kind=talk.kind,
        people=words.names_of(published, [author.person for author in talk.authors]),
        star=url_for("schedule.star", code=place.code, number=talk.number),
        withdrawn=session.withdrawn or talk.withdrawn,
        board=talk.board,
    )


def parts_of_person(published, place, guid):
    """[(role, day, row)] of what somebody does, in order of time."""
    return [
        (
            role,
            words.long_day(session.day),
            row_of_talk(published, place, session, talk) if talk else row_of_session(published, place, session),
        )
        for role, session, talk in published.parts.get(guid, [])
    ]


def _inside(published, place, session):
    """What opens in place below a row: the beginning of the abstract, and the talks."""
    talks = [talk_link(published, place, session, talk) for talk in session.presentations]
    return _teaser(published, session), talks


def _teaser(published, session):
    key = ("teaser", session.number)
    if key not in published.kept:
        published.kept[key] = teaser(session.abstract or session.description, LONGEST_TEASER)
    return published.kept[key]


def talk_link(published, place, session, talk):
    """The Talk of a presentation."""
    time = published.times[talk.guid]
    return Talk(
        title=words.title_of(talk),
        href=url_for("schedule.presentation", code=place.code, number=talk.number),
        time=words.clock_on(published, time[0], session.day) if time else "",
        people=words.names_of(published, [author.person for author in talk.authors]),
        withdrawn=talk.withdrawn,
        board=talk.board,
    )


def _macro(name):
    """A macro of schedule/_rows.html, called outside of a page: it may use nothing but its arguments."""
    module = current_app.jinja_env.get_template("schedule/_rows.html").module
    return lambda *values: Markup(getattr(module, name)(*values))  # noqa: S704 - autoescaped by the template


def _language():
    return str(get_locale())
