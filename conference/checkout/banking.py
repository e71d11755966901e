"""Money of a bank's statements settles orders by the same path as any other: by itself where all agrees, else because staff say so."""

from flask_babel import gettext as _
from sqlalchemy import update

from conference import payments
from conference.checkout import mails, second_person
from conference.checkout.settling import settle_what_came
from conference.kernel import Money, Refusal, claimed
from conference.payments import OrderState, bank


class NotToBeGiven(Refusal):
    """The money is there, and a place of the order is gone: staff send it back, or find another order."""


def match(line_id, order_id, *, amount, by, now):
    """Pay an order with `amount` of a line; the order, or None when it waits for a second person first. Less than is due leaves it open.

    Refusal, to be rolled back, when so much is not left or due, the currency is another, the order is settled, or a place gone.
    """
    order = payments.locked(order_id)
    _refuse_wrong(order, amount, now)
    line = bank.line_by_id(line_id)
    if second_person.is_alone(line, order, amount, by):
        return second_person.ask(line, order, amount, by=by, now=now)
    payment = bank.take(line, order, amount, by=by, now=now)
    if by is not None:
        payments.marks.fulfil(order, line, by=by, now=now)
    was_open = order.state in (OrderState.OPEN, OrderState.ONGOING)
    if order.state == OrderState.PARKED:
        return order
    settle_what_came(order, now, by=by)
    if order.state == OrderState.RETURNED:
        raise NotToBeGiven(
            _("A place of this order was sold meanwhile, so it cannot be given any more. Send the money back.")
        )
    if was_open and order.state in (OrderState.OPEN, OrderState.ONGOING):
        mails.paid_in_part(order, payment, missing=payments.missing(order), now=now)
    return order


def book_sure(line_id, *, now):
    """Book a line that is sure: it pays the order that it names, or takes back what the bank reversed; the order paid, or None.

    What is too large for the word of whoever brought the line in waits for a second person.

    Refusal, to be rolled back, when it is not as sure as it seemed.
    """
    line = bank.line_by_id(line_id)
    if line.is_reversal:
        original = bank.sure_original(line)
        if original is None:
            raise Refusal(_("It is not known for sure which booking this takes back."))
        bank.reverse(original, line, by=None, now=now)
        return None
    order = payments.locked(line.suggested_id)
    if order.state not in (OrderState.OPEN, OrderState.ONGOING) or payments.missing(order) != line.left:
        raise Refusal(_("This order does not wait for this amount any more."))
    return match(line.id, order.id, amount=line.left, by=None, now=now)


def leave_to_staff(line_id, refusal, *, now):
    """A line that could not be booked by itself waits for somebody, with the reason."""
    line = bank.line_by_id(line_id)
    why = bank.Why.REVERSAL if line.is_reversal else _why_now(line, refusal, now)
    mine = update(bank.StatementLine).where(bank.StatementLine.id == line.id, bank.StatementLine.is_sure)
    claimed(mine.values(is_sure=False, why=str(why), note=str(refusal)[:300]))


def most(line, order):
    """How much of a line an order can take, as Money; zero when none. Currencies must agree."""
    if line.currency != order.currency:
        return Money(0, order.currency)
    return max(min(line.left, payments.missing(order)), Money(0, order.currency))


def _refuse_wrong(order, amount, now):
    missing = payments.missing(order)
    bank.refuse_other_currency(amount.currency, order)
    if order.state == OrderState.RETURNED or missing.minor <= 0:
        raise Refusal(_("Nothing is due of this order any more. Send this money back, or choose another order."))
    if missing < amount:
        left = f"{missing.decimal_text} {missing.currency}"
        raise Refusal(_("That is more than is due: %(left)s. The rest stays with the line.", left=left), field="amount")


def _why_now(line, refusal, now):
    if isinstance(refusal, NotToBeGiven):
        return bank.Why.FULL
    found = bank.suggestions_for(line, now)
    return found[0].why if found else bank.Why.NOTHING
