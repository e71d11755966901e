"""A person's own sessions in one list: places, turns, what may be evaluated, what may be watched."""

from conference.attending.evaluations import queries as evaluations
from conference.attending.held import held_in
from conference.attending.recordings import queries as recordings
from conference.attending.recordings import serving
from conference.attending.signups import queries as signups
from conference.attending.signups.rules import SeatState


def of_person(person, entry, meeting, programme, now):
    """What the page of somebody's sessions shows: `seats`, `waits`, `to_evaluate`, `recordings`, each in order of time."""
    seats = signups.mine(entry) if entry else {}
    sessions = sorted(programme.programme.sessions, key=lambda each: (each.starts, each.number))
    mine = [(each, seats[each.guid]) for each in sessions if each.guid in seats]
    return {
        "seats": [(each, seat) for each, seat in mine if seat.state == SeatState.TAKEN],
        "waits": [(each, seat) for each, seat in mine if seat.state == SeatState.WAITING],
        "held": held_in(programme),
        "to_evaluate": _to_evaluate(entry, meeting, sessions, {each.guid for each, _seat in mine}, now),
        "recordings": _recordings(person, entry, meeting, programme, now),
        "now": now,
    }


def _to_evaluate(entry, meeting, sessions, mine, now):
    """[(session, whether it was answered)] of those that can be evaluated now: starred or signed up first is not asked, time is."""
    form = evaluations.form_of(meeting.id) if entry else None
    if form is None:
        return []
    done = evaluations.answered(entry, meeting, [each.guid for each in sessions])
    open_now = [each for each in sessions if not each.withdrawn and evaluations.is_open(form, meeting, each, now)]
    return [(each, each.guid in done, each.guid in mine) for each in open_now]


def _recordings(person, entry, meeting, programme, now):
    """[(title of what was recorded, Recording)] that this person may watch now."""
    named = serving.named(programme)
    found = recordings.of_items(meeting.id, None, now)
    may = serving.Viewer(person, entry, now)
    return [(named[each.item], each) for each in found if each.item in named and serving.may_watch(each, may)]
