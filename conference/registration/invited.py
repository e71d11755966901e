"""What somebody's invitation means while they register: what is open to them, what their code says, what settling it brings."""

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from conference.kernel import db
from conference.registration import aside
from conference.registration.invitation_models import Invitation
from conference.registration.invitation_rules import InvitationState
from conference.registration.models import Registration

_QUIETLY = {"synchronize_session": False}


def standing_of(person, meeting):
    """The person's invitation to a meeting that stands, with its kind, category and code; None without one."""
    if person is None:
        return None
    mine = _whole().where(Invitation.meeting_id == meeting.id, Invitation.person_id == person.id)
    return db.session.scalar(mine.where(Invitation.state == InvitationState.STANDING))


def holding(person, meeting, now):
    """As `standing_of`, when its time is not over."""
    found = standing_of(person, meeting)
    return found if found is not None and found.valid_until > now else None


def code_of(person, meeting, *, category, now):
    """The code of the person's invitation to a category, as long as it holds; empty without one."""
    found = holding(person, meeting, now)
    return found.code.code if found is not None and found.category_id == category.id else ""


def with_category(categories, invitation):
    """The categories that everybody can choose, with the one that somebody is invited to."""
    if invitation is None or invitation.category in categories:
        return categories
    return sorted([*categories, invitation.category], key=lambda each: (each.position, each.id))


def set_aside(invitation):
    """Keys of the pools of which it keeps a place."""
    return frozenset({invitation.pool_id} if invitation and invitation.pool_id else ())


def behind(code_id):
    """The invitation behind a code, with its kind."""
    return db.session.scalar(_whole().where(Invitation.code_id == code_id))


def because(invitation):
    """Why it costs less, in words for the person: who invited them, and who carries it."""
    kind, budget = invitation.kind, invitation.code.budget_code
    words = {"kind": kind.name, "who": kind.inviter}
    if budget:
        return _("%(kind)s: invited by %(who)s, budget %(budget)s", budget=budget, **words)
    return _("%(kind)s: invited by %(who)s", **words)


def waived(invitation):
    """Why the category asks nothing of whoever is invited; empty where it asks them as everybody."""
    return "" if invitation.kind.asks_eligibility else _("invited as %(kind)s", kind=invitation.kind.name)


def settled(registration):
    """The registration is paid: it wears the ribbon of its invitation, if that is what it used, and needs no place aside."""
    found = _used_by(registration)
    if found is None:
        return
    ribbon = found.kind.ribbon
    if ribbon and ribbon not in registration.ribbons:
        _set_ribbons(registration, [*registration.ribbons, ribbon])
    if found.pool_id is not None:
        aside.free(registration.id, found.pool_id)
        db.session.execute(
            update(Invitation).where(Invitation.id == found.id).values(pool_id=None), execution_options=_QUIETLY
        )


def let_go(registration):
    """The registration has ended: it does not wear the ribbon of its invitation any more."""
    found = _used_by(registration)
    if found is not None and found.kind.ribbon in registration.ribbons:
        _set_ribbons(registration, [each for each in registration.ribbons if each != found.kind.ribbon])


def _used_by(registration):
    """The invitation whose code stands in the registration, or None."""
    mine = _whole().where(
        Invitation.meeting_id == registration.meeting_id, Invitation.person_id == registration.person_id
    )
    found = db.session.scalar(mine.where(Invitation.state == InvitationState.STANDING))
    return found if found is not None and found.code.code == registration.discount_code else None


def _set_ribbons(registration, ribbons):
    registration.ribbons = ribbons
    mine = update(Registration).where(Registration.id == registration.id).values(ribbons=ribbons)
    db.session.execute(mine, execution_options=_QUIETLY)


def _whole():
    return (
        select(Invitation)
        .options(
            joinedload(Invitation.kind),
            joinedload(Invitation.category),
            joinedload(Invitation.code),
        )
        .execution_options(populate_existing=True)
    )
