"""The verbs of an order: open, receive money, finish, lapse, park."""

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from conference.kernel import Money, Refusal, claimed, db, insert_once
from conference.payments import documents, ledger
from conference.payments.models import Line, Order, Payment
from conference.payments.recount import to_be_checked
from conference.payments.rules import EntryKind, OrderState, with_note


def open_order(*, person_id, currency, lines, now, expires_at, network=None, scope=None):
    """A new order with its frozen `lines` (NewLine); places must have been claimed in the same transaction.

    `network` is a digest of where it was placed from, by which `unpaid` counts; `scope` what it is for in the books.
    """
    total = Money.total([line.amount for line in lines], currency)
    order = Order(
        person_id=person_id,
        currency=currency,
        total_minor=total.minor,
        placed_at=now,
        expires_at=expires_at,
        network=network,
        scope=scope,
    )
    order.lines = [new_line(line, scope) for line in lines]
    db.session.add(order)
    db.session.flush()
    return order


def start_attempt(order, *, expires_at, longest):
    """Count a new attempt to pay and hold the places until `expires_at` at least; False when the order is not open.

    False too when they would be held longer than `longest` after the order was placed: else opening one payment page
    after the other would hold them for nothing, for ever.
    """
    later = max(order.expires_at, expires_at)
    if later > order.expires_at and later > order.placed_at + longest:
        return False
    statement = (
        update(Order)
        .where(Order.id == order.id, Order.state == OrderState.OPEN, Order.attempt == order.attempt)
        .values(attempt=Order.attempt + 1, expires_at=later, session_id=None, session_url="")
    )
    if not claimed(statement):
        return False
    order.attempt, order.expires_at, order.session_id, order.session_url = order.attempt + 1, later, None, ""
    return True


def extend(order, *, expires_at, longest):
    """Hold an open order's places until `expires_at`, but no longer than `longest` after it was placed; whether it was done."""
    statement = (
        update(Order)
        .where(Order.id == order.id, Order.state == OrderState.OPEN, Order.expires_at < expires_at)
        .where(Order.placed_at >= expires_at - longest)
        .values(expires_at=expires_at)
    )
    return claimed(statement)


def remember_session(order, *, session_id, url, now):
    """Keep the payment page of this attempt; False when the order moved on meanwhile (then expire that page)."""
    statement = (
        update(Order)
        .where(Order.id == order.id, Order.state == OrderState.OPEN, Order.attempt == order.attempt)
        .values(session_id=session_id, session_url=url, looked_at=now)
    )
    return claimed(statement)


def mark_looked_at(order, *, now):
    """Stripe said just now that the order's payment page is open."""
    statement = update(Order).where(Order.id == order.id, Order.session_id == order.session_id)
    claimed(statement.values(looked_at=now))


def receive(order, *, provider, provider_ref, amount, now, by=None, why=""):
    """Book money that arrived; the Payment, or None when this money was booked before."""
    values = {
        "order_id": order.id,
        "provider": provider,
        "provider_ref": provider_ref,
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "received_at": now,
    }
    if not insert_once(Payment.__table__, values):
        return None
    payment = db.session.scalars(select(Payment).where(Payment.provider_ref == provider_ref)).one()
    facts = {"now": now, "by": by, "why": why or provider_ref}
    ledger.book(order, kind=EntryKind.PAYMENT, amount=amount, source=f"payment:{payment.id}", **facts)
    return payment


def keep_apart(order, *, provider, provider_ref, amount, reason, now):
    """Money in another currency than its order's, booked in an order of its own that waits for staff; that order, or None when it was booked before.

    An account has one currency. The order of its own has nothing in it, so all of the money can go back by the usual way.
    """
    if db.session.scalar(select(Payment.id).where(Payment.provider_ref == provider_ref)):
        return None
    apart = open_order(
        person_id=order.person_id, currency=amount.currency, lines=[], now=now, expires_at=now, scope=order.scope
    )
    receive(apart, provider=provider, provider_ref=provider_ref, amount=amount, now=now)
    park(apart, reason=reason)
    return apart


def finish(order, *, now, by=None):
    """Mark a locked order as settled and book its sale, line by line; credits bring their money from earlier orders.

    What was taken out of it before it was paid is taken back at once.
    """
    order.state, order.settled_at, order.parked_reason = OrderState.PAID, now, ""
    ledger.book_sales(order, now=now, by=by)
    for line in order.lines:
        if line.ended_at:
            _book_reversal(order, line, now, by)
    db.session.flush()


def end_line(order, line, *, now, by=None):
    """What this settled line gave was taken back: book the reversal of its sale. Refusal when somebody was faster."""
    open_still = update(Line).where(Line.id == line.id, Line.ended_at.is_(None))
    if not claimed(open_still.values(ended_at=now)):
        raise Refusal(_("One of these lines was taken back before. Look at the order again."))
    set_committed_value(line, "ended_at", now)
    _book_reversal(order, line, now, by)
    documents.to_be_followed(order.id)


def take_out(order, line, *, now):
    """A line of a locked order that nobody has paid is not given when it is: it is due no more, and a payment page that asks for it is not shown again.

    Refusal when the order was settled, or the line taken out, meanwhile.
    """
    standing = update(Line).where(Line.id == line.id, Line.ended_at.is_(None))
    if order.state in (OrderState.PAID, OrderState.RETURNED) or not claimed(standing.values(ended_at=now)):
        raise Refusal(_("This order has moved on meanwhile. Look at it again."))
    set_committed_value(line, "ended_at", now)
    order.session_url = ""
    db.session.flush()
    documents.to_be_followed(order.id)


def _book_reversal(order, line, now, by):
    facts = {"now": now, "by": by, "why": line.title, "scope": line.scope}
    ledger.book(order, kind=EntryKind.REVERSAL, amount=line.amount, source=f"line-ended:{line.id}", **facts)


def lapse(order):
    """Mark a locked order as not paid in time; its places must be released in the same transaction."""
    order.state = OrderState.LAPSED
    order.session_url = ""
    db.session.flush()
    documents.to_be_followed(order.id)
    to_be_checked(order.id)


def park(order, *, reason, hold=True):
    """Something does not agree: staff must look. With `hold` nothing moves by itself any more, else it is only noted."""
    if hold:
        order.state = OrderState.PARKED
    order.parked_reason = with_note(order.parked_reason, reason)
    db.session.flush()


def book_difference(order, *, ended, refunded, now, by=None, why=""):
    """What is sent back beyond the `ended` lines is goodwill; what is kept of them is a fee: so the account still sums up.

    To be called when the lines have been ended and before the refund is promised. Money that is owed already, because an
    earlier refund failed, is no goodwill when it is sent again; what never came, because a bank took it back, is no fee.
    """
    taken = Money.total([line.amount for line in ended], order.currency)
    difference = refunded - taken
    if difference.minor > 0:
        owed_before = max(ledger.owed(order).minor - taken.minor, 0)
        difference = Money(max(difference.minor - owed_before, 0), order.currency)
    elif difference.minor < 0:
        there = max((ledger.owed(order) - refunded).minor, 0)
        difference = Money(max(difference.minor, -there), order.currency)
    if not difference or order.state != OrderState.PAID:
        return
    kind = EntryKind.GOODWILL if difference.minor > 0 else EntryKind.FEE
    source = f"{kind}:{order.id}:{ledger.count(order)}"
    ledger.book(order, kind=kind, amount=difference, source=source, now=now, by=by, why=why)


def new_line(line, scope=None):
    """A frozen line of a NewLine, in an order that is for `scope`."""
    return Line(
        kind=line.kind,
        reference=line.reference,
        subject=line.rule.get("registration"),
        member=line.rule.get("member"),
        scope=line.scope or scope,
        title=line.title,
        amount_minor=line.amount.minor,
        currency=line.amount.currency,
        why=list(line.why),
        rule=line.rule,
    )
