"""A seat goes to somebody else: whoever gives it away first wins, and its places are never free for others."""

from flask_babel import gettext as _
from sqlalchemy import update

from conference.kernel import Refusal, claimed, db, new_badge_code
from conference.registration import hosting, places
from conference.registration.groups.models import Seat
from conference.registration.models import Booking, Place, Registration
from conference.registration.rules import State

_TICKET = ("category_id", "span", "mode", "wanted")


def heir_of(seat, *, email, given_name, family_name):
    """The seat as it would be for somebody else: a value, kept nowhere."""
    facts = {name: getattr(seat, name) for name in ("group_id", "category_id", "span", "mode", "wanted", "grant")}
    heir = Seat(email=email, given_name=given_name, family_name=family_name, **facts)
    heir.id, heir.category = seat.id, seat.category
    return heir


def claim_seat(seat, heir, *, entry, order):
    """Write the heir into the seat while it is still whose it was when it was read; Refusal when somebody was faster."""
    if not claimed(
        _as_read(seat).values(
            email=heir.email,
            given_name=heir.given_name,
            family_name=heir.family_name,
            registration_id=entry.id,
            order_id=order.id,
        )
    ):
        raise Refusal(_("This seat was given to somebody else meanwhile. Look at it again."))


def hand_over(old, new, *, now):
    """What `old` holds becomes that of `new`; the former registration ends with its badge and keeps its own answers."""
    if places.offered_among([new.id]):
        raise Refusal(_("This person has an offer from the waiting list: they take it or leave it first."))
    ended = {"state": str(State.CANCELLED), "badge_code": new_badge_code()}
    _move(old, (State.CONFIRMED,), ended)
    hosting.refuse_left_behind(old)
    ticket = {name: getattr(old, name) for name in _TICKET}
    _move(new, (State.DRAFT, State.CANCELLED), {**ticket, "state": str(State.CONFIRMED), "confirmed_at": now})
    for table in (Place, Booking):
        mine = update(table).where(table.registration_id == old.id).values(registration_id=new.id)
        db.session.execute(mine, execution_options={"synchronize_session": False})


def _as_read(seat):
    return update(Seat).where(Seat.id == seat.id, Seat.email == seat.email, Seat.order_id == seat.order_id)


def _move(entry, states, values):
    statement = update(Registration).where(
        Registration.id == entry.id, Registration.state.in_([str(s) for s in states])
    )
    if not claimed(statement.values(**values)):
        raise Refusal(_("This registration has moved on meanwhile. Look at it again before you change it."))
