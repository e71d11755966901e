"""The sweep of invitations: those whose time is over end, kept places whose day is over are free, reminders that are due are sent once."""

from sqlalchemy import and_, or_, select

from conference import jobs
from conference.kernel import clock, db, insert_once
from conference.registration.code_models import CodeUse
from conference.registration.invitation_models import Invitation, InvitationReminded, InvitationReminder
from conference.registration.invitation_rules import InvitationState, due
from conference.registration.invitations import actions, mails, queries
from conference.registration.models import Place, Registration
from conference.registration.rules import State


def look_at_invitations():
    """Bring every invitation up to now; how many were moved."""
    now = clock.now()
    steps = (
        (ended, lambda key: actions.lapse(key, now=now)),
        (kept_too_long, lambda key: actions.free_if_over(key, now=now)),
        (to_remind, lambda key: remind(key, now=now)),
    )
    return sum(jobs.each(find(now), act, what="invitations") for find, act in steps)


def ended(now):
    """Keys of invitations whose time is over and that nobody uses."""
    mine = select(Invitation.id).where(_stands(), Invitation.valid_until <= now, ~_used())
    return list(db.session.scalars(mine.order_by(Invitation.valid_until)))


def kept_too_long(now):
    """Keys of invitations whose place is set aside although its day is over, or its person registered without needing it."""
    place = and_(Place.registration_id == Registration.id, Place.pool_id == Invitation.pool_id)
    mine = select(Invitation.id).join(Registration, _theirs()).join(Place, place)
    over = or_(Invitation.kept_until <= now, Registration.state == State.CONFIRMED)
    return list(db.session.scalars(mine.where(_stands(), Place.state == "offered", over).order_by(Invitation.id)))


def to_remind(now):
    """Keys of invitations that nobody has answered and for which a reminder is due that was not sent."""
    sent = select(InvitationReminded.id).where(
        InvitationReminded.invitation_id == Invitation.id, InvitationReminded.due_at == InvitationReminder.at
    )
    wanted = select(Invitation.id).join(InvitationReminder, InvitationReminder.kind_id == Invitation.kind_id)
    wanted = wanted.outerjoin(Registration, _theirs())
    fresh = (InvitationReminder.at <= now, InvitationReminder.at > Invitation.invited_at, ~sent.exists())
    waiting = (_stands(), Invitation.valid_until > now, ~_used())
    not_paid = or_(Registration.id.is_(None), Registration.state != State.CONFIRMED)
    return list(db.session.scalars(wanted.where(*fresh, *waiting, not_paid).distinct().order_by(Invitation.id)))


def remind(invitation_id, *, now):
    """Write one letter for every reminder that is due; whether it was still to be done. The unique key keeps a second one away."""
    invitation = queries.by_id(invitation_id)
    if invitation.state != InvitationState.STANDING or invitation.valid_until <= now or actions.is_used(invitation):
        return False
    sent = {due_at for due_at, _sent_at in queries.reminded(invitation)}
    instants = due(queries.reminders_of(invitation.kind), invited_at=invitation.invited_at, sent=sent, now=now)
    done = [at for at in instants if _noted(invitation, at, now)]
    if done:
        mails.reminded(invitation, done[-1], now=now)
    return bool(done)


def _noted(invitation, at, now):
    values = {"invitation_id": invitation.id, "due_at": at, "sent_at": now}
    return insert_once(InvitationReminded.__table__, values)


def _stands():
    return Invitation.state == InvitationState.STANDING


def _used():
    return select(CodeUse.id).where(CodeUse.code_id == Invitation.code_id).exists()


def _theirs():
    return and_(Registration.meeting_id == Invitation.meeting_id, Registration.person_id == Invitation.person_id)
