"""What staff change of an invitation that stands: until when, which category, whether a place is kept; and its letter once more."""

from flask_babel import gettext as _
from sqlalchemy import update

from conference import audit
from conference.kernel import Refusal, claimed, db
from conference.registration import actions as verbs
from conference.registration import aside
from conference.registration.code_models import DiscountCode
from conference.registration.invitation_models import Invitation
from conference.registration.invitation_rules import InvitationState
from conference.registration.invitations import actions, mails, queries
from conference.registration.models import Place
from conference.registration.rules import Wish
from conference.registration.waiting import taking


def extend(invitation, *, valid_until, kept_until, by, now):
    """It holds until another instant, and its place is kept until one of its own; Refusal at the field when it has ended, or that is over.

    A place that nobody keeps any more is kept anew when there is one and `kept_until` is given.
    """
    _refuse_ended(invitation)
    _check_times(invitation, valid_until, kept_until, now)
    before = _times(invitation)
    if invitation.pool_id is None and kept_until is not None:
        keep_place(invitation, until=kept_until, now=now)
    values = {"valid_until": valid_until}
    if invitation.pool_id is not None:
        values["kept_until"] = kept_until or valid_until
    _write(invitation, **values)
    _set_code(invitation, valid_until=valid_until)
    audit.record(
        by=by, verb="extended the invitation", subject=invitation, now=now, before=before, after=_times(invitation)
    )
    mails.changed(invitation, now=now)


def change_category(invitation, category, *, by, now):
    """Invite them to another category, with their place; Refusal when it is used, or there is no place there."""
    _refuse_ended(invitation)
    if category.id == invitation.category_id:
        raise Refusal(_("That is the category already."), field="category")
    before, kept = invitation.category.name, invitation.pool_id
    _move_draft(invitation, category, now)
    _refuse_used(invitation)
    if kept is not None and kept != category.pool_id:
        _move_place(invitation, category, now)
    _write(invitation, category_id=category.id)
    _set_code(invitation, category_id=category.id)
    told = {"before": {"category": before}, "after": {"category": category.name}}
    audit.record(by=by, verb="changed the category of the invitation", subject=invitation, now=now, **told)
    mails.changed(queries.by_id(invitation.id), now=now)


def keep_place(invitation, *, until, now):
    """Set a place of its category aside until an instant; Refusal when none is free, or they have one already."""
    pool = invitation.category.pool
    if pool is None:
        raise Refusal(_("This category has no places to keep."), field="kept_until")
    entry = actions.begun(invitation, now=now)
    has_one = db.session.query(Place.id).filter_by(registration_id=entry.id, pool_id=pool.id).first()
    if entry.state not in actions.DRAFTS or has_one:
        raise Refusal(_("They have a place already."), field="kept_until")
    aside.keep([entry.id], pool, now=now)
    invitation.pool_id, invitation.kept_until = pool.id, until
    db.session.flush()


def resend(invitation, *, by, now):
    """The letter once more, to the address of today."""
    _refuse_ended(invitation)
    mails.invited(invitation, now=now, cause=f"{now.timestamp():.6f}")
    audit.record(by=by, verb="sent the invitation again", subject=invitation, now=now)


def _move_draft(invitation, category, now):
    """A draft that holds the code is moved along, so that the two agree."""
    entry = queries.entries_in(invitation.meeting, [invitation.person_id]).get(invitation.person_id)
    if entry is None or entry.state not in actions.DRAFTS or entry.discount_code != invitation.code.code:
        return
    wish = Wish(category.code, entry.span, entry.mode, tuple(entry.wanted))
    verbs.choose(entry, category=category, wish=wish, dues_code=entry.dues_code, now=now)


def _move_place(invitation, category, now):
    """From one pool into another, in the order of their keys."""
    entry, old = actions.begun(invitation, now=now), invitation.pool_id
    for pool_id in sorted({old, category.pool_id} - {None}):
        taking.lock(pool_id)
    if not aside.free(entry.id, old):
        raise Refusal(_("An order holds their place at this moment. Wait until it is paid or has lapsed."))
    if category.pool_id is not None:
        aside.keep([entry.id], category.pool, now=now)
    invitation.pool_id = category.pool_id
    db.session.flush()


def _write(invitation, **values):
    """One guarded UPDATE, after its pool and before its code: whoever ended it or freed its place was faster."""
    mine = update(Invitation).where(Invitation.id == invitation.id, Invitation.state == InvitationState.STANDING)
    as_read = Invitation.pool_id.is_not_distinct_from(invitation.pool_id)
    if not claimed(mine.where(as_read).values(**values)):
        raise Refusal(_("This invitation has ended or its place was freed meanwhile. Look at it again."))
    db.session.refresh(invitation, list(values))


def _set_code(invitation, **values):
    """The code follows, as long as nobody uses it; what was priced a moment ago counts no more."""
    unused = update(DiscountCode).where(DiscountCode.id == invitation.code_id, DiscountCode.used == 0)
    if not claimed(unused.values(version=DiscountCode.version + 1, **values)):
        raise Refusal(_used())


def _refuse_used(invitation):
    if actions.is_used(invitation):
        raise Refusal(_used())


def _used():
    return _("It is used: they have registered with it, or their order waits. Change their registration instead.")


def _refuse_ended(invitation):
    if invitation.state != InvitationState.STANDING:
        raise Refusal(_("This invitation has ended: invite them again."))


def _check_times(invitation, valid_until, kept_until, now):
    closes_at = queries.closes_at(invitation.meeting)
    if valid_until <= now:
        raise Refusal(_("That is over already."), field="valid_until")
    if closes_at is not None and valid_until > closes_at:
        raise Refusal(_("Registration closes before that."), field="valid_until")
    if kept_until is not None and not now < kept_until <= valid_until:
        raise Refusal(
            _("A place is kept until an instant ahead, at the latest until the invitation ends."), field="kept_until"
        )


def _times(invitation):
    found = {"valid_until": invitation.valid_until.isoformat()}
    if invitation.pool_id is not None:
        found["kept_until"] = invitation.kept_until.isoformat()
    return found
