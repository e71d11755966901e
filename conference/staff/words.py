"""The desk in words: states and their colours, kinds of letters, and what the audit trail calls things."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

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
VERBS = {
    "placed": _l("Order placed"),
    "lapsed": _l("Order lapsed: its places were given back"),
    "parked": _l("Order parked for staff"),
    "paid by hand": _l("Paid by hand"),
    "refunded": _l("Refunded"),
    "repeated a refund": _l("Refund repeated"),
    "cancelled": _l("Unpaid order cancelled"),
    "settled by hand": _l("Parked order settled by hand"),
    "sent back": _l("Parked order sent back"),
    "noted": _l("Note taken away"),
    "changed": _l("Changed"),
    "added": _l("Added"),
    "moved": _l("Moved in the order"),
    "published": _l("Published"),
    "changed prices": _l("Prices changed"),
    "set ribbons": _l("Ribbons changed"),
    "registered": _l("Registered by staff"),
    "checked in": _l("Checked in"),
    "undid check-in": _l("Check-in taken back"),
    "asked for the letter": _l("Confirmation sent once more"),
}
FIELDS = {
    "given_name": _l("given name"),
    "family_name": _l("family name"),
    "badge_name": _l("name on the badge"),
    "degrees": _l("degrees"),
    "institution": _l("institution"),
    "city": _l("city"),
    "country": _l("country"),
    "orcid": _l("ORCID iD"),
    "email": _l("e-mail"),
    "interests": _l("interests"),
    "ribbons": _l("ribbons"),
    "total": _l("total"),
    "amount": _l("amount"),
    "lines": _l("taken back"),
}
_AMOUNTS = ("total", "amount")


def values(facts, currency):
    """What an audit entry says stood before or after, as text; None for nothing. `currency` is that of amounts in it."""
    if not facts:
        return None
    return "; ".join(f"{FIELDS.get(name, name)}: {_value(name, value, currency)}" for name, value in facts.items())


def what(entry):
    """What an audit entry says was done, with its note."""
    verb = str(VERBS.get(entry.verb, entry.verb.capitalize()))
    return f"{verb}: {entry.note}" if entry.note else verb


def _value(name, value, currency):
    if name in _AMOUNTS and isinstance(value, int) and currency:
        return money(Money(value, currency))
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value) or "–"
    return "–" if value in (None, "") else str(value)


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
