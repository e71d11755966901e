"""The trail's words about the books."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "changed the accounts of": _l("Accounts of the books changed"),
    "closed the month": _l("Month closed"),
    "reopened the month": _l("Month opened again"),
}
FIELDS = {
    "bank": _l("account of bank and desk"),
    "card": _l("account of card clearing"),
    "customers": _l("account of customers"),
    "deferred": _l("account of deferred revenue"),
    "exchange": _l("account of currency exchange"),
    "fees": _l("account of fees kept"),
    "goodwill": _l("account of goodwill"),
    "month": _l("month"),
    "revenue": _l("account of revenue"),
    "stripe_fees": _l("account of Stripe’s fees"),
    "suspense": _l("account of what is to be explained"),
    "tax": _l("account of output tax"),
    "transit": _l("account of what is on its way to the bank"),
    "written_off": _l("account of what is written off"),
}
