"""The rows behind a month's journal, in SQL: entries of the ledger and rows of Stripe's balance, each with the order it belongs to."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, and_, case, cast, false, func, literal, not_, or_, select, true
from sqlalchemy.orm import aliased

from conference.books import rules
from conference.books.rules import Role
from conference.kernel import db
from conference.meetings import Meeting
from conference.payments import EntryKind, LedgerEntry, Order, Payment, Provider, Refund, about_meeting, payouts

BalanceRow = payouts.BalanceRow

_Came, _Went, _SentFrom = aliased(Payment), aliased(Refund), aliased(Payment)
_Counterpart, _OtherOrder = aliased(LedgerEntry), aliased(Order)
_Paid, _Sent = aliased(Payment), aliased(Refund)
_SHARED = (Provider.STRIPE, None)  # a provider that is Stripe, and any other: more the books do not tell apart


def delivered():
    """{scope of a meeting: when its last day begins at the venue}."""
    rows = db.session.execute(select(Meeting.code, Meeting.ends, Meeting.timezone).order_by(Meeting.id))
    return dict(map(_last_day, rows))


def provider():
    """The column that says who carried the money of an entry; None of what is no money."""
    return case(
        (LedgerEntry.kind == EntryKind.PAYMENT, _Came.provider),
        (LedgerEntry.kind == EntryKind.REFUND, _SentFrom.provider),
    )


def with_provider(statement):
    """A SELECT over the ledger, joined with the payments and refunds that its sources name."""
    source = LedgerEntry.source
    came = case((source.like("payment:%"), _number(source, "payment:")))
    went = case(
        (source.like("refund:%"), _number(source, "refund:")),
        (source.like("refund-failed:%"), _number(source, "refund-failed:")),
    )
    joined = statement.outerjoin(_Came, _Came.id == came).outerjoin(_Went, _Went.id == went)
    return joined.outerjoin(_SentFrom, _SentFrom.id == _Went.payment_id)


def entries(*where):
    """A SELECT of entries that are booked: (id, at, kind, minor, currency, source, why, scope, order, provider, other order)."""
    columns = (
        LedgerEntry.id, LedgerEntry.at, LedgerEntry.kind, LedgerEntry.amount_minor, LedgerEntry.currency, LedgerEntry.source,
        LedgerEntry.why, LedgerEntry.scope, Order.ref, provider(), _OtherOrder.ref,
    )  # fmt: skip
    statement = with_provider(select(*columns).select_from(LedgerEntry).join(Order, Order.id == LedgerEntry.order_id))
    statement = statement.outerjoin(_Counterpart, _Counterpart.source == _counterpart())
    return statement.outerjoin(_OtherOrder, _OtherOrder.id == _Counterpart.order_id).where(*where)


def rows(*where):
    """A SELECT of rows of Stripe's balance that are booked: (id, at, the columns of a Movement, row's id, description, scope, order)."""
    columns = (
        BalanceRow.id, BalanceRow.created_at, *MOVEMENT, BalanceRow.row_id, BalanceRow.description, Order.scope, Order.ref,
    )  # fmt: skip
    statement = select(*columns).outerjoin(_Paid, _Paid.id == BalanceRow.payment_key)
    statement = statement.outerjoin(_Sent, _Sent.id == BalanceRow.refund_key)
    return statement.outerjoin(Order, Order.id == func.coalesce(_Paid.order_id, _Sent.order_id)).where(*where)


MOVEMENT = (
    BalanceRow.category, BalanceRow.amount_minor, BalanceRow.fee_minor, BalanceRow.currency, BalanceRow.source_minor,
    BalanceRow.source_currency,
)  # fmt: skip


def entries_of(period):
    """The clause that an entry is booked in a period: what is carried is booked where it arrives."""
    is_booked = or_(LedgerEntry.kind != EntryKind.TRANSFER, LedgerEntry.amount_minor > 0)
    return and_(LedgerEntry.at >= period.starts_at, LedgerEntry.at < period.ends_at, is_booked)


def rows_of(period):
    """The clause that a row is booked in a period: one that was told when its month was closed, in the next that was open."""
    mine = and_(BalanceRow.created_at >= period.starts_at, BalanceRow.created_at < period.ends_at)
    if period.earlier is not None:
        late = and_(BalanceRow.created_at < period.starts_at, BalanceRow.id > period.earlier.last_row)
        mine = or_(mine, late)
    known = true() if period.later is None else BalanceRow.id <= period.later.last_row
    is_booked = or_(
        BalanceRow.fee_minor != 0,
        BalanceRow.category.not_in(rules.BOOKED_BY_LEDGER),
        BalanceRow.currency != BalanceRow.source_currency,
    )
    return and_(mine, known, is_booked)


def entries_touching(role, known):
    """The clause that a booked entry posts to the account of a role; `known` as `delivered` tells."""
    if role is Role.CUSTOMERS:
        return true()
    touching = [
        _is(kind, carrier) for kind in EntryKind for carrier in _SHARED if rules.counter_role(kind, carrier) is role
    ]
    if role is Role.REVENUE:
        touching = [and_(LedgerEntry.kind.in_(rules.SOLD), at_once(known))]
    return or_(false(), *touching)


def rows_touching(role):
    """The clause that a booked row of Stripe's balance posts to the account of a role."""
    has_fee, is_ours = BalanceRow.fee_minor != 0, BalanceRow.category.in_(rules.BOOKED_BY_LEDGER)
    match role:
        case Role.CARD:
            return true()
        case Role.EXCHANGE:
            return and_(is_ours, BalanceRow.currency != BalanceRow.source_currency)
        case Role.SUSPENSE:
            return and_(not_(is_ours), BalanceRow.category.not_in(rules.NAMED))
    named = [each for each in rules.NAMED if rules.category_role(each) is role]
    return or_(BalanceRow.category.in_(named), has_fee if role is Role.STRIPE_FEES else false())


def at_once(known, *, scope=LedgerEntry.scope, at=LedgerEntry.at):
    """The clause that what an entry sold, or whatever has such columns, is revenue at once, as rules.is_at_once says."""
    begun = [and_(scope == each, at >= since) for each, since in known.items()]
    return or_(scope.is_(None), and_(scope.not_like("term:%"), scope.not_in(list(known))), *begun)


def late(known, until, *, scope=LedgerEntry.scope, at=LedgerEntry.at):
    """The column that says whether an entry came when the last day of its meeting had begun; of meetings before `until`."""
    begun = [and_(scope == each, at >= since) for each, since in known.items() if since < until]
    return case((or_(false(), *begun), 1), else_=0)


def comes_at_once(scope, is_late, period, known):
    """Whether what came for a scope in a period is revenue at once; `is_late` as the column says."""
    return bool(is_late or (scope not in known and rules.is_at_once(scope, period.starts_at, known)))


def newest_row():
    """The highest key of a row of Stripe's balance; 0 when there is none."""
    return db.session.scalar(select(func.coalesce(func.max(BalanceRow.id), 0)))


def _is(kind, carrier):
    if kind not in (EntryKind.PAYMENT, EntryKind.REFUND):
        return LedgerEntry.kind == kind
    same = provider() == carrier if carrier else provider() != Provider.STRIPE
    return and_(LedgerEntry.kind == kind, same)


def _number(source, beginning):
    return cast(func.substr(source, len(beginning) + 1), Integer)


def _counterpart():
    """The source of the entry that left another order's account, of one that came from there."""
    source = LedgerEntry.source
    is_transfer = LedgerEntry.kind == EntryKind.TRANSFER
    return case(
        (and_(is_transfer, source.like("line:%")), literal("carried:").concat(func.substr(source, 6))),
        (and_(is_transfer, source.like("back:%")), func.replace(source, ":home", ":out")),
    )


def _last_day(row):
    code, ends, zone = row
    return about_meeting(code), datetime(ends.year, ends.month, ends.day, tzinfo=ZoneInfo(zone))
