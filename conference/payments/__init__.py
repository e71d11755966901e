"""Orders and their money: frozen lines, payments, refunds, the ledger, and Stripe. Knows nothing of tickets or dues.

A line carries a kind, a reference and a frozen price with its reason; what it stands for is fulfilled above, in checkout.
"""

from conference.payments import events, gateway, refunds, wholesale
from conference.payments.actions import (
    book_difference,
    end_line,
    extend,
    finish,
    lapse,
    mark_looked_at,
    open_order,
    park,
    receive,
    remember_session,
    start_attempt,
)
from conference.payments.carrying import credit_line, returnable, send_back
from conference.payments.events import note_event
from conference.payments.ledger import balance_of, owed
from conference.payments.models import Event, Line, Order, Payment, Refund
from conference.payments.queries import (
    due_for_a_look,
    first_unpaid,
    lines_by_id,
    locked,
    order_by_id,
    order_by_ref,
    order_of,
    orders_of,
    orders_of_lines,
    orders_with_line,
    payments_of,
    refunds_of,
    unpaid,
    waiting,
)
from conference.payments.recount import differences
from conference.payments.refunds import RefundRefused, promise_refund, refundable
from conference.payments.rules import NewLine, OrderState, Provider, RefundState, Seen, disagreements, is_too_small
from conference.payments.troubles import (
    all_events,
    events_in_trouble,
    needs_staff,
    refund_by_ref,
    refunds_in_trouble,
    repeat_refund,
    retry_event,
    write_off,
)

__all__ = [
    "Event",
    "Line",
    "NewLine",
    "Order",
    "OrderState",
    "Payment",
    "Refund",
    "RefundRefused",
    "Provider",
    "RefundState",
    "Seen",
    "all_events",
    "balance_of",
    "book_difference",
    "credit_line",
    "differences",
    "disagreements",
    "due_for_a_look",
    "end_line",
    "events",
    "extend",
    "events_in_trouble",
    "finish",
    "first_unpaid",
    "gateway",
    "is_too_small",
    "lapse",
    "lines_by_id",
    "locked",
    "mark_looked_at",
    "needs_staff",
    "note_event",
    "open_order",
    "order_by_id",
    "order_by_ref",
    "order_of",
    "orders_of",
    "orders_of_lines",
    "orders_with_line",
    "owed",
    "park",
    "payments_of",
    "promise_refund",
    "receive",
    "refund_by_ref",
    "refundable",
    "refunds",
    "refunds_in_trouble",
    "refunds_of",
    "remember_session",
    "repeat_refund",
    "retry_event",
    "returnable",
    "send_back",
    "start_attempt",
    "unpaid",
    "waiting",
    "wholesale",
    "write_off",
]
