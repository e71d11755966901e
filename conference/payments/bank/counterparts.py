"""Lines that pay no order are tied to what they are: a payout of Stripe's, or money that the books say was sent back.

No order is touched by it: what was sent back was booked when somebody said so. It only shows that the bank has seen it, and takes a
payout from its way to the bank in the journal. The database keeps it one to one.
"""

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit
from conference.kernel import Refusal, claimed, db, insert_once
from conference.payments.bank import tracing
from conference.payments.bank.clearings import note_clearing
from conference.payments.bank.matching import line_by_id, waiting_state
from conference.payments.bank.models import Counterpart, StatementLine
from conference.payments.bank.recount import to_be_checked
from conference.payments.bank.rules import CounterpartKind, LineState

_COLUMN = {
    CounterpartKind.PAYOUT: "payout_id",
    CounterpartKind.PAYOUT_BACK: "payout_id",
    CounterpartKind.RETURNED: "returned_id",
    CounterpartKind.REFUND: "refund_id",
}
_STATE = {
    CounterpartKind.PAYOUT: LineState.PAYOUT,
    CounterpartKind.PAYOUT_BACK: LineState.PAYOUT,
    CounterpartKind.RETURNED: LineState.SENT,
    CounterpartKind.REFUND: LineState.SENT,
}


def tie(line_id, kind, key, *, by, now):
    """A line that waits is the other side of that payout, returned line or refund; by a person, or (None) by itself.

    Refusal, to be rolled back, when it is not over its amount, or one of the two was tied meanwhile.
    """
    line, kind = line_by_id(line_id), CounterpartKind(kind)
    if kind is CounterpartKind.RETURNED:  # it must not be opened again meanwhile
        db.session.execute(select(StatementLine.id).where(StatementLine.id == key).with_for_update())
    mine = update(StatementLine).where(StatementLine.id == line.id, StatementLine.state == waiting_state(line))
    unused = (StatementLine.matched_minor == 0, StatementLine.returned_minor == 0)
    if not any((each.kind, each.key) == (kind, key) for each in tracing.likely(line)) or not claimed(
        mine.where(*unused).values(state=str(_STATE[kind]), note="", is_sure=False)
    ):
        raise _too_late()
    values = {"line_id": line.id, "kind": str(kind), _COLUMN[kind]: key, "made_at": now, "reason": ""}
    if not insert_once(Counterpart.__table__, {**values, "made_by_id": by.id if by else None}):
        raise _too_late()
    if kind is CounterpartKind.RETURNED:
        to_be_checked(key)
    db.session.refresh(line)
    note_clearing(line, _standing(line))
    facts = {"amount": line.amount_minor, "currency": line.currency, "kind": str(kind)}
    audit.record(by=by, verb="tied a bank line", subject=line, now=now, after=facts)
    return line


def untie(line, *, reason, by, now):
    """That was wrong: the line waits again. Refusal when it is tied to nothing."""
    found = _standing(line)
    standing = update(Counterpart).where(Counterpart.line_id == line.id, Counterpart.ended_at.is_(None))
    back = update(StatementLine).where(StatementLine.id == line.id, StatementLine.state.in_(set(_STATE.values())))
    ended = claimed(standing.values(ended_at=now, ended_by_id=by.id if by else None, reason=reason))
    if not ended or not claimed(back.values(state=str(waiting_state(line)))):
        raise Refusal(_("This line is tied to nothing any more. Look at it again."))
    db.session.refresh(line)
    note_clearing(line, found, is_undone=True)
    audit.record(by=by, verb="untied a bank line", subject=line, now=now, note=reason)


def _standing(line):
    return db.session.scalar(select(Counterpart).where(Counterpart.line_id == line.id, Counterpart.ended_at.is_(None)))


def _too_late():
    return Refusal(
        _("One of the two was tied to something else meanwhile, or they do not agree. Look at the line again.")
    )
