"""Money on its way back, in words for whoever gets it: how much, where to, how long it takes, and what has become of it."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from conference import payments, registration
from conference.checkout.changing.sold import orders_about
from conference.checkout.queries import is_for_guests, meeting_in, registration_in
from conference.kernel import Money
from conference.payments import Provider, RefundState
from conference.web import money


@dataclass(frozen=True)
class Back:
    """What goes back of an order: when that was asked for, its `state` in a word, the word's hue, and a sentence that says it all."""

    asked_at: datetime
    state: str
    hue: str
    words: str


def promised(change, *, to):
    """The sentences that say what a done Change sends back `to` a payer (key of a person): one for each way by which it goes."""
    sources = [payments.order_by_id(key) for key in payments.orders_of_lines(change.ends)]
    orders = {order.id: order.person_id for source in sources for order in payments.paid_through(source)}
    rows = [(refund, by) for refund, by in payments.sent_back(list(orders)) if refund.requested_at == change.done_at]
    if sum(refund.amount_minor for refund, _by in rows) != change.refund_minor:
        return _alone(change, {by for _refund, by in rows})
    sums = {}
    for refund, by in rows:
        if orders[refund.order_id] == to:
            sums[by] = sums.get(by, Money(0, refund.currency)) + refund.amount
    return [_on_its_way(amount, by) for by, amount in sums.items()]


def _alone(change, providers):
    """The same where several changes of one order were done in one instant, so that its refunds are not told apart."""
    if not change.refund_minor:
        return []
    amount = Money(change.refund_minor, change.currency)
    return [_on_its_way(amount, Provider.HAND if providers and Provider.STRIPE not in providers else Provider.STRIPE)]


def of_orders(order_ids):
    """{order id: [Back]} of what goes back or went back, in order of asking; a failed one that was repeated is left out.

    What was asked for in one instant and stands alike is one sum: a change sends back line by line.
    """
    rows, sums = payments.sent_back(order_ids), {}
    for place, (refund, provider) in enumerate(rows):
        if refund.state != RefundState.FAILED or not _is_repeated(refund, rows[place + 1 :]):
            alike = (refund.order_id, refund.requested_at, refund.state, None if refund.is_reversal else provider)
            sums[alike] = sums.get(alike, Money(0, refund.currency)) + refund.amount
    found = {}
    for (order_id, asked_at, state, provider), amount in sums.items():
        found.setdefault(order_id, []).append(_told(asked_at, state, amount, provider))
    return found


def beside(order):
    """[(order reference, Back)] of the payer's other orders about the same registration: a change may send back what an earlier one brought."""
    entry = registration_in(order)
    others = [each for each in orders_about(entry) if each.id != order.id] if entry else []
    mine = {each.id: each.ref for each in others if each.person_id == order.person_id}
    return [(mine[key], back) for key, backs in of_orders(list(mine)).items() for back in backs]


def instead(order):
    """[(what can be done now, endpoint, its values)] by whoever paid an order that could not be given."""
    meeting, group = meeting_in(order), registration.groups.group_of_orders([order.id])
    if meeting is None:
        return [(_("Choose a membership again:"), "membership.join", {})]
    here = {"code": meeting.code}
    if group is not None:
        text = _("The seats are on your roster: change those for which there is no place, and order the others:")
        return [(text, "checkout.group", {**here, "group_ref": group.ref})]
    waiting = (
        _("Is it sold out? A place that somebody gives back is offered to those who wait:"),
        "checkout.waiting",
        here,
    )
    if registration.changes.change_of(order.id) is not None:
        text = _("Your registration is as it was before. You can ask for another change:")
        return [(text, "checkout.change", here), waiting]
    if is_for_guests(order):
        return [(_("Look at your guests, and order what there is still a place for:"), "checkout.guests", here)]
    text = _(
        "What you typed is kept. You can choose again from what there is still a place for, at the price of today:"
    )
    return [(text, "registration.start", here), waiting]


def _is_repeated(failed, later):
    return any(
        (refund.payment_id, refund.amount_minor) == (failed.payment_id, failed.amount_minor) for refund, _by in later
    )


def _told(asked_at, state, amount, provider):
    """`provider` is None of money that nobody has sent: a bank took it back."""
    if provider is None:
        text = _("%(amount)s is not with us after all: a bank took it back, or it was meant for another order.")
        return Back(asked_at, _("not received"), "bad", text % {"amount": money(amount)})
    match state:
        case RefundState.FAILED:
            text = _(
                "%(amount)s could not be sent back: the bank did not take it. The office sees this and writes to you."
            )
            return Back(asked_at, _("refund failed"), "bad", text % {"amount": money(amount)})
        case RefundState.SUCCEEDED:
            return Back(asked_at, _("refund sent"), "good", _sent(amount, provider))
        case _waits:
            return Back(asked_at, _("refund on its way"), "warn", _on_its_way(amount, provider))


def _on_its_way(amount, provider):
    """How long it takes is Stripe's word: "approximately 5-10 business days later, depending upon the bank" (docs.stripe.com/refunds)."""
    if provider != Provider.STRIPE:
        return _("%(amount)s goes back to you from the office, which sends it by hand.", amount=money(amount))
    text = _("%(amount)s goes back to the card or account that paid it. Banks take 5 to 10 working days to show it.")
    return text % {"amount": money(amount)}


def _sent(amount, provider):
    if provider != Provider.STRIPE:
        return _("%(amount)s was sent back to you by the office.", amount=money(amount))
    text = _(
        "%(amount)s was sent back to the card or account that paid it. Banks take 5 to 10 working days to show it."
    )
    return text % {"amount": money(amount)}
