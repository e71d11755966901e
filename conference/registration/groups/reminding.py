"""Who of a group still misses something, and how often their payer may have them reminded."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import or_, update

from conference import audit
from conference.kernel import Refusal, claimed
from conference.registration.groups.models import Group
from conference.registration.groups.rules import SeatState
from conference.registration.groups.seating import seats_of

EVERY = timedelta(days=3)


def still_missing(seats):
    """Those Seated that are paid, of which their attendees have still something to fill in, and have not said no."""
    return [each for each in seats if each.state is SeatState.PAID and not each.is_complete and not each.is_declined]


def may_remind(group, now):
    """Whether the last reminder is long enough ago."""
    return group.reminded_at is None or group.reminded_at <= now - EVERY


def begin_reminder(group, *, by, now):
    """The Seated to be reminded now, once in three days; Refusal when they were reminded lately, or nobody misses anything."""
    found = still_missing(seats_of(group))
    if not found:
        raise Refusal(_("Nobody has anything left to fill in."))
    due = or_(Group.reminded_at.is_(None), Group.reminded_at <= now - EVERY)
    if not claimed(update(Group).where(Group.id == group.id, due).values(reminded_at=now)):
        raise Refusal(_("They were reminded within the last three days. Give them a little time."))
    audit.record(by=by, verb="reminded the group", subject=group, now=now, after={"count": len(found)})
    return found
