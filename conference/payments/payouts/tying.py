"""Tying each row of Stripe's balance to what of ours it belongs to, or saying why it cannot be."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit
from conference.kernel import Refusal, claimed, db, decimal_text, in_parts
from conference.payments.models import Payment, Refund
from conference.payments.payouts.models import BalanceRow
from conference.payments.payouts.rules import Tie, differs

_BY_ITSELF = (Tie.COST, Tie.PAYOUT)
AT_ONCE = 5000


def is_open():
    """A WHERE clause on BalanceRow: tied to nothing, and explained by nobody."""
    return BalanceRow.tied_at.is_(None)


def tie_open_rows(*, now, after=0):
    """Look for what the open rows after a key belong to: (how many were tied, the key of the last that was looked at, or None when it was the last).

    Those that stay open say why, or wait for something of ours to come.
    """
    waiting = select(BalanceRow).where(is_open(), BalanceRow.id > after).order_by(BalanceRow.id)
    rows = list(db.session.scalars(waiting.limit(AT_ONCE)))
    payments = _found(Payment, [row.intent for row in rows if row.tie in (Tie.PAYMENT, Tie.DISPUTE)])
    refunds = _found(Refund, [row.source for row in rows if row.tie == Tie.REFUND])
    tied = sum(_tie(row, payments.get(row.intent), refunds.get(row.source), now) for row in rows)
    return tied, rows[-1].id if len(rows) == AT_ONCE else None


def explain(row, *, words, by, now):
    """Staff say what an open row is; Refusal when it was tied or explained meanwhile."""
    mine = update(BalanceRow).where(BalanceRow.id == row.id, is_open())
    if not claimed(mine.values(tied_at=now, explanation=words, explained_by=by.id, trouble="")):
        raise Refusal(_("This row was dealt with meanwhile. Look at it again."))
    audit.record(by=by, verb="explained a row", subject=row, now=now, after={"amount": row.amount_minor}, note=words)


def reopen(row, *, by, now):
    """An explanation was wrong: the row is open again. Refusal when there is none."""
    mine = update(BalanceRow).where(BalanceRow.id == row.id, BalanceRow.explained_by.is_not(None))
    if not claimed(mine.values(tied_at=None, explanation="", explained_by=None)):
        raise Refusal(_("Nobody has explained this row."))
    audit.record(by=by, verb="reopened a row", subject=row, now=now, note=row.explanation)


def _found(kind, references):
    """{provider's reference: row of ours}."""
    found = {}
    for some in in_parts({each for each in references if each}):
        found |= {
            each.provider_ref: each for each in db.session.scalars(select(kind).where(kind.provider_ref.in_(some)))
        }
    return found


def _tie(row, payment, refund, now):
    trouble, ours = "", {}
    match row.tie:
        case Tie.COST | Tie.PAYOUT:
            ours = {"trouble": ""}
        case Tie.PAYMENT:
            trouble, ours = _same(row, payment, "payment_key")
        case Tie.DISPUTE if payment is not None:
            ours = {"payment_key": payment.id}
        case Tie.REFUND:
            trouble, ours = _same(row, refund, "refund_key")
    if not ours:
        row.trouble = trouble or _("nothing of ours belongs to it")
        return False
    mine = update(BalanceRow).where(BalanceRow.id == row.id, is_open())
    return claimed(mine.values(tied_at=now, **{"trouble": "", **ours}))


def _same(row, ours, key):
    """(what is wrong, {key: ours}): tied only when both say the same amount in the same currency."""
    if ours is None:
        return "", {}
    if differs(row.category, row.source_minor, row.source_currency, minor=ours.amount_minor, currency=ours.currency):
        facts = {
            "theirs": decimal_text(abs(row.source_minor), row.source_currency),
            "their_currency": row.source_currency,
            "ours": decimal_text(ours.amount_minor, ours.currency),
            "our_currency": ours.currency,
        }
        return _("%(theirs)s %(their_currency)s at Stripe, %(ours)s %(our_currency)s here", **facts), {}
    return "", {key: ours.id}
