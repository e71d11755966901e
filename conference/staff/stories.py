"""One registration's or one order's whole story, gathered for the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from conference import audit, mail, payments
from conference.kernel import Money, db
from conference.payments import Dispute, OrderState, Payment, Refund, RefundState
from conference.staff import words
from conference.web import money


@dataclass(frozen=True)
class OrderStory:
    """An order with its money: what may still be done with it follows from these."""

    order: Any
    payments: list
    refunds: list
    owed: Money
    disputes: list
    mark: Any = None  # that it is paid, which waits for a second person

    @property
    def missing(self):
        """What is still due; of a settled order what a bank has taken back."""
        return payments.missing(self.order)

    @property
    def may_mark(self):
        """Whether staff can say that its money is there."""
        waits = self.order.state in (OrderState.OPEN, OrderState.LAPSED) or self.owed.minor < 0
        return waits and self.mark is None and self.missing.minor > 0

    @property
    def left(self):
        """What could still be sent back."""
        return Money.total([each.left for each in self.payments], self.order.currency)

    @property
    def may_refund(self):
        """Whether there is money or a line to take back."""
        return self.order.state == OrderState.PAID and bool(self.left or self.open_lines)

    @property
    def open_lines(self):
        """Lines that were not taken back yet."""
        return [line for line in self.order.lines if not line.ended_at]

    @property
    def by_hand(self):
        """Keys of refunds that wait for staff to send them by hand, as the money had come."""
        hand = {each.id for each in self.payments if each.provider != payments.Provider.STRIPE}
        return {each.id for each in self.refunds if each.state == RefundState.REQUESTED and each.payment_id in hand}

    @property
    def repeatable(self):
        """Keys of failed refunds whose money is still owed."""
        failed = [each for each in self.refunds if each.state in payments.rules.UNDONE]
        return {each.id for each in failed if self.owed >= each.amount}


@dataclass(frozen=True)
class Happening:
    """One entry of the timeline: who, when, what, before, after; `rank` orders what happened in one instant."""

    when: datetime
    who: str
    what: str
    before: str | None = None
    after: str | None = None
    rank: int = 2


def order_stories(orders):
    """[OrderStory] for orders, in a fixed number of queries and one for each order's account."""
    ids = [order.id for order in orders]
    came = _by_order(select(Payment).where(Payment.order_id.in_(ids)).order_by(Payment.id))
    went = _by_order(select(Refund).where(Refund.order_id.in_(ids)).order_by(Refund.id))
    waiting = payments.marks.waiting_marks(ids)
    disputed = _by_order(select(Dispute).where(Dispute.order_id.in_(ids)).order_by(Dispute.id))
    return [
        OrderStory(
            order,
            came.get(order.id, []),
            went.get(order.id, []),
            payments.owed(order),
            disputed.get(order.id, []),
            waiting.get(order.id),
        )
        for order in orders
    ]


def timeline(subjects, stories, person):
    """All that happened to `subjects` (rows), these orders and, with a `person`, the letters to them, newest first."""
    currencies = {story.order.id: story.order.currency for story in stories}
    found = [_audited(each, currencies) for each in audit.stories_of([*subjects, *(s.order for s in stories)])]
    for story in stories:
        found += [_received(each) for each in story.payments] + [_sent_back(each) for each in story.refunds]
    if person is not None:
        found += [_written(each) for each in mail.letters_to(person, limit=50) if not each.is_secret]
    return sorted(found, key=lambda each: (each.when, each.rank), reverse=True)


def _by_order(statement):
    found = {}
    for row in db.session.scalars(statement.execution_options(populate_existing=True)):
        found.setdefault(row.order_id, []).append(row)
    return found


def _audited(entry, currencies):
    currency = currencies.get(entry.subject_id) if entry.subject == "payments_order" else _only(currencies.values())
    return Happening(
        when=entry.at,
        who=audit.who_in_words(entry),
        what=audit.what_in_words(entry),
        before=audit.values_in_words(entry.before, currency),
        after=audit.values_in_words(entry.after, currency),
        rank=0 if entry.verb == "placed" else 2,
    )


def _only(currencies):
    """The currency when there is one alone: a registration's own entries do not name it, its orders do."""
    found = set(currencies)
    return found.pop() if len(found) == 1 else None


def _received(payment):
    amount = money(payment.amount)
    if payment.provider != payments.Provider.STRIPE:
        way = str(words.PROVIDERS[payment.provider])
        return Happening(payment.received_at, way, _("%(amount)s received", amount=amount), rank=1)
    what = _("%(amount)s received as %(ref)s", amount=amount, ref=payment.provider_ref)
    return Happening(payment.received_at, "Stripe", what, rank=1)


def _sent_back(refund):
    text = (
        _("%(amount)s is taken out again: %(reason)s") if refund.is_reversal else _("%(amount)s goes back: %(reason)s")
    )
    what = text % {"amount": money(refund.amount), "reason": refund.reason or "–"}
    state = str(words.REFUND_STATES[refund.state][0])
    after = f"{state} ({refund.failure})" if refund.failure else state
    return Happening(refund.requested_at, _("refund %(ref)s", ref=refund.ref), what, after=after, rank=3)


def _written(letter):
    state = words.LETTER_STATES[letter.state][0]
    what = _("Letter “%(subject)s”: %(state)s", subject=letter.subject, state=state)
    return Happening(letter.created_at, _("to %(email)s", email=letter.to_email), what, rank=4)
