"""Rooms that are typed: one that only looks like another is asked about before it is made."""

from flask_babel import gettext as _

from conference.kernel import Refusal
from conference.schedule import actions, draft
from conference.schedule.timetable.rules import skeleton, told_apart


def room_typed(meeting, name, *, is_apart, field):
    """The meeting's room of a typed name, made when there is none; Refusal at `field` for one that looks like another, unless that is meant."""
    names = [room.name for room in draft.rooms(meeting)]
    alike = [each for each in names if each != name and skeleton(each) == skeleton(name)]
    if alike and name not in names and not is_apart:
        ((others,),) = [told_apart([alike[0], name])]
        raise Refusal(
            _(
                "There is a room whose name looks the same: %(names)s. Choose it, or say that this is another one.",
                names=others,
            ),
            field=field,
        )
    return actions.room_named(meeting, name)
