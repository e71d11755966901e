"""Member prices after the sale: whoever joined in time is credited, whoever lapsed is dealt with as the line's policy says.

Each sold ticket is looked at once for each reason: a row (PriceCase) under a unique key, written in the transaction that acts,
so that any number of workers may sweep at once and be killed at any point.
"""

from datetime import timedelta

from sqlalchemy import exists, select

from conference import membership, payments, people, registration
from conference.checkout import mails
from conference.checkout.changing.asking import reprice
from conference.kernel import db, end_of, insert_once
from conference.membership import Member, Term
from conference.payments import Line, Order, OrderState
from conference.registration import Registration, State, pricing

TO_PAY = timedelta(days=14)
MOST = 200  # looked at in one go


def joined_in_time(now):
    """Keys of tickets sold to people who were no members then, and who have paid for a membership since."""
    statement = _tickets(pricing.CaseKind.CREDIT).join(Member, Member.person_id == Registration.person_id)
    statement = statement.join(Term, Term.member_id == Member.id)
    since = (Term.voided_at.is_(None)) & (Term.created_at > Order.settled_at) & (Term.created_at <= now)
    return _keys(statement.where(since).distinct())


def to_check(now):
    """Keys of tickets whose membership is to be checked by now, and of those whose days of grace are over."""
    today = membership.local_day(now)
    due_on = Line.rule["recheck_on"].as_string()
    first = _keys(_tickets(pricing.CaseKind.LAPSE).where(due_on.is_not(None), due_on <= today.isoformat()))
    over = select(pricing.PriceCase.line_id).where(
        pricing.PriceCase.state == pricing.CaseState.WARNED, pricing.PriceCase.due_at <= now
    )
    return [*first, *db.session.scalars(over.order_by(pricing.PriceCase.id).limit(MOST))]


def credit(line_id, *, now):
    """Sell the ticket anew at the member price and send the difference back, if its person joined in time; whether it was done."""
    line, order, entry = _ticket(line_id)
    joined_at = _joined_at(entry, order, now)
    if joined_at is None or not registration.pricing.bought_before(line, order.settled_at, joined_at):
        return False
    standing = _standing(entry, now)
    if not registration.pricing.suffices(standing, _through(line, entry)):
        return False
    sold = registration.pricing.as_member(line, _facts(standing), registration.pricing.joined_why(line))
    if sold.difference.minor >= 0 or not _note(line, entry, pricing.CaseKind.CREDIT, pricing.CaseState.CREDITED, now):
        return False
    reprice(entry, line=sold.line, reason=registration.pricing.joined_why(line), by=None, now=now)
    return True


def check(line_id, *, now):
    """Look whether the membership that made a ticket cheaper is still valid: what came of it (CaseState), or None when it was seen to."""
    line, _order, entry = _ticket(line_id)
    known = _case(line_id)
    if known is not None and known.state != pricing.CaseState.WARNED:
        return None
    if line.ended_at or registration.pricing.suffices(_standing(entry, now), _through(line, entry)):
        return _become(known, line, entry, pricing.CaseState.KEPT, now)
    if known is None and line.rule["lapse"] == pricing.Lapse.HONOUR:
        return _become(known, line, entry, pricing.CaseState.KEPT, now)
    if known is None and line.rule["lapse"] == pricing.Lapse.GRACE:
        return _warn(line, entry, now)
    if known is not None and known.due_at > now:
        return None
    return _ask(known, line, entry, now)


def _warn(line, entry, now):
    due_at = now + timedelta(days=line.rule["grace_days"])
    if not _note(line, entry, pricing.CaseKind.LAPSE, pricing.CaseState.WARNED, now, due_at=due_at):
        return None
    sold = registration.pricing.as_other(line, {}, "")
    mails.renew_or_pay(entry, line, more=sold.difference, until=due_at, now=now)
    return pricing.CaseState.WARNED


def _ask(known, line, entry, now):
    """Ask for the difference; one that is nothing, or less than the payment service takes, is let go."""
    standing = _standing(entry, now)
    sold = registration.pricing.as_other(line, _facts(standing), registration.pricing.lapsed_why(line, standing.on))
    if sold.difference.minor <= 0 or payments.is_too_small(sold.difference):
        return _become(known, line, entry, pricing.CaseState.KEPT, now)
    if _become(known, line, entry, pricing.CaseState.ASKED, now) is None:
        return None
    until = max(now + timedelta(days=1), min(now + TO_PAY, _end_of(entry.meeting, now)))
    asked = reprice(entry, line=sold.line, reason=sold.line.why[0], by=None, now=now, expires_at=until)
    mails.balance(payments.order_by_id(asked.order_id), entry, now=now)
    return pricing.CaseState.ASKED


def _become(known, line, entry, state, now):
    """The case in a new state, or None when somebody else was faster."""
    if known is None:
        return state if _note(line, entry, pricing.CaseKind.LAPSE, state, now) else None
    known.state, known.due_at = state, None
    db.session.flush()
    return state


def _note(line, entry, kind, state, now, due_at=None):
    values = {"line_id": line.id, "registration_id": entry.id, "kind": str(kind), "state": str(state)}
    return insert_once(pricing.PriceCase.__table__, values | {"due_at": due_at, "noted_at": now})


def _case(line_id):
    """The case of a ticket, locked: two sweeps at once see it one after the other."""
    mine = select(pricing.PriceCase).where(
        pricing.PriceCase.line_id == line_id, pricing.PriceCase.kind == pricing.CaseKind.LAPSE
    )
    return db.session.scalar(mine.with_for_update().execution_options(populate_existing=True))


def _ticket(line_id):
    """(line, its order, the registration) with the order locked."""
    order = payments.locked(payments.lines_by_id([line_id])[0].order_id)
    line = next(each for each in order.lines if each.id == line_id)
    return line, order, registration.by_id(line.reference)


def _tickets(kind):
    """A SELECT of keys of tickets that stand, and of which no case of this kind is known."""
    seen = exists().where(pricing.PriceCase.line_id == Line.id, pricing.PriceCase.kind == kind)
    statement = select(Line.id).join(Order, Order.id == Line.order_id)
    statement = statement.join(Registration, Registration.id == Line.reference)
    stands = (Line.kind == "registration") & Line.ended_at.is_(None) & (Order.state == OrderState.PAID)
    return statement.where(stands, Registration.state == State.CONFIRMED, ~seen)


def _keys(statement):
    return list(db.session.scalars(statement.order_by(Line.id).limit(MOST)))


def _joined_at(entry, order, now):
    """When the person first paid for a membership after the order was settled; None when never."""
    statement = (
        select(Term.created_at).join(Member).where(Member.person_id == entry.person_id, Term.voided_at.is_(None))
    )
    paid = statement.where(Term.created_at > order.settled_at, Term.created_at <= now)
    return db.session.scalar(paid.order_by(Term.created_at).limit(1))


def _standing(entry, now):
    return membership.standing_of(people.by_id(entry.person_id), membership.local_day(now))


def _through(line, entry):
    """How long the policy under which the ticket was sold asks a membership to last."""
    days = {pricing.Needs.START: entry.meeting.starts, pricing.Needs.END: entry.meeting.ends}
    return days.get(line.rule.get("needs"))


def _facts(standing):
    days = {"on": standing.on, "since": standing.since, "until": standing.until}
    return {name: day.isoformat() for name, day in days.items() if day} | {"type": standing.type_code or ""}


def _end_of(meeting, now):
    return end_of(meeting.ends, meeting.zone).astimezone(now.tzinfo)
