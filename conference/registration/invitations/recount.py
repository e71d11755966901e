"""Whether as many are invited as is counted, and every place that is set aside is somebody's."""

from sqlalchemy import func, select

from conference.kernel import db
from conference.registration import aside
from conference.registration.invitation_models import Invitation, InvitationKind
from conference.registration.invitation_rules import InvitationState


def miscounted():
    """Every kind whose count is not the number of its invitations, every place and invitation without the other, in words."""
    return [*_counts(), *aside.miscounted()]


def _counts():
    standing = Invitation.state == InvitationState.STANDING
    theirs = select(func.count()).where(Invitation.kind_id == InvitationKind.id, standing)
    rows = theirs.correlate(InvitationKind).scalar_subquery()
    statement = select(InvitationKind.name, InvitationKind.invited, rows).where(InvitationKind.invited != rows)
    for name, counted, found in db.session.execute(statement):
        yield f"invitations {name}: {counted} counted, {found} stand"
