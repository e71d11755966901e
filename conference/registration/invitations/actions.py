"""The verbs of one invitation: take it up, decline, withdraw, let it lapse, free its place (inviting: sending.py, changing: changing.py).

Whatever ends an invitation locks the pool of its place first, then the invitation, its code and its kind: no two of them wait for each
other in a circle, and an order that uses the code at the same moment is faster or slower as a whole.
"""

from flask_babel import gettext as _
from sqlalchemy import or_, select, update

from conference import audit, jobs
from conference.kernel import Refusal, claimed, db
from conference.registration import actions as verbs
from conference.registration import aside, extras
from conference.registration import queries as catalogue
from conference.registration.code_models import DiscountCode
from conference.registration.invitation_models import Invitation, InvitationKind
from conference.registration.invitation_rules import InvitationState
from conference.registration.invitations import mails, queries
from conference.registration.models import Registration
from conference.registration.rules import WHOLE, Mode, State, Wish
from conference.registration.waiting import taking

_QUIETLY = {"synchronize_session": False}
DRAFTS = (State.DRAFT, State.CANCELLED)


def take_up(invitation, person, *, now):
    """Put what somebody is invited to into their registration, which is ready to be gone through; Refusal when it cannot be.

    What they had chosen beside it stays. Add-ons that the invitation covers are chosen too.
    """
    if invitation.person_id != person.id:
        raise Refusal(_("This invitation is for somebody else: sign in with the address to which the letter went."))
    if invitation.state != InvitationState.STANDING or invitation.valid_until <= now:
        raise Refusal(_("This invitation has ended."))
    entry = verbs.start(meeting=invitation.meeting, person=person, now=now)
    if entry.state not in DRAFTS:
        raise Refusal(_("You have registered, or an order of yours waits: the office can apply the invitation to it."))
    wish = _wish(invitation, entry, now)
    verbs.choose(entry, category=invitation.category, wish=wish, dues_code=entry.dues_code, now=now)
    verbs.redeem(entry, invitation.code.code)
    if invitation.opened_at is None:
        invitation.opened_at = now
        audit.record(by=person, verb="took up the invitation", subject=invitation, now=now)
    db.session.flush()
    return entry


def decline(invitation, *, reason, by, now):
    """The person cannot come: their place is free at once. Refusal when they have registered with it."""
    _end(invitation, InvitationState.DECLINED, now=now, note=reason)
    audit.record(by=by, verb="declined the invitation", subject=invitation, now=now, note=reason)
    mails.declined(invitation, now=now)


def withdraw(invitation, *, reason, by, now, letter=True):
    """Staff take an invitation back, for a reason; Refusal when it is used."""
    _end(invitation, InvitationState.WITHDRAWN, now=now, note=reason)
    audit.record(by=by, verb="withdrew the invitation", subject=invitation, now=now, note=reason)
    if letter:
        mails.withdrawn(invitation, reason=reason, now=now)


def lapse(invitation_id, *, now):
    """Its time is over and nobody uses it; whether it was still to be done."""
    invitation = queries.by_id(invitation_id)
    if invitation.state != InvitationState.STANDING or invitation.valid_until > now or is_used(invitation):
        return False
    _end(invitation, InvitationState.LAPSED, now=now)
    audit.record(by=None, verb="let the invitation lapse", subject=invitation, now=now)
    mails.lapsed(invitation, now=now)
    return True


def free_place(invitation_id, *, now, by=None):
    """Nobody keeps a place for this invitation any more, which stands; whether there was one."""
    return _free(invitation_id, now=now, by=by)


def free_if_over(invitation_id, *, now):
    """As `free_place`, if the place's day is over or its person is registered: it may have been extended a moment ago."""
    confirmed = select(Registration.id).where(
        Registration.meeting_id == Invitation.meeting_id,
        Registration.person_id == Invitation.person_id,
        Registration.state == State.CONFIRMED,
    )
    return _free(invitation_id, or_(Invitation.kept_until <= now, confirmed.exists()), now=now)


def begun(invitation, *, now):
    """The person's registration for the meeting, begun as a draft if there was none."""
    return verbs.start(meeting=invitation.meeting, person=invitation.person, now=now)


def forget_codes(invitations):
    """Drafts that still hold the codes of these would be refused with them. Before any pool is locked: registrations come first."""
    codes = [each.code.code for each in invitations]
    mine = update(Registration).where(
        Registration.meeting_id.in_({each.meeting_id for each in invitations}),
        Registration.person_id.in_([each.person_id for each in invitations]),
        Registration.discount_code.in_(codes),
        Registration.state.in_([str(state) for state in DRAFTS]),
    )
    db.session.execute(mine.values(discount_code=""), execution_options=_QUIETLY)


def is_used(invitation):
    """Whether an order holds or has paid its code."""
    used = select(DiscountCode.used).where(DiscountCode.id == invitation.code_id)
    return db.session.scalar(used, execution_options={"populate_existing": True}) > 0


def _free(invitation_id, *clauses, now, by=None):
    """Free the place of an invitation for which all clauses hold by the time that its pool is locked; whether one was kept."""
    invitation = queries.by_id(invitation_id)
    pool_id = invitation.pool_id
    if pool_id is None:
        return False
    taking.lock(pool_id)
    mine = (Invitation.id == invitation.id, Invitation.state == InvitationState.STANDING, Invitation.pool_id == pool_id)
    if not claimed(update(Invitation).where(*mine, *clauses).values(pool_id=None)):
        return False
    db.session.refresh(invitation, ["pool_id"])
    entry = _entry_of(invitation)
    was_kept = entry is not None and aside.free(entry.id, pool_id)
    if was_kept:
        audit.record(by=by, verb="freed the kept place of", subject=invitation, now=now)
    return was_kept


def _end(invitation, state, *, now, note=""):
    """End it: its place and its share of the limit are free, its code is nobody's. Refusal when it is used, or has ended."""
    forget_codes([invitation])
    entry = _entry_of(invitation)
    if invitation.pool_id is not None:
        taking.lock(invitation.pool_id)
    values = {"state": str(state), "ended_at": now, "end_note": note[:300], "pool_id": None}
    mine = update(Invitation).where(Invitation.id == invitation.id, Invitation.state == InvitationState.STANDING)
    if not claimed(mine.values(**values)):
        raise Refusal(_("This invitation has ended meanwhile. Look at it again."))
    unused = update(DiscountCode).where(DiscountCode.id == invitation.code_id, DiscountCode.used == 0)
    if not claimed(unused.values(is_on_offer=False, version=DiscountCode.version + 1)):
        raise Refusal(
            _("It is used: they have registered with it, or their order waits. Cancel that first, or change it.")
        )
    if invitation.pool_id is not None and entry is not None:
        aside.free(entry.id, invitation.pool_id)
    less = update(InvitationKind).where(InvitationKind.id == invitation.kind_id)
    db.session.execute(less.values(invited=InvitationKind.invited - 1), execution_options=_QUIETLY)
    db.session.refresh(invitation, ["state", "ended_at", "end_note", "pool_id"])
    jobs.soon("waiting")


def _entry_of(invitation):
    return queries.entries_in(invitation.meeting, [invitation.person_id]).get(invitation.person_id)


def _wish(invitation, entry, now):
    """What they had chosen, in the category of the invitation, with what it covers and there is a place of."""
    begun = entry.category_id is not None
    span, mode = (entry.span, entry.mode) if begun else (WHOLE, str(Mode.IN_PERSON))
    covered = _covered(invitation, now) if mode == Mode.IN_PERSON else []
    return Wish(invitation.category.code, span, mode, tuple(dict.fromkeys([*entry.wanted, *covered])))


def _covered(invitation, now):
    found = catalogue.add_ons_of(invitation.meeting, codes=invitation.code.also) if invitation.code.also else []
    return [each.code for each in found if extras.is_sold_at(each, now) and not each.pool.is_full]
