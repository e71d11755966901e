"""The letters about saved cards and what is charged to them."""

from flask_babel import gettext as _

from conference import mail
from conference.kernel import new_ref
from conference.payments import cards
from conference.web import absolute_url, money


def card_saved(card, person, *, renews, now):
    """A card is saved: which one, what it is used for, where it is taken away."""
    _post("card_saved", card.ref, person, _("Your card is saved"), now, card=card, renews=renews)


def card_gone(card, person, *, renews, now):
    """The card is not kept any more, though its owner has not taken it away here."""
    _post("card_gone", card.ref, person, _("Your saved card is gone"), now, card=card, renews=renews)


def agreed(person, *, now):
    """Dues are charged by themselves from now on: how, and how to stop it."""
    _post("renewal_agreed", _new(person), person, _("Your membership renews by itself"), now)


def stopped(person, *, now):
    """Dues are not charged by themselves any more."""
    _post("renewal_stopped", _new(person), person, _("Automatic renewal is off"), now)


def ahead(renewal, person, card, *, now):
    """What will be charged, when, to which card, and how to stop it; when the card cannot be charged then, how to replace it."""
    expires = card is not None and card.is_expired(renewal.charge_on)
    is_fine = card is not None and not expires
    subject = _("Your membership will be renewed: %(amount)s") if is_fine else _("Your membership needs another card")
    facts = {"renewal": renewal, "card": card, "expires": expires}
    _post("renewal_ahead", _new(person), person, subject % {"amount": money(renewal.amount)}, now, **facts)


def declined(renewal, order, person, card, *, code, now):
    """The card was declined, or not taken (`code` tells which): when it is tried again, and how to pay before."""
    by_bank = code not in cards.NO_BANK
    facts = {"renewal": renewal, "order": order, "card": card, "order_url": _order_url(order), "by_bank": by_bank}
    subject = _("Your card was declined") if by_bank else _("Your card could not be charged")
    _post("renewal_declined", _new(person), person, subject, now, **facts)


def to_pay(renewal, order, person, why, card, *, now):
    """The member must pay by themselves: why, and the way to the payment page."""
    facts = {"renewal": renewal, "order": order, "why": why, "card": card, "order_url": _order_url(order)}
    _post("renewal_to_pay", _new(person), person, _("Please pay your membership yourself"), now, **facts)


def failed(renewal, person, *, now, order=None, card=None, code="", perhaps_paid=False):
    """It was tried for the last time, or cannot be renewed as it was: nothing more happens by itself.

    `code`: why the charge of the order failed; `perhaps_paid`: it was waited for a payment that may be for it.
    """
    facts = {"renewal": renewal, "order": order, "card": card, "perhaps_paid": perhaps_paid}
    facts["by_bank"] = code not in cards.NO_BANK
    facts["order_url"] = _order_url(order) if order else absolute_url("membership.join")
    _post("renewal_failed", _new(person), person, _("Your membership was not renewed"), now, **facts)


def _new(person):
    """A cause of its own for each letter: that none is written twice is held by the state of its renewal."""
    return f"{person.ref}:{new_ref()}"


def _order_url(order):
    return absolute_url("checkout.order", ref=order.ref)


def _post(kind, cause, person, subject, now, **values):
    card = values.get("card")
    mail.post(
        kind=kind,
        cause=cause,
        to=person,
        subject=subject,
        template=f"checkout/mail/{kind}.txt",
        now=now,
        card_words=cards.words.card_in_words(card) if card is not None else "",
        card_url=absolute_url("checkout.card"),
        **values,
    )
