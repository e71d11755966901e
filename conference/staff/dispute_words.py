"""Disputes in words: their states, why banks say that they come, and what to do next."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.payments import DisputeState, PlaceDecision

STATES = {
    DisputeState.WARNING_NEEDS_RESPONSE: (_l("The bank asks"), "warn"),
    DisputeState.WARNING_UNDER_REVIEW: (_l("Answered, the bank looks at it"), ""),
    DisputeState.WARNING_CLOSED: (_l("The bank asks no more"), "good"),
    DisputeState.NEEDS_RESPONSE: (_l("Waits for evidence"), "bad"),
    DisputeState.UNDER_REVIEW: (_l("Answered, the bank decides"), "warn"),
    DisputeState.WON: (_l("Won"), "good"),
    DisputeState.LOST: (_l("Lost"), "bad"),
    DisputeState.PREVENTED: (_l("Prevented"), "good"),
}
PLACES = {
    PlaceDecision.UNDECIDED: (_l("Not decided"), "warn"),
    PlaceDecision.KEPT: (_l("Kept"), ""),
    PlaceDecision.TAKEN_BACK: (_l("Taken back"), "bad"),
}
# Stripe's words for why (https://docs.stripe.com/disputes/categories); others are shown as they come.
REASONS = {
    "bank_cannot_process": _l("the bank could not carry the debit out"),
    "check_returned": _l("a cheque came back"),
    "credit_not_processed": _l("a refund that was promised did not come"),
    "customer_initiated": _l("the payer asked their bank for the money"),
    "debit_not_authorized": _l("the payer says that they did not allow the debit"),
    "duplicate": _l("paid twice"),
    "fraudulent": _l("the payer says that they did not pay this"),
    "general": _l("no reason given"),
    "incorrect_account_details": _l("the account does not exist"),
    "insufficient_funds": _l("too little on the account"),
    "noncompliant": _l("against the rules of the card network"),
    "product_not_received": _l("not received"),
    "product_unacceptable": _l("not as described"),
    "subscription_canceled": _l("a subscription that had been ended"),
    "unrecognized": _l("the payer does not know this payment"),
}


def reason(dispute):
    """Why the bank says that the money is wanted back."""
    return REASONS.get(dispute.reason, dispute.reason.replace("_", " "))


def next_steps(dispute):
    """What staff do now, one sentence a step; empty when nothing is left to do."""
    return [*_about_the_bank(dispute), *_about_the_place(dispute)]


def _about_the_bank(dispute):
    match dispute.state:
        case DisputeState.NEEDS_RESPONSE:
            yield _(
                "Download the evidence, look through it, and hand it in on Stripe’s own page of this dispute before the day above. Without evidence it is lost."
            )
            yield _("If the payer is right, accept the dispute there: it costs no more than losing it.")
        case DisputeState.WARNING_NEEDS_RESPONSE:
            yield _(
                "The bank only asks; no money was taken. Send it back by a refund now and it goes no further, or answer with the evidence on Stripe’s page."
            )
        case DisputeState.UNDER_REVIEW | DisputeState.WARNING_UNDER_REVIEW:
            yield _("The evidence was handed in. Banks take two to three months; nothing can be added.")
        case DisputeState.LOST if dispute.is_return:
            yield _(
                "A direct debit came back: nothing can be answered. Ask the payer for the money another way if the place is kept."
            )


def _about_the_place(dispute):
    if dispute.place == PlaceDecision.UNDECIDED and dispute.taken_minor:
        yield _("Decide below whether what was bought is kept or taken back.")
    if dispute.state == DisputeState.WON and dispute.place == PlaceDecision.TAKEN_BACK:
        yield _(
            "The money is back although the place was taken back: send it back by a refund of the order, or register the person again."
        )
