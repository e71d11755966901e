"""What is done with a line's money: it pays an order, is taken out of it again, is sent back, or is none of ours.

What an order gives for it is decided above; here stand the guards, so that no cent of a line is given twice.
"""

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from conference import audit
from conference.kernel import Refusal, claimed, db
from conference.payments import reversing
from conference.payments.actions import park, receive
from conference.payments.bank.models import Counterpart, Match, Statement, StatementLine
from conference.payments.bank.recount import to_be_checked
from conference.payments.bank.rules import LineState
from conference.payments.models import Payment
from conference.payments.queries import locked
from conference.payments.rules import OrderState, Provider

LEFT = StatementLine.amount_minor - StatementLine.matched_minor - StatementLine.returned_minor


def take(line, order, amount, *, by, now):
    """Give `amount` of an open line to a locked order: the Payment. Refusal when so much is not left, or the currency is another."""
    refuse_other_currency(line.currency, order)
    if amount.minor <= 0:
        raise Refusal(_("Say how much, more than nothing."), field="amount")
    _claim(line, matched_minor=StatementLine.matched_minor + amount.minor, least=amount.minor)
    same = select(Match.ended_at).where(Match.line_id == line.id, Match.order_id == order.id)
    before = db.session.scalars(same).all()
    if None in before:
        raise Refusal(
            _("This line pays this order in part already. Take that out, then match it with the whole amount.")
        )
    count = len(before)
    ref = f"bank-{line.ref}-{order.ref}-{count + 1}"
    facts = {"provider": Provider.BANK, "provider_ref": ref, "by": by, "why": f"{line.name} {line.text}".strip()[:300]}
    payment = receive(order, amount=amount, now=now, **facts)
    made = {"line_id": line.id, "order_id": order.id, "payment_id": payment.id, "amount_minor": amount.minor}
    db.session.add(Match(made_at=now, made_by_id=by.id if by else None, **made))
    db.session.flush()
    facts = {"amount": amount.minor, "booked": line.booked_on.isoformat()}
    audit.record(by=by, verb="matched bank money to", subject=order, now=now, after=facts, note=line.name)
    return payment


def set_apart(line, amount):
    """A line that waits for a second person is not booked by itself. Refusal when so much is not left of it.

    Its statement stays locked, so that whoever is told of it is told once.
    """
    open_still = update(StatementLine).where(StatementLine.id == line.id, StatementLine.state == LineState.OPEN)
    if amount.minor <= 0 or not claimed(open_still.where(amount.minor <= LEFT).values(is_sure=False)):
        raise _too_little()
    db.session.execute(select(Statement.id).where(Statement.id == line.statement_id).with_for_update())


def refuse_other_currency(currency, order):
    """Refusal when money of this currency cannot pay an order."""
    if currency != order.currency:
        facts = {"came": currency, "asked": order.currency}
        raise Refusal(_("This money is in %(came)s and the order in %(asked)s: it cannot pay it.", **facts))


def give_up(match_id, *, reason, by, now):
    """Take a line's money out of its order again, by a booking of its own; the order, locked.

    A settled order lacks the money from then on and is shown to staff. Refusal when it was taken out, or sent back, before.
    """
    found = db.session.get(Match, match_id)
    order = locked(found.order_id)
    _take_out(found, order, reason=reason, by=by, now=now)
    line = line_by_id(found.line_id)
    to_be_checked(line.id)
    back = update(StatementLine).where(StatementLine.id == line.id, StatementLine.matched_minor >= found.amount_minor)
    values = {"matched_minor": StatementLine.matched_minor - found.amount_minor, "state": str(LineState.OPEN)}
    if not claimed(back.values(is_sure=False, **values)):
        raise Refusal(_("This line has changed meanwhile. Look at it again."))
    db.session.refresh(line)
    return order


def send_back(line, amount, *, note, by, now):
    """So much of what is left of a line was sent back to whoever sent it. Refusal when less, or nothing, is left."""
    _refuse_traced(line)
    _claim(line, returned_minor=StatementLine.returned_minor + amount.minor, least=amount.minor, note=note)
    audit.record(by=by, verb="sent bank money back", subject=line, now=now, after=_amount(amount), note=note)


def _refuse_traced(line):
    """What the bank shows of money that was sent back is over exactly so much: more is sent back once that is untied.

    The line stays locked, so that nobody ties it meanwhile.
    """
    db.session.execute(select(StatementLine.id).where(StatementLine.id == line.id).with_for_update())
    shown = select(Counterpart.id).where(Counterpart.returned_id == line.id, Counterpart.ended_at.is_(None))
    if db.session.scalar(shown) is not None:
        raise Refusal(_("Another line shows what went back of this one. Untie that line first."))


def ignore(line, *, reason, by, now):
    """A line that pays nothing of ours, or that went out for something else: it waits no more. Refusal when it pays something, or does not wait."""
    waits = StatementLine.state.in_((LineState.OPEN, LineState.OUT))
    mine = update(StatementLine).where(StatementLine.id == line.id, waits)
    if not claimed(
        mine.where(StatementLine.matched_minor == 0, StatementLine.returned_minor == 0).values(
            state=str(LineState.IGNORED), note=reason, is_sure=False
        )
    ):
        raise Refusal(_("This line does not wait any more, or part of it pays an order."))
    db.session.refresh(line)
    audit.record(by=by, verb="set a bank line aside", subject=line, now=now, after=_amount(line.amount), note=reason)


def reopen(line, *, by, now):
    """A line that was set aside, or sent back by mistake, waits again; Refusal when it was neither, or the bank shows that it went back."""
    db.session.execute(select(StatementLine.id).where(StatementLine.id == line.id).with_for_update())
    shown = select(Counterpart.id).where(Counterpart.returned_id == line.id, Counterpart.ended_at.is_(None))
    mine = update(StatementLine).where(StatementLine.id == line.id, ~shown.exists())
    was = (StatementLine.state == LineState.IGNORED) | (StatementLine.returned_minor > 0)
    to_be_checked(line.id)
    if not claimed(mine.where(was).values(state=str(waiting_state(line)), returned_minor=0, note="")):
        raise Refusal(_("This line was not set aside, or another line shows that its money went back."))
    db.session.refresh(line)
    audit.record(by=by, verb="opened a bank line again", subject=line, now=now, after=_amount(line.amount))


def reverse(original, reversal, *, by, now):
    """The bank took `original` back by the line `reversal`: whatever it paid lacks that money. Refusal when it cannot be so.

    Orders are locked newest first.
    """
    if original.amount_minor != -reversal.amount_minor or original.currency != reversal.currency:
        raise Refusal(_("These two lines are not over the same amount."))
    statement = select(Match).where(Match.line_id == original.id, Match.ended_at.is_(None))
    standing = db.session.scalars(statement.order_by(Match.order_id.desc())).all()
    for each in standing:
        reason = _("The bank took it back on %(day)s", day=reversal.booked_on.isoformat())
        _take_out(each, locked(each.order_id), reason=f"{reason}: {reversal.text[:120]}", by=by, now=now)
    to_be_checked(original.id, reversal.id)
    # A reversed line whose money was sent back is lost twice: that is for a person to see.
    # What was matched at this moment by somebody else is no part of what was taken out above: then nothing is done.
    known = StatementLine.matched_minor == sum(each.amount_minor for each in standing)
    whole = update(StatementLine).where(StatementLine.id == original.id, StatementLine.returned_minor == 0, known)
    gone = {"state": str(LineState.REVERSED), "matched_minor": 0, "is_sure": False}
    mine = update(StatementLine).where(StatementLine.id == reversal.id, StatementLine.state == LineState.OPEN)
    mine = mine.where(StatementLine.matched_minor == 0, StatementLine.returned_minor == 0)
    taken = (LineState.REVERSED, LineState.PAYOUT, LineState.SENT)
    if not claimed(whole.where(StatementLine.state.not_in(taken)).values(**gone)):
        raise Refusal(
            _(
                "That line was taken back by the bank before, was matched or tied meanwhile, or its money was sent back by the society."
            )
        )
    if not claimed(mine.values(state=str(LineState.REVERSED), reverses_id=original.id, is_sure=False)):
        raise Refusal(_("This line does not wait any more."))
    for each in (original, reversal):
        db.session.refresh(each)
    audit.record(by=by, verb="noted a reversed booking", subject=original, now=now, after=_amount(original.amount))


def originals(reversal):
    """The lines that a reversal may have taken back, the likeliest first: of the same account and amount, not later."""
    statement = select(StatementLine).where(
        StatementLine.account_id == reversal.account_id,
        StatementLine.amount_minor == -reversal.amount_minor,
        StatementLine.currency == reversal.currency,
        StatementLine.state != LineState.REVERSED,
        StatementLine.is_reversal.is_(False),
        StatementLine.booked_on <= reversal.booked_on,
    )
    found = db.session.scalars(statement.order_by(StatementLine.booked_on.desc(), StatementLine.id.desc()).limit(50))
    return sorted(found, key=lambda each: -_likeness(each, reversal))


def sure_original(reversal):
    """The one line that a reversal takes back without doubt, or None: it alone shares the bank's reference, or the text."""
    found = originals(reversal)
    likely = [each for each in found if _likeness(each, reversal)]
    best = [each for each in likely if _likeness(each, reversal) == _likeness(likely[0], reversal)] if likely else []
    return best[0] if len(best) == 1 else None


def waiting_state(line):
    """The state in which a line waits for somebody."""
    return LineState.OPEN if line.amount_minor > 0 or line.is_reversal else LineState.OUT


def line_by_id(line_id):
    """The line as it is now, with its account."""
    statement = select(StatementLine).options(joinedload(StatementLine.account)).where(StatementLine.id == line_id)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def _claim(line, *, least, note="", **values):
    """Take so much of what is left of an open line; Refusal when somebody was faster. Nothing left: it is matched."""
    to_be_checked(line.id)
    open_still = update(StatementLine).where(StatementLine.id == line.id, StatementLine.state == LineState.OPEN)
    if least <= 0 or not claimed(open_still.where(least <= LEFT).values(note=note, is_sure=False, **values)):
        raise _too_little()
    used_up = update(StatementLine).where(StatementLine.id == line.id, LEFT == 0)
    claimed(used_up.values(state=str(LineState.MATCHED)))
    db.session.refresh(line)


def _too_little():
    return Refusal(_("So much is not left of this line: somebody else has matched it meanwhile. Look at it again."))


def _take_out(match, order, *, reason, by, now):
    standing = update(Match).where(Match.id == match.id, Match.ended_at.is_(None))
    if not claimed(standing.values(ended_at=now, ended_by_id=by.id if by else None, reason=reason)):
        raise Refusal(_("This was taken out of the order before. Look at it again."))
    payment = db.session.get(Payment, match.payment_id, populate_existing=True)
    reversing.reverse(order, payment, reason=reason, by=by, now=now)
    if order.state in (OrderState.PAID, OrderState.OPEN, OrderState.ONGOING):
        park(order, reason=reason, hold=False)
    facts = {"amount": match.amount_minor}
    audit.record(by=by, verb="took bank money out of", subject=order, now=now, after=facts, note=reason)


def _likeness(original, reversal):
    """2: the bank's reference is the same; 1: what is said, or who sent it, is; 0: the amount alone."""
    ours, theirs = (
        set(filter(None, each.bank_ref.split("/"))) - {"NONREF", "NOTPROVIDED"} for each in (original, reversal)
    )
    if ours & theirs:
        return 2
    same_text = original.folded and (original.text and original.text in reversal.text)
    same_name = original.name and original.name == reversal.name
    return 1 if same_text or same_name or (original.iban and original.iban == reversal.iban) else 0


def _amount(amount):
    return {"amount": amount.minor, "currency": amount.currency}
