"""The verbs of a change: ask for it (and hold what it needs), let it go, do it."""

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from conference.kernel import Refusal, claimed, db
from conference.registration import hosting, places
from conference.registration.actions import cancel as cancel_registration
from conference.registration.changes.models import Change
from conference.registration.changes.rules import ChangeState, Kind
from conference.registration.guests.fitting import refuse_unfit
from conference.registration.handing import hand_over
from conference.registration.models import AddOn, Booking, Category, Place, Registration
from conference.registration.queries import by_ids, pools_of
from conference.registration.rules import Mode, State

_TICKET = ("category_id", "span", "mode")


def ask(registration, *, kind, after, ends, order, refund, reason, by, now, heir=None):
    """Write a change down as open, with everything held that it needs; SoldOut, or Refusal while another one is open.

    `after` holds category_id, span, mode, add_ons and the guests who end with it (keys); `ends` the keys of the lines that give way.
    """
    change = Change(
        registration_id=registration.id,
        order_id=order.id if order else None,
        heir_id=heir.id if heir else None,
        kind=str(kind),
        before={**{name: getattr(registration, name) for name in _TICKET}, "add_ons": _booked(registration)},
        after=after,
        ends=list(ends),
        currency=refund.currency,
        refund_minor=refund.minor,
        reason=reason,
        asked_by=by.id if by else None,
        asked_at=now,
    )
    _write(change)
    hold(change, registration, now=now)
    return change


def hold(change, registration, *, now):
    """Claim the places that the registration has not got yet; SoldOut when one is gone."""
    added = _added(change)
    for add_on in added:
        db.session.add(Booking(registration_id=registration.id, add_on_id=add_on.id, state=State.HELD))
    db.session.flush()
    wanted = _pools_after(change, registration, added)
    has = pools_of(registration)
    places.claim(registration, {key: name for key, name in wanted.items() if key not in has}, now=now)


def let_go(change):
    """The change is not paid: what it held is free for others, and the registration stays as it was."""
    if _move(change, (ChangeState.OPEN,), ChangeState.LAPSED):
        _release_held(change.registration_id)


def do(change, registration, *, now, late=False):
    """Make the registration what the change says; Refusal, and nothing is done, when it is not any more what it was.

    `late`: money came after the change had lapsed, so its places are claimed anew.
    """
    if not _move(change, (ChangeState.LAPSED if late else ChangeState.OPEN,), ChangeState.DONE, done_at=now):
        raise Refusal(_("This change was done or given up meanwhile. Look at the registration again."))
    hosting.lock(registration.id)  # before its guests', as everywhere
    guests = by_ids(change.after.get("guests", [])).values()
    if change.kind == Kind.CANCEL:
        cancel_registration(registration, *guests)
        return
    if change.kind == Kind.SUBSTITUTE:
        cancel_registration(*guests)
        _leave_behind(change, registration)
        hand_over(registration, db.session.get(Registration, change.heir_id), now=now)
        return
    if late:
        hold(change, registration, now=now)
    _rewrite(change, registration)
    if any(change.before[name] != change.after[name] for name in ("category_id", "mode")):
        refuse_unfit(registration, category=db.session.get(Category, registration.category_id), mode=registration.mode)
    places.keep(registration)
    _keep_bookings(registration)
    _drop(change, registration)


def _rewrite(change, registration):
    """One guarded UPDATE: whoever cancelled, or changed it meanwhile, was faster."""
    was = [getattr(Registration, name) == change.before[name] for name in _TICKET]
    statement = update(Registration).where(
        Registration.id == registration.id, Registration.state == State.CONFIRMED, *was
    )
    if not claimed(statement.values({name: change.after[name] for name in _TICKET})):
        raise Refusal(_("This registration has moved on meanwhile. Look at it again before you change it."))
    db.session.refresh(registration)


def _leave_behind(change, registration):
    """What somebody has bought beside a seat that a payer gives to somebody else ends with them."""
    if change.before["add_ons"] != change.after["add_ons"]:
        _drop(change, registration)


def _drop(change, registration):
    """Add-ons that are left out end, and places that the ticket does not need any more are free."""
    gone = [key for key in change.before["add_ons"] if key not in change.after["add_ons"]]
    if gone:
        mine = Booking.registration_id == registration.id
        db.session.execute(delete(Booking).where(mine, Booking.add_on_id.in_(gone)))
    needed = _pools_after(change, registration, _add_ons(change.after["add_ons"]))
    has = db.session.scalars(select(Place.pool_id).where(Place.registration_id == registration.id))
    spare = [pool_id for pool_id in has if pool_id not in needed]
    if spare:
        places.release(registration, pool_ids=spare)


def _pools_after(change, registration, add_ons):
    """{pool: name} that the changed ticket and `add_ons` need."""
    pools = {each.pool_id: each.title for each in add_ons}
    category = db.session.get(Category, change.after["category_id"])
    if category.pool_id and change.after["mode"] == Mode.IN_PERSON:
        pools[category.pool_id] = category.pool.name
    return pools


def _added(change):
    return _add_ons([key for key in change.after["add_ons"] if key not in change.before["add_ons"]])


def _add_ons(keys):
    return list(db.session.scalars(select(AddOn).where(AddOn.id.in_(keys)))) if keys else []


def _booked(registration):
    statement = select(Booking.add_on_id).where(Booking.registration_id == registration.id)
    return sorted(db.session.scalars(statement))


def _write(change):
    try:
        with db.session.begin_nested():
            db.session.add(change)
    except IntegrityError:
        text = _(
            "A change of this registration waits for its payment. Finish it, or give it up, before you ask for another."
        )
        raise Refusal(text) from None


def _keep_bookings(registration):
    statement = update(Booking).where(Booking.registration_id == registration.id, Booking.state == State.HELD)
    db.session.execute(statement.values(state=str(State.CONFIRMED)), execution_options={"synchronize_session": False})


def _release_held(registration_id):
    held = select(Place).where(Place.registration_id == registration_id, Place.state == "held")
    registration = db.session.get(Registration, registration_id)
    pools = [place.pool_id for place in db.session.scalars(held)]
    if pools:
        places.release(registration, pool_ids=pools)
    mine = delete(Booking).where(Booking.registration_id == registration_id, Booking.state == State.HELD)
    db.session.execute(mine)


def _move(change, before, after, **values):
    statement = update(Change).where(Change.id == change.id, Change.state.in_([str(each) for each in before]))
    if not claimed(statement.values(state=str(after), **values)):
        return False
    db.session.refresh(change)
    return True
