"""A payout of Stripe's with a row that nobody knows, so that reconciling shows what it is for. Everything in it is fictional."""

from dataclasses import replace
from datetime import timedelta

from conference import checkout
from conference.demo.stories import DAY, Teller
from conference.kernel import transaction
from conference.payments import payouts

PAID_BEFORE = (9, 8, 8)  # days ago, one for each who pays by card
FEE_PERCENT, FEE_FIXED = 3, 30


def build_payouts(meeting, cast, now):
    """As many of `cast` as there are days pay by card, and Stripe pays out with something of its own in it: the Payout."""
    with transaction():
        tell = Teller(meeting, now)
        orders = [_paid(tell, person, days) for person, days in zip(cast, PAID_BEFORE, strict=False)]
    rows = [_row(f"pi_demo_{order.ref}", order.total_minor, order.currency, order.placed_at) for order in orders]
    rows.append(_row("pi_demo_by_hand", 25000, meeting.currency, now - 7 * DAY))
    net = sum(row.net for row in rows)
    rows.append(_own(_row("pi_demo_payout", -net, meeting.currency, now - 6 * DAY)))
    with transaction():
        payout = payouts.keep_payout(_payout(net, meeting.currency, now))
        payouts.keep_itemised(payout, rows, now=now)
        payouts.tie_open_rows(now=now)
    return payout


def _paid(tell, person, days):
    order = tell.placed(person, days_ago=days)
    return checkout.settle(order.id, tell.seen(order), now=tell.now - days * DAY + timedelta(minutes=4))


def _own(row):
    """The payout itself, as it leaves the balance."""
    return replace(row, kind="payout", category="payout", source="po_demo_1", intent="", fee=0, net=row.amount)


def _row(intent, amount, currency, at):
    name, fee = intent.removeprefix("pi_demo_"), amount * FEE_PERCENT // 100 + FEE_FIXED
    return payouts.RowSeen(
        row_id=f"txn_demo_{name}",
        kind="charge",
        category="charge",
        source=f"ch_demo_{name}",
        intent=intent,
        amount=amount,
        fee=fee,
        net=amount - fee,
        currency=currency,
        source_minor=amount,
        source_currency=currency,
        created=int(at.timestamp()),
        description="Fictional",
    )


def _payout(amount, currency, now):
    made, arrives = (int((now - days * DAY).timestamp()) for days in (6, 4))
    return payouts.PayoutSeen("po_demo_1", amount, currency, "paid", True, True, made, arrives, "")
