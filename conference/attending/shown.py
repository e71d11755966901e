"""What stands around a session or talk of the public programme: places, recordings, the way to evaluate. For every reader or for one.

Pages of the programme are kept for readers who are not signed in: to them only what is the same for all is shown.
"""

from flask import render_template
from flask_login import current_user
from markupsafe import Markup

from conference import registration
from conference.attending import held
from conference.attending.evaluations import queries as evaluations
from conference.attending.recordings import queries as recordings
from conference.attending.signups import queries as signups
from conference.attending.signups import rules, words
from conference.kernel import clock


def around_session(place, programme, session):
    """Markup for the page of a session: signing up, recordings, evaluation; empty where there is nothing of it."""
    row = signups.of_item(place.id, session.guid)
    recorded = recordings.of_items(place.id, _open_items(session), clock.now())
    evaluated = None if session.withdrawn else evaluations.form_of(place.id)
    if not (row or recorded or evaluated):
        return Markup("")
    entry = held.entry_of(_person(), place)
    seat = signups.seat_in(row, entry) if row and entry else None
    now = clock.now()
    known = held.held_in(programme).get(session.guid)
    return _markup(
        place=place, session=session, recordings=recorded, entry=entry, sign_up=row, seat=seat,
        only_for=_only_for(place, row),
        left=words.left(row, known, place, now) if row else "",
        is_open=bool(row) and rules.door(row.opens_at, row.closes_at, known, now) is rules.Door.OPEN,
        is_free=bool(row) and rules.is_free(row),
        is_over=known is None or now >= known.starts,
        ahead=signups.ahead(seat) if seat is not None and seat.turn is not None else None,
        may_evaluate=bool(evaluated) and evaluations.is_open(evaluated, place, session, now),
    )  # fmt: skip


def around_talk(place, session, talk):
    """Markup for the page of a talk: its recordings, unless something of it is under embargo."""
    if session.withdrawn or talk.withdrawn or getattr(talk, "closed", ()):
        return Markup("")
    recorded = recordings.of_items(place.id, [talk.guid], clock.now())
    if not recorded:
        return Markup("")
    return _markup(
        place=place, recordings=recorded, entry=held.entry_of(_person(), place), sign_up=None, may_evaluate=False
    )


def _only_for(place, row):
    """The names of the kinds of registration that may sign up; none when all may."""
    if row is None or not row.only_for:
        return []
    return [each.name for each in registration.categories_of(place, all_of_them=True) if each.code in row.only_for]


def _open_items(session):
    """The guids of a session and of its talks of which nothing is under embargo; none of a cancelled one."""
    if session.withdrawn:
        return []
    talks = (talk for talk in session.presentations if not talk.withdrawn and not getattr(talk, "closed", ()))
    return [session.guid, *(talk.guid for talk in talks)]


def _person():
    return current_user.person if current_user.is_authenticated else None


def _markup(**values):
    return Markup(render_template("attending/around.html", **values))  # noqa: S704 - a template, which escapes
