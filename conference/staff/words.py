"""The desk in words: states and their colours, kinds of letters, and what the audit trail calls things."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference import audit
from conference.kernel import Money
from conference.payments import OrderState, RefundState
from conference.registration import State
from conference.web import money

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
REFUND_STATES = {
    RefundState.REQUESTED: (_l("On its way to Stripe"), "warn"),
    RefundState.PENDING: (_l("Accepted by Stripe"), "warn"),
    RefundState.SUCCEEDED: (_l("Sent back"), "good"),
    RefundState.FAILED: (_l("Failed"), "bad"),
}
LETTER_STATES = {
    "waiting": (_l("Waiting to be sent"), "warn"),
    "sending": (_l("Being sent"), "warn"),
    "sent": (_l("Sent"), "good"),
    "failed": (_l("Failed"), "bad"),
}
_AMOUNTS = ("total", "amount")


def values(facts, currency):
    """What an audit entry says stood before or after, as text; None for nothing. `currency` is that of amounts in it."""
    if not facts:
        return None
    return "; ".join(f"{audit.field_in_words(name)}: {_value(name, value, currency)}" for name, value in facts.items())


def what(entry):
    """What an audit entry says was done, with its note."""
    verb = audit.verb_in_words(entry.verb)
    return f"{verb}: {entry.note}" if entry.note else verb


def _value(name, value, currency):
    if name in _AMOUNTS and isinstance(value, int) and currency:
        return money(Money(value, currency))
    return audit.value_in_words(value)


def happenings(entries):
    """Audit entries as the timeline shows them: what, who, when, before, after."""
    return [
        {
            "what": what(entry),
            "who": entry.actor_name or _("by itself"),
            "when": entry.at,
            "before": values(entry.before, None),
            "after": values(entry.after, None),
        }
        for entry in entries
    ]
