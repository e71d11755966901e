"""A registration goes to somebody else: its places are never free for others on the way."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference.kernel import Refusal, claimed, db, new_badge_code
from conference.registration import hosting
from conference.registration.allotment_models import AllotmentUse
from conference.registration.code_models import CodeUse
from conference.registration.models import Booking, Place, Registration
from conference.registration.rules import State

_TICKET = ("category_id", "span", "mode", "wanted")


def hand_over(old, new, *, now):
    """What `old` holds becomes that of `new`; the former registration ends with its badge and keeps its own answers.

    Guarded: Refusal when `old` does not stand any more, or `new` has become more than a draft.
    """
    if db.session.scalar(select(Place.id).where(Place.registration_id == new.id).limit(1)):
        raise Refusal(
            _(
                "A place is kept for this person already, by the waiting list or an invitation: they take it or leave it first."
            )
        )
    ended = {"state": str(State.CANCELLED), "badge_code": new_badge_code()}
    _move(old, (State.CONFIRMED,), ended)
    hosting.refuse_left_behind(old)
    ticket = {name: getattr(old, name) for name in _TICKET}
    _move(new, (State.DRAFT, State.CANCELLED), {**ticket, "state": str(State.CONFIRMED), "confirmed_at": now})
    _move_rows(old, new)


def _move_rows(old, new):
    """Places, add-ons, the use of a code, and the part of an allotment; what a waiting list has offered was offered to the person, and stays theirs."""
    for table, also in ((Place, [Place.state != "offered"]), (Booking, []), (CodeUse, []), (AllotmentUse, [])):
        mine = update(table).where(table.registration_id == old.id, *also).values(registration_id=new.id)
        db.session.execute(mine, execution_options={"synchronize_session": False})


def _move(entry, states, values):
    standing = Registration.state.in_([str(state) for state in states])
    if not claimed(update(Registration).where(Registration.id == entry.id, standing).values(**values)):
        raise Refusal(_("This registration has moved on meanwhile. Look at it again before you change it."))
    db.session.refresh(entry)
