"""What the public programme says of a session or talk, and what is known of whoever asks."""

from sqlalchemy import select

from conference import schedule
from conference.attending.signups.rules import Held, Ticket
from conference.kernel import db
from conference.registration import Registration, State, registration_in


def programme_of(meeting):
    """The Published programme of a public meeting as it may be seen now; None without."""
    place = schedule.published.find(meeting.code)
    return place and schedule.published.of(place)


def held_in(programme):
    """{guid: Held} of the sessions that are held, as the public programme has them."""
    if programme is None:
        return {}
    if "held" not in programme.kept:
        programme.kept["held"] = {
            each.guid: Held(each.guid, each.starts, each.ends, each.day.isoformat(), each.title)
            for each in programme.programme.sessions
            if not each.withdrawn
        }
    return programme.kept["held"]


def ticket_of(entry):
    """The Ticket of a registration with its category, None for none."""
    if entry is None:
        return None
    code = entry.category.code if entry.category else ""
    return Ticket(entry.state == State.CONFIRMED, code, entry.span)


def entry_of(person, meeting):
    """The confirmed registration of a person in a meeting (anything with its id), or None."""
    found = registration_in(meeting, person) if person is not None else None
    return found if found is not None and found.state == State.CONFIRMED else None


def lock_entry(entry):
    """Whether a registration is still confirmed, nobody's to end until the commit. Registrations are locked before sign-ups."""
    statement = select(Registration.state).where(Registration.id == entry.id).with_for_update()
    return db.session.scalar(statement) == State.CONFIRMED
