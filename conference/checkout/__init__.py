"""From basket to order to settled: the one place that knows both what a meeting sells and what dues are.

`place` claims the places and freezes the prices; Stripe says whether it was paid; `settle` gives everything once, or sends
the money back. Whatever is lost on the way (a message, a worker, a browser) is found again by the sweep in jobs.
"""

from conference.checkout.placing import place, place_dues
from conference.checkout.refunding import end_lines_and_refund
from conference.checkout.settling import lapse_if_due, settle, settle_free, settle_paid_by_hand

__all__ = [
    "end_lines_and_refund",
    "lapse_if_due",
    "place",
    "place_dues",
    "settle",
    "settle_free",
    "settle_paid_by_hand",
]
