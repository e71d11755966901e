"""What the door says, in the reader's language."""

from flask_babel import format_date
from flask_babel import gettext as _

from conference.door.rules import Reason
from conference.registration import State


def reason(verdict, entry):
    """Why somebody cannot come in, and what to do, in a sentence or two."""
    return {
        Reason.UNFINISHED: _("The registration was begun but never finished. Send them to the registration desk."),
        Reason.UNPAID: _("The payment has not arrived. Send them to the registration desk."),
        Reason.CANCELLED: _("The registration was cancelled. Send them to the registration desk."),
        Reason.VIRTUAL: _("They registered to take part online, not in person. The registration desk can change it."),
        Reason.OTHER_DAY: _("This is a day ticket for %(day)s.", day=_day(verdict.day)),
        Reason.OTHER_MEETING: _("This badge belongs to another meeting: %(title)s.", title=entry.meeting.title),
    }[verdict.reason]


def short_state(entry, *, is_in):
    """(word, hue) for a row in a list of people found."""
    if is_in:
        return _("in"), "good"
    words = {
        State.DRAFT: (_("not finished"), "warn"),
        State.HELD: (_("not paid"), "warn"),
        State.CANCELLED: (_("cancelled"), "bad"),
    }
    return words.get(entry.state, (_("expected"), None))


def _day(day):
    return format_date(day, "EEEE d MMMM") if day else ""
