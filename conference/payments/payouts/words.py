"""What rows of Stripe's balance are called (its reporting categories: https://docs.stripe.com/reports/reporting-categories)."""

from flask_babel import lazy_gettext as _l

_CATEGORIES = {
    "charge": _l("Payment"),
    "charge_failure": _l("Payment that failed afterwards"),
    "refund": _l("Refund"),
    "refund_failure": _l("Refund that failed"),
    "dispute": _l("Dispute"),
    "dispute_reversal": _l("Dispute won"),
    "fee": _l("Fee of Stripe"),
    "network_cost": _l("Cost of the card network"),
    "tax": _l("Tax on fees"),
    "payout": _l("Payout"),
    "payout_reversal": _l("Payout sent back"),
    "other_adjustment": _l("Correction"),
    "topup": _l("Money put in"),
}


def category(name):
    """A category in words; one that we do not know as Stripe calls it."""
    return _CATEGORIES.get(name, name.replace("_", " "))
