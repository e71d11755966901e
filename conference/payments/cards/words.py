"""Cards and their charges in the reader's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.payments.cards.rules import ChargeState, Use

# As their owners write themselves; others are shown as Stripe names them.
BRANDS = {
    "amex": "American Express", "cartes_bancaires": "Cartes Bancaires", "diners": "Diners Club", "discover": "Discover",
    "eftpos_au": "eftpos", "jcb": "JCB", "link": "Link", "mastercard": "Mastercard", "unionpay": "UnionPay", "visa": "Visa",
}  # fmt: skip
USES = {Use.KEEP: _l("that a card is kept"), Use.DUES: _l("that dues are charged to it by themselves")}
CHARGES = {
    ChargeState.REQUESTED: _l("being charged"),
    ChargeState.SUCCEEDED: _l("paid"),
    ChargeState.DECLINED: _l("declined"),
    ChargeState.AUTHENTICATION: _l("the bank wants to ask its customer"),
    ChargeState.CALLED_OFF: _l("not needed any more"),
}


def card_in_words(card):
    """Visa ending in 4242."""
    return _("%(brand)s ending in %(last4)s", brand=brand_of(card), last4=card.last4)


def brand_of(card):
    """The brand's name."""
    return BRANDS.get(card.brand) or card.brand.replace("_", " ").title() or _("Card")
