"""Stripe's balance beside our books, made ready for the desk."""

from typing import Any, NamedTuple

from sqlalchemy import select

from conference import society
from conference.kernel import Money, db, in_parts
from conference.payments import Order, bank, payouts
from conference.web import paginate

COLUMNS = ("row", "category", "amount", "fee", "net", "currency", "at", "source", "order", "trouble", "explanation")


class Standing(NamedTuple):
    """How Stripe's balance stands: [(currency, received, sent back, fees, disputes and other, paid out, left)], and what is open.

    `unseen` are payouts that should be at the bank, and no line of a statement shows them.
    """

    sums: list
    open_rows: int
    missing: int
    unseen: int


class Seen(NamedTuple):
    """What the bank shows of a payout: the line by which it `came`, the one by which it `went` back, and for how many days it is missed."""

    came: Any
    went: Any
    missed: int


def standing(now):
    """The Standing as of the last time that Stripe was asked."""
    lacking = [paginate(each, number=1).total for each in (payouts.missing_payments(now), payouts.missing_refunds(now))]
    unseen = paginate(payouts.payouts().where(bank.unseen(society.local_day(now))), number=1).total
    return Standing([_line(*each) for each in payouts.balances().items()], payouts.open_count(), sum(lacking), unseen)


def seen(found, today):
    """{payout's key: Seen}."""
    lines, kind = bank.lines_of(found), bank.CounterpartKind
    keys = select(payouts.Payout.id).where(payouts.Payout.id.in_([each.id for each in found]), bank.unseen(today))
    missed = set(db.session.scalars(keys))
    return {
        each.id: Seen(
            lines.get((each.id, kind.PAYOUT)),
            lines.get((each.id, kind.PAYOUT_BACK)),
            (today - each.arrives_on).days if each.id in missed else 0,
        )
        for each in found
    }


def orders_of(rows):
    """{row's key: its order} of rows that are tied to something of ours."""
    keys = {row: order for row, order in payouts.orders_of(rows).items() if order}
    found = {each.id: each for each in db.session.scalars(select(Order).where(Order.id.in_(set(keys.values()))))}
    return {row: found[order] for row, order in keys.items()}


def missing(now):
    """What of ours Stripe does not show: {"payments": […], "refunds": […]}, each (row, order, when, id at Stripe), the first hundred."""
    asked = {"payments": payouts.missing_payments(now), "refunds": payouts.missing_refunds(now)}
    rows = {name: list(db.session.scalars(statement.limit(100))) for name, statement in asked.items()}
    keys = {each.order_id for some in rows.values() for each in some}
    orders = {each.id: each for each in db.session.scalars(select(Order).where(Order.id.in_(keys)))}
    return {
        "payments": [(each, orders[each.order_id], each.received_at, each.provider_ref) for each in rows["payments"]],
        "refunds": [(each, orders[each.order_id], each.requested_at, each.provider_ref) for each in rows["refunds"]],
    }


def table(payout):
    """(header, rows) of everything that went along with a payout."""
    return COLUMNS, _rows(payout)


def _rows(payout):
    found = list(db.session.scalars(payouts.rows(payout=payout)))
    for some in in_parts(found):
        orders = orders_of(some)
        for row in some:
            order = orders[row.id].ref if row.id in orders else ""
            yield (
                row.row_id,
                row.category,
                row.amount,
                row.fee,
                row.net,
                row.currency,
                row.created_at,
                row.source,
                order,
                row.trouble,
                row.explanation,
            )


def _line(currency, categories):
    """One currency's sums: what was charged, what went back, what Stripe took, all else, what was paid out, and what is left."""
    charged, back, paid_out = (
        _net(categories, names, currency)
        for names in (("charge",), ("refund", "refund_failure"), ("payout", "payout_reversal"))
    )
    fees = Money.total([fee for _amount, fee, _net in categories.values()], currency)
    left = Money.total([net for _amount, _fee, net in categories.values()], currency)
    return currency, charged, -back, fees, left - charged - back + fees - paid_out, -paid_out, left


def _net(categories, names, currency):
    """The amounts of some categories together, before fees."""
    return Money.total([categories[name][0] for name in names if name in categories], currency)
