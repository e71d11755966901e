"""Finding what a meeting has decided about guests, and who brings whom."""

from collections import defaultdict

from sqlalchemy import func, select

from conference.kernel import db, in_parts
from conference.registration import queries
from conference.registration.guests.models import GuestPolicyRow
from conference.registration.guests.rules import GuestPolicy, may_host
from conference.registration.models import Registration
from conference.registration.rules import CategoryKind, State

LIVE = (State.DRAFT, State.HELD, State.CONFIRMED)


def policy_of(meeting):
    """The meeting's GuestPolicy."""
    row = policy_row(meeting)
    return row.policy if row else GuestPolicy()


def policy_row(meeting):
    """The row of a meeting's policy as it is now, or None."""
    statement = select(GuestPolicyRow).where(GuestPolicyRow.meeting_id == meeting.id)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def is_offered(meeting):
    """Whether anybody may bring guests, and there is something to bring them as."""
    return policy_of(meeting).is_offered and bool(categories_of(meeting))


def may_bring(meeting, *, code, mode):
    """Whether somebody with this ticket (code of the category, mode) may bring guests, and there is something to bring them as."""
    return may_host(policy_of(meeting), code=code, mode=mode) and bool(categories_of(meeting))


def categories_of(meeting):
    """The categories on offer that guests are registered as."""
    return queries.categories_of(meeting, kind=CategoryKind.GUEST)


def guests_of(host, states=LIVE):
    """The guests of a registration with all that their pages show, in the order in which they were named."""
    mine = select(Registration.id).where(
        Registration.host_id == host.id, Registration.state.in_([str(s) for s in states])
    )
    ids = list(db.session.scalars(mine.order_by(Registration.id)))
    found = queries.by_ids(ids)
    return [found[each] for each in ids]


def guest_of(host, ref):
    """One guest of a registration, or None."""
    mine = select(Registration.id).where(Registration.host_id == host.id, Registration.ref == ref)
    entry_id = db.session.scalar(mine)
    return queries.by_id(entry_id) if entry_id else None


def drafts_of(host):
    """The guests who are named and not ordered yet."""
    return guests_of(host, (State.DRAFT,))


def count_of(host):
    """How many guests a registration brings, those who are only named among them."""
    mine = (Registration.host_id == host.id, Registration.state.in_([str(state) for state in LIVE]))
    return db.session.scalar(select(func.count()).select_from(Registration).where(*mine))


def hosts_among(entries):
    """Keys of those of these registrations that bring somebody."""
    ids = [each.id for each in entries]
    live = Registration.state.in_([str(state) for state in LIVE])
    return set(db.session.scalars(select(Registration.host_id).where(Registration.host_id.in_(ids), live)))


def guests_among(entries):
    """{registration id: [its guests who are held or confirmed]} of those of these registrations that bring somebody."""
    found = defaultdict(list)
    live = Registration.state.in_([str(State.HELD), str(State.CONFIRMED)])
    for keys in in_parts(each.id for each in entries):
        some = Registration.host_id.in_(keys)
        guests = select(Registration.id).where(some, live).order_by(Registration.id)
        for guest in queries.by_ids(list(db.session.scalars(guests))).values():
            found[guest.host_id].append(guest)
    return found


def every_id_of(host):
    """Keys of everybody who was ever named as a guest of a registration."""
    return list(db.session.scalars(select(Registration.id).where(Registration.host_id == host.id)))
