"""The trail's words about disputes."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "dispute was decided": _l("Dispute decided by the bank"),
    "downloaded the evidence about": _l("Evidence about a dispute downloaded"),
    "kept what is disputed": _l("Place kept although its payment is disputed"),
    "took back what is disputed": _l("Place taken back, as its payment is disputed"),
    "was disputed": _l("Payment disputed by the payer’s bank"),
}
