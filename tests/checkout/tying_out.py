"""What must be true after a storm: our books are what Stripe's own books say, and whatever does not sum up stands before staff."""

import csv
import io
from collections import Counter

from sqlalchemy import func, select

from conference import payments
from conference.audit.models import Entry
from conference.kernel import db
from conference.payments import (
    Dispute,
    EntryKind,
    Event,
    LedgerEntry,
    Order,
    OrderState,
    Payment,
    Provider,
    Refund,
    gateway,
)
from conference.payments.payouts import BalanceRow

OF_MONEY = (EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.DISPUTE)
PAID_TWICE = "paid twice"


def assert_each_payment_is_settled_once(stripe):
    """Every charge of ours is one payment and one entry, and there are no others."""
    charged = Counter(each.payment_intent for each in charges(stripe))
    known = Counter(db.session.scalars(select(Payment.provider_ref).where(Payment.provider == Provider.STRIPE)))
    sources = db.session.scalars(select(LedgerEntry.source).where(LedgerEntry.kind == EntryKind.PAYMENT))

    assert known == charged
    assert set(known.values()) <= {1}
    assert Counter(sources) == Counter(f"payment:{key}" for key in db.session.scalars(select(Payment.id)))


def assert_ledger_and_stripe_agree(stripe):
    """What came, went back and was taken by Stripe: order by order, and each kind of it in each currency."""
    order_of = dict(db.session.execute(select(Payment.provider_ref, Order).join(Order)).all())
    theirs, kinds = Counter(), Counter()
    for charge in charges(stripe):
        order = order_of[charge.payment_intent]
        assert order.currency == charge.currency.upper()
        assert order.ref == charge.metadata["order"] or charge.metadata["order"] in order.parked_reason + told_of(order)
        theirs[order.ref] += charge.amount - charge.amount_refunded
        kinds["payment", order.currency] += charge.amount
        kinds["refund", order.currency] -= charge.amount_refunded
    for dispute in stripe.client().v1.disputes.list({"limit": 100}).auto_paging_iter():
        taken = sum(row.amount for row in dispute.balance_transactions)
        theirs[order_of[dispute.payment_intent].ref] += taken
        kinds["dispute", dispute.currency.upper()] += taken

    assert not_zero(by_order()) == not_zero(theirs)
    assert not_zero(by_kind()) == not_zero(kinds)


def not_zero(sums):
    """The sums that are something."""
    return {key: amount for key, amount in sums.items() if amount}


def by_order():
    """{order's reference: what our ledger has of Stripe's money}."""
    sums = _of_stripe(Order.ref).group_by(Order.ref)
    return {ref: int(amount) for ref, amount in db.session.execute(sums)}


def by_kind():
    """{(kind, currency): what our ledger has of Stripe's money}."""
    sums = _of_stripe(LedgerEntry.kind, LedgerEntry.currency).group_by(LedgerEntry.kind, LedgerEntry.currency)
    return {(kind, currency): int(amount) for kind, currency, amount in db.session.execute(sums)}


def _of_stripe(*columns):
    """A SELECT of sums of what stands in the ledger of money that came, went back or was taken, but for what came and went by hand."""
    hand = select(Payment.id).where(Payment.provider != Provider.STRIPE)
    sent = select(Refund.id).where(Refund.payment_id.in_(hand))
    ours = LedgerEntry.source.in_(
        [f"payment:{key}" for key in db.session.scalars(hand)] + [f"refund:{key}" for key in db.session.scalars(sent)]
    )
    statement = select(*columns, func.sum(LedgerEntry.amount_minor)).join(Order, LedgerEntry.order_id == Order.id)
    return statement.where(LedgerEntry.kind.in_(OF_MONEY), ~ours)


def assert_nothing_is_unexplained():
    """What does not sum up stands before staff: a refund that came back, or money that was won after the place was taken back."""
    orders = list(db.session.scalars(select(Order)))
    shown = {each.order_id for each in db.session.scalars(payments.refunds_in_trouble())}
    shown |= {each.id for each in orders if each.parked_reason}

    states = Counter(order.state for order in orders)
    assert not {OrderState.OPEN, OrderState.ONGOING} & set(states), states
    assert db.session.scalars(payments.calls.calls_without_answer()).all() == []
    named = [
        text for text in payments.differences() if not any(order.ref in text for order in orders if order.id in shown)
    ]
    assert named == [], named


def assert_what_waits_for_staff_is_listed_with_its_reason(treasurer):
    """The desk's own list names every order that is parked or noted, each with a reason."""
    answer = treasurer.get("/staff/orders.csv?state=trouble")
    listed = list(csv.reader(io.StringIO(answer.get_data(as_text=True))))[1:]
    waiting = {each.ref: each.parked_reason for each in db.session.scalars(select(Order).where(payments.needs_staff()))}

    assert {row[0]: row[-1] for row in listed} == waiting
    assert all(waiting.values())


def assert_odd_money_was_named(stripe, pages):
    """Money that differs was parked with its reason, or went back as nothing was due; whatever staff then made of it."""
    by_page = {each["id"]: each["payment_intent"] for each in stripe.sessions()}
    taken = {each.payment_intent for each in charges(stripe)}
    odd = {by_page[page] for page in pages} & taken
    named = " ".join(db.session.scalars(select(Entry.note).where(Entry.verb == "parked")))
    back = select(Payment.provider_ref).join(Refund, Refund.payment_id == Payment.id)
    too_many = set(db.session.scalars(back.where(Refund.reason == PAID_TWICE)))

    assert odd
    assert {intent for intent in odd if intent not in named} <= too_many


def assert_messages_were_heard_once(stripe, post):
    """Every message of Stripe's that we act on was found and acted on, also when it was refused; nobody else's was kept."""
    told = {each["id"]: each["type"] for each in stripe.events()}
    theirs = {event for event, kind in told.items() if kind in gateway.ACTED_ON}
    ours = dict(db.session.execute(select(Event.event_id, Event.done_at)).all())

    assert post.refused - post.taken <= theirs
    assert theirs - set(ours) == set()
    assert [event for event, done_at in ours.items() if done_at is None] == []
    assert set(ours) - set(told) == set()


def open_rows():
    """[(category, trouble)] of the rows of Stripe's balance that are tied to nothing."""
    columns = select(BalanceRow.category, BalanceRow.trouble)
    return db.session.execute(columns.where(BalanceRow.tied_at.is_(None)).order_by(BalanceRow.id)).all()


def told_of(order):
    """What the audit trail says of the parking of an order."""
    noted = select(Entry.note).where(
        Entry.verb == "parked", Entry.subject == Order.__tablename__, Entry.subject_id == order.id
    )
    return " ".join(db.session.scalars(noted))


def charges(stripe):
    """Every charge that took money."""
    found = stripe.client().v1.charges.list({"limit": 100}).auto_paging_iter()
    return [each for each in found if each.status == "succeeded"]


def told():
    """What there is in the end, for whoever lets it blow for long."""
    counts = [
        (table.__name__, db.session.scalar(select(func.count()).select_from(table)))
        for table in (Payment, Refund, Dispute)
    ]
    orders = Counter(db.session.scalars(select(Order.state)))
    return ", ".join(f"{name} {count}" for name, count in [*counts, *orders.items()])
