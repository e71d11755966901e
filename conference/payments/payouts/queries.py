"""Asking for payouts, their rows, and whatever does not tie out between Stripe's balance and our books; amounts in minor units."""

from collections import defaultdict
from datetime import timedelta

from sqlalchemy import and_, case, func, or_, select

from conference.kernel import Money, db
from conference.payments.amounts import amount_is
from conference.payments.models import Payment, Refund
from conference.payments.payouts.models import BalanceRow, Payout
from conference.payments.payouts.tying import is_open
from conference.payments.rules import Provider, RefundState

# Stripe shows a movement at once; what it does not show after this long is missing there.
SHOWN_AFTER = timedelta(days=2)


def payouts(text="", *, only_open=False):
    """An ordered SELECT of payouts, the newest first, found by id or amount; `only_open` those that are not explained to the cent."""
    statement = select(Payout).order_by(Payout.arrives_on.desc(), Payout.id.desc())
    if text:
        as_amount = amount_is(text, Payout.amount_minor, Payout.currency)
        statement = statement.where(or_(Payout.payout_id.contains(text, autoescape=True), *as_amount))
    return statement.where(_is_open_payout()) if only_open else statement


def rows(*, payout=None, category="", only_open=False, text=""):
    """An ordered SELECT of rows of the balance: open ones first, then the newest."""
    statement = select(BalanceRow).order_by(
        case((is_open(), 0), else_=1), BalanceRow.created_at.desc(), BalanceRow.id.desc()
    )
    if payout is not None:
        statement = statement.where(BalanceRow.payout_key == payout.id)
    if category:
        statement = statement.where(BalanceRow.category == category)
    if text:
        named = (BalanceRow.row_id, BalanceRow.source, BalanceRow.intent, BalanceRow.description)
        statement = statement.where(or_(*(column.contains(text, autoescape=True) for column in named)))
    return statement.where(is_open()) if only_open else statement


def row_by_id(row_id):
    """The row of this id at Stripe, or None."""
    return db.session.scalar(select(BalanceRow).where(BalanceRow.row_id == row_id))


def orders_of(found):
    """{row's key: (order's key, None or the refund)} of rows that are tied to a payment or a refund."""
    payments = {row.payment_key for row in found if row.payment_key}
    refunds = {row.refund_key for row in found if row.refund_key}
    of_payment = dict(db.session.execute(select(Payment.id, Payment.order_id).where(Payment.id.in_(payments))).all())
    of_refund = dict(db.session.execute(select(Refund.id, Refund.order_id).where(Refund.id.in_(refunds))).all())
    return {row.id: of_payment.get(row.payment_key) or of_refund.get(row.refund_key) for row in found}


def sums_of(found):
    """{payout's key: {"rows", "amount", "fee", "net", "open"}} of these: how many rows, minor units, and how many are open."""
    is_own = BalanceRow.category.in_(("payout", "payout_reversal"))
    columns = (
        BalanceRow.payout_key,
        func.count().filter(~is_own),
        *(func.coalesce(func.sum(each).filter(~is_own), 0) for each in _AMOUNTS),
        func.count().filter(is_open()),
    )
    keys = [each.id for each in found]
    grouped = select(*columns).where(BalanceRow.payout_key.in_(keys)).group_by(BalanceRow.payout_key)
    names = ("rows", "amount", "fee", "net", "open")
    sums = {key: dict.fromkeys(names, 0) for key in keys}
    for key, *found_sums in map(tuple, db.session.execute(grouped)):
        sums[key] = dict(zip(names, map(int, found_sums), strict=True))
    return sums


def by_category(payout):
    """[(category, how many, amount, fee, net)] of a payout's rows but itself, amounts as Money."""
    columns = (BalanceRow.category, func.count(), *(func.sum(each) for each in _AMOUNTS))
    mine = select(*columns).where(
        BalanceRow.payout_key == payout.id, BalanceRow.category.not_in(("payout", "payout_reversal"))
    )
    found = db.session.execute(mine.group_by(BalanceRow.category).order_by(BalanceRow.category))
    return [(name, count, *_as_money(sums, payout.currency)) for name, count, *sums in map(tuple, found)]


def categories():
    """Every category of which there are rows, in order."""
    return list(db.session.scalars(select(BalanceRow.category).distinct().order_by(BalanceRow.category)))


def missing_payments(now):
    """An ordered SELECT of payments by card that Stripe's balance does not show."""
    shown = select(BalanceRow.payment_key).where(BalanceRow.payment_key.is_not(None))
    by_card = select(Payment).where(
        Payment.provider == Provider.STRIPE, Payment.amount_minor > 0, Payment.id.not_in(shown)
    )
    return by_card.where(Payment.received_at < now - SHOWN_AFTER, Payment.received_at >= _first()).order_by(Payment.id)


def missing_refunds(now):
    """An ordered SELECT of refunds by card that have arrived and that Stripe's balance does not show."""
    shown = select(BalanceRow.refund_key).where(BalanceRow.refund_key.is_not(None))
    by_card = Refund.payment_id.in_(select(Payment.id).where(Payment.provider == Provider.STRIPE))
    arrived = select(Refund).where(by_card, Refund.state == RefundState.SUCCEEDED, Refund.id.not_in(shown))
    return arrived.where(Refund.requested_at < now - SHOWN_AFTER, Refund.requested_at >= _first()).order_by(Refund.id)


def balances():
    """{currency: {category: (amount, fee, net)}} over all rows: what Stripe's balance is made of, and by their sum what it holds."""
    columns = (BalanceRow.currency, BalanceRow.category, *(func.sum(each) for each in _AMOUNTS))
    grouped = select(*columns).group_by(BalanceRow.currency, BalanceRow.category)
    found: dict = defaultdict(dict)
    rows = db.session.execute(grouped.order_by(BalanceRow.currency, BalanceRow.category))
    for currency, category, *sums in map(tuple, rows):
        found[currency][category] = _as_money(sums, currency)
    return dict(found)


def open_count():
    """How many rows wait for somebody to say what they are."""
    return db.session.scalar(select(func.count()).select_from(BalanceRow).where(is_open()))


def differences():
    """Payouts whose rows do not sum to what was paid out, in words; empty when all do."""
    own = BalanceRow.category.in_(("payout", "payout_reversal"))
    net = func.coalesce(func.sum(BalanceRow.net_minor).filter(~own), 0)
    statement = select(Payout.payout_id, Payout.amount_minor, net).outerjoin(
        BalanceRow, BalanceRow.payout_key == Payout.id
    )
    wrong = statement.where(Payout.itemised_at.is_not(None)).group_by(Payout.id).having(net != Payout.amount_minor)
    return [
        f"payout {name}: {amount} paid out, its rows sum to {rows}" for name, amount, rows in db.session.execute(wrong)
    ]


_AMOUNTS = (BalanceRow.amount_minor, BalanceRow.fee_minor, BalanceRow.net_minor)


def _as_money(sums, currency):
    """Sums in minor units as three amounts: before fees, fees, and what is left."""
    amount, fee, net = (Money(int(each), currency) for each in sums)
    return amount, fee, net


def _first():
    """Since when the balance is known: nothing is missing from before that."""
    return select(func.min(BalanceRow.created_at)).scalar_subquery()


def _is_open_payout():
    still = select(BalanceRow.id).where(BalanceRow.payout_key == Payout.id, is_open()).exists()
    return or_(still, Payout.status == "failed", and_(Payout.is_automatic, Payout.itemised_at.is_(None)))
