"""Orders and their money: frozen lines, payments, refunds, the ledger, and Stripe. Knows nothing of tickets or dues.

A line carries a kind, a reference and a frozen price with its reason; what it stands for is fulfilled above, in checkout.
"""

from conference.payments import gateway
from conference.payments.actions import (
    book_difference,
    end_line,
    finish,
    lapse,
    open_order,
    park,
    receive,
    remember_session,
    start_attempt,
)
from conference.payments.events import note_event
from conference.payments.ledger import balance_of, differences
from conference.payments.models import Event, Line, Order, Payment, Refund
from conference.payments.queries import (
    locked,
    order_by_ref,
    order_of,
    orders_of,
    orders_with_line,
    overdue,
    payments_of,
    refunds_of,
)
from conference.payments.refunds import RefundRefused, promise_refund, refundable
from conference.payments.rules import NewLine, OrderState, RefundState, Seen, disagreements

__all__ = [
    "Event",
    "Line",
    "NewLine",
    "Order",
    "OrderState",
    "Payment",
    "Refund",
    "RefundRefused",
    "RefundState",
    "Seen",
    "balance_of",
    "book_difference",
    "differences",
    "disagreements",
    "end_line",
    "finish",
    "gateway",
    "lapse",
    "locked",
    "note_event",
    "open_order",
    "order_by_ref",
    "order_of",
    "orders_of",
    "orders_with_line",
    "overdue",
    "park",
    "payments_of",
    "promise_refund",
    "receive",
    "refundable",
    "refunds_of",
    "remember_session",
    "start_attempt",
]
