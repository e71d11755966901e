"""What the racing processes run: each writes a name down and orders its badge, gives orders back, or pays them late."""

import itertools

from sqlalchemy import func, select, text, update

from conference import checkout, meetings, payments
from conference.kernel import Refusal, clock, db, transaction
from conference.payments import OrderState, Seen
from conference.registration import Allotment, Wish, allotments, exhibitors, groups
from conference.registration.groups import actions
from tests.checkout import racing

_looks = itertools.count(1)  # how often this process has looked


def badges(settings, emails):
    """A badge for each of `emails`: [(email, whether it was free of charge, or None when it was refused)]."""
    with racing.application(settings).app_context():
        db.session.execute(text("SELECT 1"))
        racing._together()
        return [(email, _tried(_badge, email)) for email in emails]


def badges_unguarded(settings, emails):
    """As `badges`, with the locks and the guarded claim replaced by what many systems do: look, think, write."""
    groups.lock = actions.lock = lambda group: None
    allotments.locked, allotments._more = _look, _take
    return badges(settings, emails)


def mixed(settings, work):
    """Do (what, argument) one after the other: order a badge, let an order lapse, pay it, take its first line back."""
    with racing.application(settings).app_context():
        racing._together()
        return [(what, _tried(_ACTS[what], argument)) for what, argument in work]


def _tried(act, argument):
    try:
        return act(argument)
    except Refusal:
        return None
    finally:
        db.session.remove()


def _badge(email):
    with transaction():
        group = _group()
        groups.add_seat(group, email=email, wish=Wish("expo"), by=group.coordinator, now=clock.now())
        order = checkout.place_group(group, by=group.coordinator, now=clock.now())
        return any("allotment" in line.rule for line in order.lines)


def _lapse(order_id):
    with transaction():
        return checkout.lapse_if_due(order_id, now=clock.now(), at_once=True).state


def _pay(order_id):
    order = payments.order_by_id(order_id)
    seen = Seen(f"cs_{order.ref}", order.ref, "complete", "paid", order.total_minor, order.currency, f"pi_{order.ref}")
    with transaction():
        return checkout.settle(order_id, seen, now=clock.now()).state


def _take_back(order_id):
    order = payments.order_by_id(order_id)
    if order.state != OrderState.PAID:
        return
    line = order.lines[0]
    with transaction():
        checkout.end_lines_and_refund(
            order_id=order_id, line_ids=[line.id], amount=line.amount, reason="race", by=None, now=clock.now()
        )


_ACTS = {"badge": _badge, "lapse": _lapse, "pay": _pay, "take back": _take_back}


def _group():
    meeting = meetings.by_code("R1")
    key = db.session.scalar(select(exhibitors.Exhibitor.id).where(exhibitors.Exhibitor.meeting_id == meeting.id))
    return exhibitors.queries.by_ids([key])[0].group


def _look(group_id):
    """The first time all of them have the answer before anybody writes."""
    found, is_first = allotments.of_group(group_id), next(_looks) == 1
    if is_first:
        racing._together()
    return found


def _take(allotment_id, count):
    values = {"used": func.least(Allotment.allotted, Allotment.used + count)}
    return update(Allotment).where(Allotment.id == allotment_id).values(**values)
