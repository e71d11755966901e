"""Whether what is counted is what is there: places in pools, uses of codes, people on waiting lists."""

from conference.registration import codes, places
from conference.registration.waiting import recount as waiting


def miscounted():
    """Every count that is not the number of its rows, in words; empty when all agree."""
    return [*places.miscounted(), *codes.miscounted(), *waiting.miscounted()]
