"""The desk in words: states of registrations, orders, refunds and letters, and their colours."""

from flask_babel import lazy_gettext as _l

from conference.checkout import PaperKind
from conference.payments import OrderState, RefundState, marks, words
from conference.registration import State
from conference.staff import dispute_words

MarkState = marks.MarkState
# State: (word, hue of its tag)
STATES = {
    State.CONFIRMED: (_l("Registered"), "good"),
    State.HELD: (_l("Waiting for payment"), "warn"),
    State.DRAFT: (_l("Draft"), None),
    State.CANCELLED: (_l("Cancelled"), "bad"),
}
ORDER_STATES = {
    OrderState.PARKED: (_l("Parked for staff"), "bad"),
    OrderState.OPEN: (_l("Waiting for payment"), "warn"),
    OrderState.ONGOING: (_l("Bank debit under way"), "warn"),
    OrderState.PAID: (_l("Settled"), "good"),
    OrderState.LAPSED: (_l("Not paid"), None),
    OrderState.RETURNED: (_l("Money sent back"), None),
}
DISPUTE_STATES = dispute_words.STATES
REFUND_STATES = {
    RefundState.REQUESTED: (_l("On its way to Stripe"), "warn"),
    RefundState.PENDING: (_l("Accepted by Stripe"), "warn"),
    RefundState.REQUIRES_ACTION: (_l("Waits for the payer’s bank details"), "warn"),
    RefundState.SUCCEEDED: (_l("Sent back"), "good"),
    RefundState.FAILED: (_l("Failed"), "bad"),
    RefundState.CANCELED: (_l("Called off"), "bad"),
}
PROVIDERS = words.PROVIDERS
MARK_STATES = {
    MarkState.WAITING: (_l("Waits for a second person"), "warn"),
    MarkState.APPROVED: (_l("Approved"), "good"),
    MarkState.DECLINED: (_l("Declined"), "bad"),
}
PAPERS = {
    PaperKind.RECEIPT: _l("Receipt"),
    PaperKind.STATEMENT: _l("Statement"),
    PaperKind.PART: _l("Receipt of one attendee"),
    PaperKind.ACCOUNT: _l("Statement of all orders of the group"),
}
LETTER_STATES = {
    "waiting": (_l("Waiting to be sent"), "warn"),
    "sending": (_l("Being sent"), "warn"),
    "sent": (_l("Sent"), "good"),
    "failed": (_l("Failed"), "bad"),
}
