"""Pieces of programme pages, made once a release and language and kept in memory: rows, days, filters."""

from dataclasses import dataclass
from babel.dates import format_date
from flask import current_app, url_for
from flask_babel import get_locale
from markupsafe import Markup

from conference.kernel import fold
from conference.schedule import stitched
from conference.schedule.formats.flat import teaser
from conference.schedule.rules import blocks, numbered_affiliations

LONGEST_TEASER = 280
MOST_NAMES = 8


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


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as listed inside its session."""

    title: str
    href: str
    time: str
    people: str
    withdrawn: bool


def rows(published, place, sessions):
    """[(start, [(session, row as Markup)])] of the sessions, in order of time."""
    return [
        (start, [(session, session_row(published, place, session)) for session in starting])
        for start, starting in blocks(sessions)
    ]


def session_row(published, place, session):
    """One session as Markup; the same for every reader, so it carries no stars."""
    key = (_language(), "session", session.number)
    if key not in published.kept:
        published.kept[key] = _macro("session")(
            row_of_session(published, place, session), _inside(published, place, session)
        )
    return published.kept[key]


def talk_row(published, place, session, talk):
    """One presentation as Markup, with its session named."""
    key = (_language(), "talk", talk.number)
    if key not in published.kept:
        published.kept[key] = _macro("talk")(row_of_talk(published, place, session, talk), session.title)
    return published.kept[key]


def day_piece(published, place, day):
    """The list of a whole day as a compressed piece."""
    key = (_language(), "day", day)
    if key not in published.kept:
        listed = rows(published, place, published.days[day])
        published.kept[key] = stitched.piece(str(_macro("listing")(listed, published.columns, published.zone)))
    return published.kept[key]


def listing(published, place, sessions):
    """The list of some sessions as Markup."""
    return _macro("listing")(rows(published, place, sessions), published.columns, published.zone)


def row_of_session(published, place, session):
    """The Row of a session."""
    return Row(
        number=session.number,
        title=session.title,
        href=url_for("schedule.session", code=place.code, number=session.number),
        starts=clock(session.starts, published.zone),
        ends=clock(session.ends, published.zone),
        room=session.room,
        track=session.track,
        hue=published.hues.get(session.track),
        kind=session.kind,
        people=_names(published, [part.person for part in session.people]),
        star=url_for("schedule.star", code=place.code, number=session.number),
        withdrawn=session.withdrawn,
    )


def row_of_talk(published, place, session, talk):
    """The Row of a presentation."""
    time = published.times[talk.guid]
    return Row(
        number=talk.number,
        title=talk.title,
        href=url_for("schedule.presentation", code=place.code, number=talk.number),
        starts=clock(time[0] if time else session.starts, published.zone),
        ends=clock(time[1] if time else session.ends, published.zone),
        room=session.room,
        track=talk.track or session.track,
        hue=published.hues.get(talk.track or session.track),
        kind=talk.kind,
        people=_names(published, [author.person for author in talk.authors]),
        star=url_for("schedule.star", code=place.code, number=talk.number),
        withdrawn=session.withdrawn or talk.withdrawn,
    )


def clock(instant, zone):
    """ "09:00" in the meeting's zone."""
    return f"{instant.astimezone(zone):%H:%M}"


def zone_label(published, day=None):
    """ "Brussels time (CET)": the zone in words, with its abbreviation on a day of the meeting."""
    first = published.days[day][0] if day else next(iter(published.days.values()))[0]
    city = published.programme.timezone.rsplit("/", 1)[-1].replace("_", " ")
    short = first.starts.astimezone(published.zone).tzname()
    return f"{city}, {short}" if short and short != city else city


def day_links(published, place, current=None):
    """The days for day_bar(): (weekday, date, href, current)."""
    locale = get_locale()
    return [
        (
            format_date(day, "EEE", locale=locale),
            format_date(day, "d MMM", locale=locale),
            url_for("schedule.day", code=place.code, day=day.isoformat()),
            day == current,
        )
        for day in published.days
    ]


def long_day(day):
    """ "Saturday 3 February 2024"."""
    return format_date(day, "EEEE d MMMM y", locale=get_locale())


def author_lines(published, place, talk):
    """(people, affiliations) for authors(): names with numbers of affiliations in order of first appearance."""
    affiliations, marks = numbered_affiliations(talk.authors)
    people = [
        {
            "name": published.people[author.person].name,
            "marks": numbers,
            "presenting": author.presenting,
            "href": person_href(published, place, author.person),
        }
        for author, numbers in zip(talk.authors, marks, strict=True)
    ]
    return people, [affiliation_line(each) for each in affiliations]


def affiliation_line(affiliation):
    """An affiliation as printed in a paper: department, institution, city, state, country."""
    parts = (affiliation.department, affiliation.institution, affiliation.city, affiliation.state, affiliation.country)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def person_href(published, place, guid):
    """The address of a person's page."""
    return url_for("schedule.person", code=place.code, number=published.people[guid].number)


def person_link(published, place, guid):
    """(name, address, first affiliation) of a person."""
    lines = affiliations_of(published, guid)
    return published.people[guid].name, person_href(published, place, guid), lines[0] if lines else ""


def people_by_letter(published, place):
    """[(letter, [(name, address, affiliation)])] of everybody, by family name."""
    letters = {}
    for person in sorted(published.programme.people, key=_filed):
        initial = _filed(person)[:1]
        letter = initial.upper() if initial.isalpha() else "#"
        letters.setdefault(letter, []).append(person_link(published, place, person.guid))
    return list(letters.items())


def affiliations_of(published, guid):
    """The lines of somebody's affiliations, as given with their presentations."""
    places = [
        affiliation_line(each)
        for _role, _session, talk in published.parts.get(guid, [])
        if talk
        for author in talk.authors
        if author.person == guid
        for each in author.affiliations
    ]
    return list(dict.fromkeys(places))


def parts_of_session(published, place, session):
    """{role: [(name, address)]} of a session."""
    roles = {}
    for part in session.people:
        roles.setdefault(part.role, []).append(person_link(published, place, part.person)[:2])
    return roles


def parts_of_person(published, place, guid):
    """[(role, day, row)] of what somebody does, in order of time."""
    return [
        (
            role,
            long_day(session.day),
            row_of_talk(published, place, session, talk) if talk else row_of_session(published, place, session),
        )
        for role, session, talk in published.parts.get(guid, [])
    ]


def when(published, starts, ends, day):
    """ "Saturday 3 February 2024, 09:30–10:15 (Brussels, CET)"."""
    return (
        f"{long_day(day)}, {clock(starts, published.zone)}–{clock(ends, published.zone)} ({zone_label(published, day)})"
    )


def _inside(published, place, session):
    """What opens in place below a row: the beginning of the abstract, and the talks."""
    talks = [_talk(published, place, talk) for talk in session.presentations]
    return teaser(session.abstract or session.description, LONGEST_TEASER), talks


def _talk(published, place, talk):
    time = published.times[talk.guid]
    return Talk(
        title=talk.title,
        href=url_for("schedule.presentation", code=place.code, number=talk.number),
        time=clock(time[0], published.zone) if time else "",
        people=_names(published, [author.person for author in talk.authors]),
        withdrawn=talk.withdrawn,
    )


def _names(published, guids):
    names = [published.people[guid].name for guid in guids]
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return ", ".join(names[: MOST_NAMES - 1]) + f" … {names[-1]}"


def _filed(person):
    name = person.name
    return fold(person.family or name.rsplit(" ", 1)[-1]) + " " + fold(name)


def _macro(name):
    """A macro of schedule/_rows.html, called outside of a page: it may use nothing but its arguments."""
    module = current_app.jinja_env.get_template("schedule/_rows.html").module
    return lambda *values: Markup(getattr(module, name)(*values))


def _language():
    return str(get_locale())
