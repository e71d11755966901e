"""The means of payment that the stand-in knows, and what each of them does."""

from dataclasses import dataclass

DEBITS = {"eur": "sepa_debit", "gbp": "bacs_debit", "cad": "acss_debit", "aud": "au_becs_debit"}

AUTHENTICATION_FAILED = (
    "We are unable to authenticate your payment method. Please choose a different payment method and try again."
)


@dataclass(frozen=True)
class Means:
    """One way to pay; `kind` is empty for a bank debit, whose kind depends on the currency."""

    does: str
    kind: str = "card"
    last4: str = "4242"
    error_code: str = ""
    decline_code: str | None = None
    message: str = ""


METHODS = {
    "card": Means("succeed"),
    "declined": Means(
        "decline",
        last4="0002",
        error_code="card_declined",
        decline_code="generic_decline",
        message="Your card was declined.",
    ),
    "insufficient_funds": Means(
        "decline",
        last4="9995",
        error_code="card_declined",
        decline_code="insufficient_funds",
        message="Your card has insufficient funds.",
    ),
    "authentication": Means(
        "ask",
        last4="3184",
        error_code="authentication_required",
        decline_code="authentication_required",
        message="Your card was declined. This transaction requires authentication.",
    ),
    # It can be saved, and no payment with it goes through (Stripe's card 4000 0000 0000 0341).
    "fails_later": Means(
        "decline",
        last4="0341",
        error_code="card_declined",
        decline_code="generic_decline",
        message="Your card was declined.",
    ),
    "bank_debit": Means("debit", kind="", last4="6789"),
    "bank_debit_bounces": Means(
        "debit",
        kind="",
        last4="1116",
        error_code="payment_intent_payment_attempt_failed",
        message="The bank account has insufficient funds to complete the payment.",
    ),
}

TEST_CARDS = {
    "pm_card_visa": "card",
    "pm_card_mastercard": "card",
    "pm_card_chargeDeclined": "declined",
    "pm_card_visa_chargeDeclined": "declined",
    "pm_card_chargeDeclinedInsufficientFunds": "insufficient_funds",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "insufficient_funds",
    "pm_card_authenticationRequired": "authentication",
    "pm_card_threeDSecure2Required": "authentication",
    "pm_card_chargeCustomerFail": "fails_later",
    "pm_usBankAccount_success": "bank_debit",
    "pm_usBankAccount_insufficientFunds": "bank_debit_bounces",
}


def debit_of(currency: str) -> str:
    """The bank debit that is usual for a currency."""
    return DEBITS.get(currency, "us_bank_account")
