"""The registrations that a list means, loaded for an act in few questions."""

from flask_babel import gettext as _

from conference import registration
from conference.kernel import Refusal, db
from conference.registration import State
from conference.staff.words import STATES

MOST = 20_000
MOST_PRICED = 300  # each is priced by itself: more would keep somebody waiting for the page


def entries_of(listed):
    """The registrations of a Listing with person and category, in its order."""
    return list(db.session.scalars(listed.registrations().limit(MOST)).unique())


def whole_entries_of(listed):
    """As `entries_of`, with all that a price needs; Refusal when they are more than can be priced while somebody waits."""
    keys = listed.keys()
    if len(keys) > MOST_PRICED:
        text = _("At most %(most)s registrations are priced at once: filter the list further.", most=MOST_PRICED)
        raise Refusal(text)
    found = registration.by_ids(keys)
    return [found[key] for key in keys if key in found]


def parted(entries, states):
    """(those in one of `states`, [(registration, why)] of the others)."""
    inside = [each for each in entries if each.state in states]
    return inside, [(each, why_not(each)) for each in entries if each.state not in states]


def addressed(entries):
    """(those who can be written to, [(registration, why)] of those who have no address: they come with somebody else)."""
    reachable = [each for each in entries if each.person.email]
    return reachable, [(each, _("has no e-mail address")) for each in entries if not each.person.email]


def why_not(entry):
    """Why nothing is done to a registration in this state."""
    return {
        State.DRAFT: _("only begun, not registered"),
        State.CANCELLED: _("cancelled"),
        State.HELD: _("waits for payment"),
    }.get(State(entry.state), str(STATES[State(entry.state)][0]).lower())
