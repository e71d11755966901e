"""What a line that pays no order may be the other side of: payouts of Stripe's by amount and day, money sent back by amount.

Only a payout is tied by itself, and only when a reference of its own stands in the line, as for orders.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from conference.kernel import db, fold
from conference.payments.bank.models import Account, Counterpart, Match, StatementLine
from conference.payments.bank.rules import CounterpartKind, LineState, payout_hints
from conference.payments.models import Order, Payment, Refund
from conference.payments.payouts.models import Payout
from conference.payments.rules import Provider, RefundState

WITHIN = timedelta(days=7)  # between the day that Stripe foretold and that of the bank
BACK_WITHIN = timedelta(days=30)  # a bank may take that long to send a payout back
MOST = 20
MOST_REFUNDS = 1000  # of one amount: whoever cancels a conference sends hundreds
_ARRIVES = ("paid", "in_transit", "failed")
_BY_REFERENCE, _BY_DESCRIPTOR = ("id", "trace"), ("descriptor",)


@dataclass(frozen=True)
class Likely:
    """What a line may be the other side of: its kind and key, the row itself with its `order` if it has one, what speaks for it."""

    kind: CounterpartKind
    key: int
    thing: Any
    hints: tuple = ()
    order: Any = None


def likely(line):
    """[Likely] of a line that waits, over exactly its amount, what most speaks for first."""
    found = [
        Likely(kind, payout.id, payout, hints) for _line, payout, kind, hints in _pairs(StatementLine.id == line.id)
    ]
    if line.state == LineState.OUT:
        found += [*_refunds(line), *_returned(line)]
    return sorted(found, key=lambda each: -len(each.hints))[:MOST]


def likely_payouts(lines):
    """{line's key: payout} of lines that may be one."""
    return {
        line.id: payout for line, payout, _kind, _hints in _pairs(StatementLine.id.in_([each.id for each in lines]))
    }


def sure():
    """[(line's key, kind, payout's key)] of lines that are tied by themselves: a reference, amount and currency agree, and nothing else fits.

    What somebody has untied stays untied.
    """
    found = _pairs(Account.books_exact)
    undone = _undone([line.id for line, *_rest in found])
    pairs = [
        (line, payout, kind, _strength(hints))
        for line, payout, kind, hints in found
        if (line.id, payout.id) not in undone
    ]
    named = [pair for pair in pairs if pair[3] > 1]
    alone = [*_alone(named, named), *_alone([pair for pair in pairs if pair[3] == 1], pairs)]
    return [(line.id, kind, payout.id) for line, payout, kind, _strength in alone]


def unseen(today):
    """The clause that a payout should be at the bank and no line shows it: of currencies and days of which there are statements."""
    came = aliased(StatementLine)
    known = select(came.id).where(came.currency == Payout.currency, came.booked_on <= Payout.arrives_on)
    due = and_(Payout.status.in_(("paid", "in_transit")), Payout.arrives_on < today)
    return and_(due, exists(known), ~_is_tied(Counterpart.payout_id == Payout.id, CounterpartKind.PAYOUT))


def lines_of(payouts):
    """{(payout's key, kind): line} of what the bank shows of payouts."""
    keys = [each.id for each in payouts]
    asked = select(Counterpart.payout_id, Counterpart.kind, StatementLine).join(
        StatementLine, StatementLine.id == Counterpart.line_id
    )
    rows = db.session.execute(asked.where(Counterpart.payout_id.in_(keys), Counterpart.ended_at.is_(None)))
    return {(key, CounterpartKind(kind)): line for key, kind, line in rows}


def counterpart_of(line):
    """What a line is tied to, as Likely; or None."""
    stands = select(Counterpart).where(Counterpart.line_id == line.id, Counterpart.ended_at.is_(None))
    found = db.session.scalar(stands)
    if found is None:
        return None
    kind = CounterpartKind(found.kind)
    if found.refund_id:
        refund = db.session.get(Refund, found.refund_id)
        return Likely(kind, refund.id, refund, (), db.session.get(Order, refund.order_id))
    if found.returned_id:
        return Likely(kind, found.returned_id, db.session.get(StatementLine, found.returned_id))
    return Likely(kind, found.payout_id, db.session.get(Payout, found.payout_id))


def sent_by(line):
    """The line by which money of this one went back, or None."""
    asked = select(StatementLine).join(Counterpart, Counterpart.line_id == StatementLine.id)
    return db.session.scalar(asked.where(Counterpart.returned_id == line.id, Counterpart.ended_at.is_(None)))


def _pairs(*where):
    """[(line, payout, kind, hints)] of lines that wait and payouts over the same amount about that day, both untied."""
    line = StatementLine
    arrives = and_(line.amount_minor == Payout.amount_minor, Payout.status.in_(_ARRIVES))
    came = _is_tied(Counterpart.payout_id == Payout.id, CounterpartKind.PAYOUT)
    went = _is_tied(Counterpart.payout_id == Payout.id, CounterpartKind.PAYOUT_BACK)
    goes_back = and_(line.amount_minor == -Payout.amount_minor, or_(Payout.status == "failed", came), ~went)
    asked = select(line, Payout).join(Account, line.account_id == Account.id)
    asked = asked.join(Payout, and_(Payout.currency == line.currency, or_(and_(arrives, ~came), goes_back)))
    waits = line.state.in_((LineState.OPEN, LineState.OUT))
    untouched = (line.matched_minor == 0, line.returned_minor == 0)
    rows = db.session.execute(asked.where(waits, *untouched, *where).order_by(line.id, Payout.arrives_on, Payout.id))
    return [
        (
            each,
            payout,
            CounterpartKind.PAYOUT if each.amount_minor == payout.amount_minor else CounterpartKind.PAYOUT_BACK,
            payout_hints(each, payout),
        )
        for each, payout in rows
        if _is_about(each, payout)
    ]


def _undone(keys):
    """{(line's key, payout's key)} of what was tied before and is not any more."""
    asked = select(Counterpart.line_id, Counterpart.payout_id).where(Counterpart.ended_at.is_not(None))
    return set(map(tuple, db.session.execute(asked.where(Counterpart.line_id.in_(keys)))))


def _is_about(line, payout):
    late = line.booked_on - payout.arrives_on
    return -WITHIN <= late <= (WITHIN if line.amount_minor > 0 else BACK_WITHIN)


def _is_tied(which, kind):
    return select(Counterpart.id).where(which, Counterpart.kind == kind, Counterpart.ended_at.is_(None)).exists()


def _strength(hints):
    return 2 if set(_BY_REFERENCE) & set(hints) else 1 if set(_BY_DESCRIPTOR) & set(hints) else 0


def _alone(pairs, others):
    """Those of `pairs` whose line and payout stand in no other one of `others`."""
    lines = Counter(line.id for line, *_rest in others)
    payouts = Counter((payout.id, kind) for _line, payout, kind, _strength in others)
    return [pair for pair in pairs if lines[pair[0].id] == 1 and payouts[pair[1].id, pair[2]] == 1]


def _returned(line):
    """Lines whose money was sent back, over this amount."""
    other = aliased(StatementLine)
    asked = select(other).where(
        other.returned_minor == -line.amount_minor,
        other.currency == line.currency,
        other.booked_on <= line.booked_on,
        ~_is_tied(Counterpart.returned_id == other.id, CounterpartKind.RETURNED),
    )
    for each in db.session.scalars(asked.order_by(other.booked_on.desc(), other.id).limit(MOST)):
        yield Likely(CounterpartKind.RETURNED, each.id, each, _person_hints(line, each.name, each.iban))


def _refunds(line):
    """Refunds that somebody has sent by hand, over this amount."""
    by_hand = (Payment.provider != Provider.STRIPE, Refund.state == RefundState.SUCCEEDED)
    asked = select(Refund, Order, StatementLine).join(Payment, Refund.payment_id == Payment.id)
    asked = asked.join(Order, Order.id == Refund.order_id).outerjoin(Match, Match.payment_id == Payment.id)
    asked = asked.outerjoin(StatementLine, StatementLine.id == Match.line_id).where(
        Refund.amount_minor == -line.amount_minor,
        Refund.currency == line.currency,
        *by_hand,
        ~_is_tied(Counterpart.refund_id == Refund.id, CounterpartKind.REFUND),
    )
    for refund, order, source in db.session.execute(
        asked.order_by(Refund.requested_at.desc(), Refund.id).limit(MOST_REFUNDS)
    ):
        if not refund.is_reversal:
            name, iban = (source.name, source.iban) if source else ("", "")
            named = ("reference",) if order.ref.lower() in line.folded else ()
            yield Likely(CounterpartKind.REFUND, refund.id, refund, (*named, *_person_hints(line, name, iban)), order)


def _person_hints(line, name, iban):
    words = set(fold(name).split())
    same_name = len(words) > 1 and words <= set(line.folded.split())
    return ("amount", *(("name",) if same_name else ()), *(("iban",) if iban and iban == line.iban else ()))
