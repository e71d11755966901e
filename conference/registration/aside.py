"""Places that are set aside for one registration before it has an order: offered by a waiting list, or kept for who is invited.

Either way the place is counted as taken, and a row says for whom (`Place`, in the state "offered"). The person's order holds it; if that
lapses, it is set aside again. Whoever changes one locks its pool first, so that no two units of work wait for each other in a circle.
"""

from flask_babel import gettext as _
from sqlalchemy import bindparam, delete, exists, insert, select, update

from conference import jobs
from conference.kernel import claimed, db
from conference.registration.invitation_models import Invitation
from conference.registration.invitation_rules import InvitationState
from conference.registration.models import Place, Pool, Registration
from conference.registration.rules import SoldOut
from conference.registration.waiting import taking
from conference.registration.waiting.models import Wait
from conference.registration.waiting.rules import WaitState

_QUIETLY = {"synchronize_session": False}
_ASIDE = select(Place.pool_id).where(Place.registration_id == bindparam("entry"), Place.state == "offered")


def pools_aside(registration, pools):
    """Which of `pools` have a place set aside for this registration."""
    if not pools:
        return set()
    return set(db.session.scalars(_ASIDE, {"entry": registration.id})) & set(pools)


def take(registration, pool_id, name, *, now):
    """What is set aside is held for the registration's order; SoldOut when the offer is over."""
    taking.lock(pool_id)
    if not taking.accepted(registration, pool_id, now) and not _is_kept(registration, pool_id):
        raise SoldOut(_("%(what)s: your offer has ended.", what=name))
    place = update(Place).where(Place.registration_id == registration.id, Place.pool_id == pool_id)
    db.session.execute(place.values(state="held", claimed_at=now), execution_options=_QUIETLY)


def pools_to_return(registration):
    """The pools of which a held place, when its order lapses, is set aside again rather than free."""
    kept = select(Invitation.pool_id).where(*_standing(registration), Invitation.pool_id.is_not(None))
    return taking.accepted_pools(registration) | set(db.session.scalars(kept))


def put_back(registration, place):
    """The order lapsed: the place stays with whoever it was set aside for, until the sweep sees that the time is over."""
    taking.lock(place.pool_id)
    taking.offer_again(registration, place.pool_id)
    statement = update(Place).where(Place.id == place.id).values(state="offered")
    db.session.execute(statement, execution_options=_QUIETLY)
    db.session.expunge(place)
    jobs.soon("waiting")


def keep(entry_ids, pool, *, now, passing=False):
    """Set a place of a pool aside for each of these registrations; SoldOut when there are not enough, or others wait for them.

    `passing`: somebody decided, with a reason, that they come before those who wait.
    """
    rows = [{"registration_id": key, "pool_id": pool.id, "state": "offered", "claimed_at": now} for key in entry_ids]
    db.session.execute(insert(Place), rows)
    if not claimed(_more(pool.id, len(rows), passing)):
        raise SoldOut(_why_not(pool.id, len(rows), passing))


def free(entry_id, pool_id):
    """Nobody keeps this place for a registration any more; whether there was one. Those who wait are looked at next."""
    taking.lock(pool_id)
    mine = (Place.registration_id == entry_id, Place.pool_id == pool_id, Place.state == "offered")
    if not claimed(delete(Place).where(*mine)):
        return False
    less = update(Pool).where(Pool.id == pool_id).values(taken=Pool.taken - 1).returning(Pool.waiting)
    if db.session.scalar(less, execution_options=_QUIETLY):
        jobs.soon("waiting")
    return True


def miscounted():
    """Every place that is set aside for nobody, and every invitation whose place is gone without having been used, in words."""
    offered = select(Wait.id).where(
        Wait.registration_id == Place.registration_id,
        Wait.pool_id == Place.pool_id,
        Wait.state == WaitState.OFFERED,
    )
    for key in db.session.scalars(
        select(Place.id).where(Place.state == "offered", ~offered.exists(), ~_invited().exists())
    ):
        yield f"place {key}: offered, and nobody has that offer"
    for ref in db.session.scalars(_without_place()):
        yield f"invitation {ref}: its place is missing"


def _invited():
    """Whether a standing invitation keeps a Place."""
    return (
        select(Invitation.id)
        .join(Registration, _theirs())
        .where(Registration.id == Place.registration_id, Invitation.pool_id == Place.pool_id)
        .where(Invitation.state == InvitationState.STANDING)
        .correlate(Place)
    )


def _without_place():
    place = exists().where(Place.registration_id == Registration.id, Place.pool_id == Invitation.pool_id)
    statement = select(Invitation.ref).outerjoin(Registration, _theirs())
    statement = statement.where(Invitation.state == InvitationState.STANDING, Invitation.pool_id.is_not(None))
    # Whoever was registered once has used their place up.
    return statement.where(Registration.confirmed_at.is_(None), ~place)


def _theirs():
    return (Registration.meeting_id == Invitation.meeting_id) & (Registration.person_id == Invitation.person_id)


def _standing(registration):
    return (
        Invitation.meeting_id == registration.meeting_id,
        Invitation.person_id == registration.person_id,
        Invitation.state == InvitationState.STANDING,
    )


def _is_kept(registration, pool_id):
    """Whether an invitation keeps a place of the pool: as long as nobody has freed it, it is theirs, whatever the hour."""
    kept = select(Invitation.id).where(*_standing(registration), Invitation.pool_id == pool_id)
    return db.session.scalar(kept) is not None


def _more(pool_id, count, passing):
    room = (Pool.places.is_(None)) | (Pool.taken + count <= Pool.places)
    statement = update(Pool).where(Pool.id == pool_id, room)
    statement = statement if passing else statement.where(Pool.waiting == 0)
    return statement.values(taken=Pool.taken + count)


def _why_not(pool_id, count, passing):
    pool = taking.lock(pool_id)
    if pool.waiting and not passing:
        return _("%(what)s: others wait for a place. Say why these people come first.", what=pool.name)
    return _(
        "%(what)s: %(free)s places are free, and %(count)s would be kept.", what=pool.name, free=pool.free, count=count
    )
