"""What is done about an order that is to be paid by transfer: a case is opened, steps are sent, staff let it rest or give it more days.

Orders are locked first, so that a payment and a step come one after the other: who pays first gets no letter.
"""

from flask_babel import gettext as _
from sqlalchemy import update

from conference import audit, jobs, payments
from conference.checkout.dunning import letters, rules
from conference.checkout.dunning.keeping import case_of, due_on_of, standing_of
from conference.checkout.dunning.models import DunningCase, DunningLetter
from conference.checkout.dunning.rules import DAY, Step
from conference.checkout.queries import meeting_in
from conference.kernel import Refusal, claimed, db, insert_once
from conference.payments import OrderState

LONGEST_PAUSE = 366


def begin(order, *, now):
    """Open the case of an order that is to be paid by transfer, and hold its places as long as its policy wants; whether it is dunned."""
    if case_of(order) is None:
        meeting = meeting_in(order)
        values = {"order_id": order.id, "meeting_id": meeting.id if meeting else None}
        insert_once(DunningCase.__table__, values | {"pause_reason": "", "due_on": due_on_of(order, meeting)})
    return look_again(order, now=now) is not None


def look_again(order, *, now):
    """Note what comes next of a locked order, and hold its places that long, never shorter than they are; the Standing or None."""
    found, case = standing_of(order, now=now), case_of(order)
    if case is not None:
        case.next_step, case.next_on = (found and found.next) or (None, None)
        case.looked_at, case.due_on = now, found.course.due_on if found else case.due_on
    if found is None:
        return None
    order.expires_at = max(order.expires_at, found.held_until)
    db.session.flush()
    return found


def send_next(order_id, *, now, by=None, only=None):
    """Send the step of an order that is due today, if nothing keeps it back; the DunningLetter or None.

    `only`: the step that somebody (`by`) has looked at; another one is not sent in its stead. Without it nothing goes out where the policy
    leaves that to staff.
    """
    order = payments.locked(order_id)
    found = look_again(order, now=now)
    if found is None or not found.is_due or found.wait is not None or payments.missing(order).minor <= 0:
        return None
    step, _day = found.next
    if found.policy.by_hand if only is None else step != only:
        return None
    return _send(order, found, step, by, now)


def _send(order, found, step, by, now):
    missing = payments.missing(order)
    last_day = rules.last_day_after(found.schedule, found.today) if step == Step.LAST else None
    values = {"order_id": order.id, "step": str(step), "sent_on": found.today, "sent_at": now, "last_day": last_day}
    values |= {"missing_minor": missing.minor, "currency": missing.currency}
    if not insert_once(DunningLetter.__table__, values):
        return None
    found.case.last_day = last_day or found.case.last_day
    after = look_again(order, now=now)
    facts = {"step": f"step:{step}", "amount": missing.minor}
    audit.record(by=by, verb="reminded of", subject=order, now=now, after=facts | _told("last_day_to_pay", last_day))
    letters.reminder(after, step, missing=missing, now=now)
    return after.letters[-1]


def pause(order_id, *, until, reason, by, now):
    """Let an order rest through a day, with a reason: no letter goes out and no place is given back. Refusal when it is not dunned."""
    order = payments.locked(order_id)
    found = _dunned(order, now)
    if not found.today <= until <= found.today + LONGEST_PAUSE * DAY:
        raise Refusal(_("Choose a day from today on, within a year."), field="until")
    found.case.paused_until, found.case.pause_reason = until, reason
    _decided(order, now)
    audit.record(
        by=by, verb="paused the dunning of", subject=order, now=now, after=_told("paused_until", until), note=reason
    )


def resume(order_id, *, by, now):
    """Go on with an order that rests: its last day, if it had one, is not earlier than today. Refusal when it does not rest."""
    order = payments.locked(order_id)
    found = _dunned(order, now)
    if not found.course.is_paused(found.today):
        raise Refusal(_("This order does not rest."))
    if found.case.last_day is not None:
        found.case.last_day = max(found.case.last_day, found.today)
    before = _told("paused_until", found.case.paused_until)
    found.case.paused_until, found.case.pause_reason = None, ""
    _decided(order, now)
    audit.record(by=by, verb="resumed the dunning of", subject=order, now=now, before=before)


def extend(order_id, *, until, by, now):
    """Move the last day of an order further, and write so. Refusal when no last notice was sent, or the day is not later."""
    order = payments.locked(order_id)
    found = _dunned(order, now)
    if found.course.ends_on is None:
        raise Refusal(_("No last day was set yet. Pause the order instead."))
    if not max(found.course.ends_on, found.today) < until <= found.today + LONGEST_PAUSE * DAY:
        raise Refusal(_("Choose a day after the last day as it is, within a year."), field="until")
    earlier = update(DunningCase).where(DunningCase.order_id == order.id, DunningCase.last_day < until)
    if not claimed(earlier.values(last_day=until)):
        raise Refusal(_("Choose a day after the last day as it is, within a year."), field="until")
    db.session.refresh(found.case)
    before = _told("last_day_to_pay", found.course.ends_on)
    after = look_again(order, now=now)
    audit.record(
        by=by, verb="gave more days to", subject=order, now=now, before=before, after=_told("last_day_to_pay", until)
    )
    letters.extended(after, missing=payments.missing(order), now=now)


def _decided(order, now):
    """What staff decided holds at once: the sweep looks at the order as soon as it can."""
    db.session.flush()
    found = look_again(order, now=now)
    found.case.looked_at = None
    db.session.flush()
    jobs.soon("dunning")
    return found


def _dunned(order, now):
    found = standing_of(order, now=now)
    if found is None:
        is_open = order.state == OrderState.OPEN
        raise Refusal(
            _("Reminders are switched off for this order.") if is_open else _("This order does not wait for a payment.")
        )
    return found


def _told(name, day):
    return {name: day.isoformat()} if day else {}
