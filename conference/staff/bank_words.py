"""Bank lines in words: their states, and of those that wait why they do, with what is right to do then."""

from flask_babel import lazy_gettext as _l

from conference.payments import bank

Kind, LineState, Why = bank.CounterpartKind, bank.LineState, bank.Why
# State: (word, hue of its tag)
LINE_STATES = {
    LineState.OPEN: (_l("Waits"), "warn"),
    LineState.MATCHED: (_l("Matched"), "good"),
    LineState.IGNORED: (_l("Set aside"), None),
    LineState.REVERSED: (_l("Taken back by the bank"), "bad"),
    LineState.OUT: (_l("Went out"), "warn"),
    LineState.PAYOUT: (_l("Payout"), "good"),
    LineState.SENT: (_l("Sent back"), "good"),
}
# Why: (short, what it means and what to do)
REASONS = {
    Why.EXACT: (
        _l("Agrees in all"),
        _l("Reference, amount and currency agree with one order. Match it."),
    ),
    Why.NEAR: (
        _l("Reference with a slip"),
        _l("The amount agrees, and the reference but for a letter or two. Compare the name, then match it."),
    ),
    Why.LIKELY: (
        _l("Likely"),
        _l("No reference, but amount, name or purchase order fit. Match it if it is theirs, or look for another order."),
    ),
    Why.PART: (
        _l("Less than is due"),
        _l("Match it: the order stays open, its payer is told what is missing, and it is settled when the rest is there. Or send it back."),
    ),
    Why.OVER: (
        _l("More than is due"),
        _l("Match what is due. What is left stays with this line: send it back, or give it to another order of theirs."),
    ),
    Why.PAID: (
        _l("Paid before"),
        _l("The order that it names needs no money any more. Send it back, or find the order that was meant."),
    ),
    Why.LAPSED: (
        _l("Order lapsed"),
        _l("The order that it names was not paid in time and its places were given back. Match it: if there is room, they are given anew. Else send it back."),
    ),
    Why.FULL: (
        _l("Paid, but full"),
        _l("A place of the order is gone. Make room and match it again, or send it back."),
    ),
    Why.CURRENCY: (
        _l("Another currency"),
        _l("This money is not in the currency of the order or of the account, and settles nothing. Send it back and ask for the right currency, or set it aside with the reason."),
    ),
    Why.REVERSAL: (
        _l("Reversed, original unknown"),
        _l("The bank took a booking back, and it is not known for sure which. Choose it below: what it paid lacks the money then. Or set this line aside with the reason."),
    ),
    Why.NOTHING: (
        _l("Fits nothing"),
        _l("Neither reference nor amount nor name is known. Look for the order, send it back, or set it aside with the reason."),
    ),
}  # fmt: skip
# What a line that pays no order is
COUNTERPARTS = {
    Kind.PAYOUT: _l("A payout of Stripe"),
    Kind.PAYOUT_BACK: _l("A payout that went back to Stripe"),
    Kind.RETURNED: _l("Money of another line that was sent back"),
    Kind.REFUND: _l("A refund that was sent by hand"),
}
TRACES = {
    "id": _l("the payout’s id"),
    "trace": _l("the bank’s number for the payout"),
    "descriptor": _l("the words that Stripe sends along"),
    "amount": _l("the amount"),
    "reference": _l("the order’s reference"),
    "name": _l("the name"),
    "iban": _l("the account"),
}
HINTS = {
    "reference": _l("its reference"),
    "near": _l("its reference, with a slip"),
    "number": _l("its purchase order or invoice"),
    "amount": _l("the amount"),
    "name": _l("the name"),
}
