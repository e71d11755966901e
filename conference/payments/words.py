"""By which way money came, in the reader's language."""

from flask_babel import lazy_gettext as _l

from conference.payments.rules import Provider

PROVIDERS = {
    Provider.STRIPE: "Stripe",
    Provider.BANK: _l("bank statement"),
    Provider.HAND: _l("by hand"),
    Provider.TRANSFER: _l("bank transfer"),
    Provider.CHEQUE: _l("cheque"),
    Provider.CASH: _l("cash"),
    Provider.TERMINAL: _l("card terminal"),
}
