"""Whether what is counted is what is there: places, uses of codes and allotments, people who wait or are invited, seats, guests with hosts."""

from conference.registration import allotments, codes, groups, hosting, places
from conference.registration.invitations import recount as invitations
from conference.registration.waiting import recount as waiting


def miscounted():
    """Every count that is not the number of its rows, and every guest without a host, in words; empty when all is well."""
    return [
        *places.miscounted(),
        *codes.miscounted(),
        *allotments.miscounted(),
        *waiting.miscounted(),
        *invitations.miscounted(),
        *groups.miscounted(),
        *hosting.stranded(),
    ]
