"""Signing up in the reader's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from conference.attending.signups.rules import Door, SeatState, Why, door, is_free
from conference.web import when

STATES = {SeatState.TAKEN: (_l("has a place"), "good"), SeatState.WAITING: (_l("waits"), "warn")}
DOORS = {
    Door.NOT_YET: (_l("opens later"), "info"),
    Door.OPEN: (_l("open"), "good"),
    Door.CLOSED: (_l("closed"), "quiet"),
    Door.OFF: (_l("not held"), "bad"),
}


def refusal(why, row, meeting, clash):
    """Why somebody may not sign up, fit to be shown."""
    if why is Why.NOT_YET:
        return _("Sign-up opens on %(when)s.", when=when(row.opens_at, meeting.timezone))
    if why is Why.CLASH:
        return _("You have a place in “%(other)s” at the same time. Give it back first.", other=clash.title)
    return {
        Why.CLOSED: _("Sign-up for this session has closed."),
        Why.OFF: _("This session is not held."),
        Why.NOT_REGISTERED: _("Only who is registered for the meeting, and has paid, can sign up for its sessions."),
        Why.CATEGORY: _("This session is for other kinds of registration than yours."),
        Why.DAY: _("Your ticket is for another day."),
        Why.FULL: _("Every place is taken."),
    }[why]


def left(row, held, meeting, now):
    """ "12 of 30 places left", or that it is full, closed, or opens later."""
    gate = door(row.opens_at, row.closes_at, held, now)
    if gate is Door.OFF:
        return _("This session is not held.")
    if gate is Door.CLOSED:
        return _("Sign-up has closed.")
    if gate is Door.NOT_YET:
        return _(
            "%(num)s places. Sign-up opens on %(when)s.", num=row.places, when=when(row.opens_at, meeting.timezone)
        )
    if is_free(row):
        return ngettext("%(left)s of %(num)s place left", "%(left)s of %(num)s places left", row.places, left=row.left)
    if row.has_list:
        return ngettext("Full; %(num)s person waits", "Full; %(num)s people wait", row.waiting)
    return _("Full")


def has_place(entry):
    """For staff who add somebody twice."""
    return _("%(name)s has a place already.", name=entry.person.full_name)


def none_left(row):
    """For staff who would go beyond the places, and whoever comes a moment too late."""
    return ngettext(
        "The place is taken. Raise the places first.",
        "All %(num)s places are taken. Raise the places first.",
        row.places,
    )


def gone():
    """For whoever acts on a seat that is not there any more."""
    return _("This has changed meanwhile. Look at it again.")
