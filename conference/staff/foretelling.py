"""What a refund will do, said before it is done: the same sums as the action, and nothing written."""

from flask_babel import gettext as _

from conference import checkout, payments, registration
from conference.kernel import Refusal
from conference.web import money


def outlook(order, line_ids, amount):
    """Sentences on what taking these lines back and sending `amount` back will do; Refusal when it cannot be."""
    chosen = [line for line in order.lines if line.id in line_ids]
    _check(order, chosen, amount)
    return [
        *_what_ends(chosen),
        *_what_is_free(chosen),
        *_what_goes_back(order, amount),
        *_what_differs(order, chosen, amount),
    ]


def _check(order, chosen, amount):
    if not chosen and not amount:
        raise Refusal(_("Choose what is taken back, or an amount that goes back."), field="amount")
    if payments.returnable(order) < amount:
        left = money(payments.returnable(order))
        raise Refusal(_("Only %(left)s can still go back.", left=left), field="amount")
    checkout.refuse_left_behind(order, chosen)


def _what_goes_back(order, amount):
    rest = amount
    for payment in (each for source in payments.paid_through(order) for each in payments.payments_of(source)):
        part = min(rest, payment.left)
        if part:
            rest = rest - part
            yield _goes_to(payment, money(part))
    if not amount:
        yield _("No money goes back.")


def _goes_to(payment, amount):
    if payment.provider != payments.Provider.STRIPE:
        return _(
            "%(amount)s did not come through Stripe: you send it back by hand, and it is booked as sent.", amount=amount
        )
    words = {"amount": amount, "ref": payment.provider_ref}
    return _("%(amount)s goes back through Stripe to the card or account that paid it (%(ref)s).", **words)


def _what_ends(chosen):
    for line in chosen:
        match line.kind:
            case "registration":
                yield _("“%(title)s” ends: the registration is cancelled and its badge is void.", title=line.title)
            case "add_on":
                yield _("“%(title)s” ends.", title=line.title)
            case "fee":
                yield _("“%(title)s” is not kept.", title=line.title)
            case "dues":
                yield _("“%(title)s” ends: the membership term is taken back.", title=line.title)
    if not chosen:
        yield _("Nothing is taken back: everything in the order stays valid.")


def _what_is_free(chosen):
    """The places that others can have again; who takes part virtually has none on site."""
    add_ons = registration.add_ons_by_id([each.reference for each in chosen if each.kind == "add_on"])
    names = [add_ons[each.reference].title for each in chosen if each.kind == "add_on"]
    for line in chosen:
        if line.kind == "registration":
            names += registration.pools_for(registration.by_id(line.reference), []).values()
    for name in names:
        yield _("A place is free again: %(name)s.", name=name)


def _what_differs(order, chosen, amount):
    difference = checkout.price_of(chosen, order.currency) - amount
    if difference.minor > 0:
        yield _("%(amount)s is kept as a fee.", amount=money(difference))
    elif difference.minor < 0:
        yield _("%(amount)s is given back beyond the lines, as goodwill.", amount=money(-difference))
