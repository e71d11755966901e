"""Whether what is counted is what is there: places in pools, uses of codes."""

from conference.registration import codes, places


def miscounted():
    """Every count that is not the number of its rows, in words; empty when all agree."""
    return [*places.miscounted(), *codes.miscounted()]
