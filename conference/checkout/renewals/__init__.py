"""Dues that renew by themselves: agreed to, announced, charged to a saved card, tried again on dated steps; never lapsing in silence."""

from conference.checkout.renewals import mails, words
from conference.checkout.renewals.agreeing import agree, begin, is_on, kept, looked_after, remove, withdraw
from conference.checkout.renewals.charges import note, send_charges
from conference.checkout.renewals.looking import look
from conference.checkout.renewals.models import Renewal
from conference.checkout.renewals.queries import latest_of, unfinished_of, whose_turn
from conference.checkout.renewals.rules import RenewalState

__all__ = [
    "Renewal",
    "RenewalState",
    "agree",
    "begin",
    "is_on",
    "kept",
    "latest_of",
    "look",
    "looked_after",
    "mails",
    "note",
    "remove",
    "send_charges",
    "unfinished_of",
    "whose_turn",
    "withdraw",
    "words",
]
