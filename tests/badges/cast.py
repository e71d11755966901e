"""People who are registered and get a badge."""

from conference import registration
from conference.kernel import transaction
from tests.cast import a_draft, a_meeting, a_person


def a_badge_meeting(now, **facts):
    """An open meeting with the category `full`."""
    with transaction():
        return a_meeting(now, **facts)


def registered(meeting, now, name, *, mode="in_person", ribbons=(), until="confirmed", person=None, **known):
    """Somebody's registration with all that a badge shows, confirmed unless told otherwise."""
    with transaction():
        person = person or a_person(name, now, **known)
        entry = a_draft(meeting, person, now, mode=mode)
        registration.set_ribbons(entry, ribbons)
        if until != "draft":
            registration.hold(entry, add_ons=[], now=now)
        if until in ("confirmed", "cancelled"):
            registration.keep(entry, now=now)
        if until == "cancelled":
            registration.cancel(entry)
    return registration.by_id(entry.id)
