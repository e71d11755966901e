"""To whom a registration belongs: to an invitation, to a group that pays for it, to an exhibitor. As filters and as columns."""

from sqlalchemy import and_, func, select

from conference.kernel import db
from conference.registration import Registration, exhibitors, groups, invitations

Invitation, Kind, STANDING = invitations.Invitation, invitations.InvitationKind, invitations.InvitationState.STANDING
Group, Seat, Exhibitor = groups.Group, groups.Seat, exhibitors.Exhibitor
ANY, NONE = "any", "none"  # no reference and no code of a kind is written in small letters


def is_invited(kind):
    """A WHERE clause: whose invitation of a kind (its code) stands; of any kind; of none."""
    return _of(kind, _invitation(Kind.code), Kind.code)


def in_group(ref):
    """A WHERE clause: whoever has a paid or held seat of a group (its reference); of any group; of none."""
    return _of(ref, _seat(Group.ref), Group.ref)


def of_exhibitor(ref):
    """A WHERE clause: a badge of an exhibitor (its reference), paid or held; of any exhibitor; of none."""
    return _of(ref, _badge(Exhibitor.ref), Exhibitor.ref)


def kinds_of(meeting):
    """[(code, name)] of the meeting's kinds of invitations, in order."""
    return [(each.code, each.name) for each in invitations.queries.kinds_of(meeting)]


def groups_of(meeting):
    """[(reference, name)] of the meeting's groups, by name."""
    statement = select(Group.ref, Group.name).where(Group.meeting_id == meeting.id)
    return [tuple(row) for row in db.session.execute(statement.order_by(func.lower(Group.name), Group.id))]


def names_of(entry_ids):
    """{registration id: {"invited", "group", "exhibitor": name}} of those that belong somewhere, in two questions."""
    found: dict = {}
    entries = select(Registration.id).where(Registration.id.in_(entry_ids))
    for entry_id, name in db.session.execute(_with_invitation(entries.add_columns(Kind.name))):
        found.setdefault(entry_id, {})["invited"] = name
    seats = groups.standing().where(Seat.registration_id.in_(entry_ids)).add_columns(Group.name, Exhibitor.company)
    with_badges = seats.outerjoin(Exhibitor, Exhibitor.group_id == Group.id)
    for entry_id, name, company in db.session.execute(with_badges.order_by(Seat.id)):
        found.setdefault(entry_id, {}).update(group=name, exhibitor=company or "")
    return found


def first_of(name):
    """One of these names as a column for a SELECT of registrations: "invited", "group" or "exhibitor"."""
    statements = {
        "invited": _invitation(func.min(Kind.name)),
        "group": _seat(func.min(Group.name)),
        "exhibitor": _badge(func.min(Exhibitor.company)),
    }
    return statements[name].scalar_subquery()


def _of(wanted, statement, column):
    if wanted == NONE:
        return ~statement.exists()
    return (statement if wanted == ANY else statement.where(column == wanted)).exists()


def _invitation(column):
    statement = select(column).select_from(Invitation).join(Kind, Invitation.kind_id == Kind.id)
    return statement.where(*_INVITED).correlate(Registration)


def _with_invitation(entries):
    return entries.join(Invitation, and_(*_INVITED)).join(Kind, Invitation.kind_id == Kind.id)


def _seat(column):
    own = groups.standing().where(Seat.registration_id == Registration.id)
    return own.with_only_columns(column, maintain_column_froms=True).correlate(Registration)


def _badge(column):
    return _seat(column).join(Exhibitor, Exhibitor.group_id == Group.id)


_INVITED = (
    Invitation.meeting_id == Registration.meeting_id,
    Invitation.person_id == Registration.person_id,
    Invitation.state == STANDING,
)
