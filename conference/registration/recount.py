"""Whether what is counted is what is there: places in pools, uses of codes, people on waiting lists, guests with their hosts."""

from conference.registration import codes, hosting, places
from conference.registration.waiting import recount as waiting


def miscounted():
    """Every count that is not the number of its rows, and every guest without a host, in words; empty when all is well."""
    return [*places.miscounted(), *codes.miscounted(), *waiting.miscounted(), *hosting.stranded()]
