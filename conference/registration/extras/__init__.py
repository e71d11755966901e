"""What add-ons ask and cost: by category and window, on their days of sale, for whom, and what must be taken with them."""

from conference.registration.extras.editing import AddOnGrid, cells_of, set_prices, version_of
from conference.registration.extras.models import AddOnPrice
from conference.registration.extras.queries import priced, priced_ones, prices_now
from conference.registration.extras.rules import is_sold_at, refuse_unfit, refuse_unmet
from conference.registration.extras.words import asked_in_words, sale_in_words

__all__ = [
    "AddOnGrid",
    "AddOnPrice",
    "asked_in_words",
    "cells_of",
    "is_sold_at",
    "priced",
    "priced_ones",
    "prices_now",
    "refuse_unfit",
    "refuse_unmet",
    "sale_in_words",
    "set_prices",
    "version_of",
]
