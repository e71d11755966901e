"""What the racing processes run: the payer, in many tabs, gives one and the same seat to somebody else each time; others decline and order."""

from sqlalchemy import select, text, update

from conference import checkout, meetings, payments, people, registration
from conference.checkout.changing import completing
from conference.kernel import Refusal, clock, db, transaction
from conference.payments import recount
from conference.registration import Registration, groups, handing, hosting
from conference.registration.changes import actions
from conference.registration.changes.rules import ChangeState
from conference.registration.groups import Seat, following
from tests.checkout import racing

GIVEN = "given@example.org"  # whose seat it is before


def act(settings, share):
    """Do (what, address) one after the other: [(what, address, whether it was done)]."""
    with racing.application(settings).app_context():
        db.session.execute(text("SELECT 1"))
        racing._together()
        return [(what, address, _done(what, address)) for what, address in share]


def act_unguarded(settings, share):
    """As `act`, with locks, guarded updates and the key of open changes replaced by what many systems do: look, think, write."""
    recount._check = lambda _ids: None  # the recount before each commit is one more guard
    payments.locked = payments.order_by_id
    payments.end_line = completing.payments.end_line = _end_anyhow
    groups.lock = hosting.lock = lambda _row: None
    actions._write, actions._move = _write_as_one_of_many, _move_anyhow
    handing._move = _look_then_move
    following.claimed = _write_anyhow
    return act(settings, share)


def _done(what, address):
    try:
        with transaction():
            _ACTS[what](address)
        return True
    except Refusal:
        return False
    finally:
        db.session.remove()


def _give(address):
    """The seat as it was when the payer opened the page: whoever has it now is not asked."""
    meeting = meetings.by_code("R1")
    entry = registration.by_id(registration.registration_in(meeting, people.by_email(GIVEN)).id)
    payer, now = people.by_email("ada@example.org"), clock.now()
    seen = checkout.quote_substitute(entry, email=address, now=now).seen
    checkout.substitute(entry, email=address, names={}, seen=seen, by=payer, now=now)


def _decline(address):
    person, now = people.by_email(address), clock.now()
    [(seat, group, _state)] = groups.seats_about(person)
    checkout.decline_seat(seat, group, by=person, now=now)


def _order(name):
    """Everything that is not ordered yet, in one order of the payer."""
    payer = people.by_email("ada@example.org")
    [group] = [each for each in groups.groups_of(payer, meetings.by_code("R1")) if each.name == name]
    checkout.place_group(group, by=payer, now=clock.now())


def _settle(ref):
    """The money for the whole order has come."""
    order = payments.order_by_ref(ref)
    seen = payments.Seen("cs_1", ref, "complete", "paid", order.total_minor, order.currency, f"pi_{ref}")
    checkout.settle(order.id, seen, now=clock.now())


_ACTS = {"give": _give, "decline": _decline, "order": _order, "settle": _settle}


def _end_anyhow(order, line, *, now, by=None):
    line.ended_at = now


def _write_as_one_of_many(change):
    change.state = ChangeState.LAPSED
    db.session.add(change)
    db.session.flush()


def _move_anyhow(change, before, after, **values):
    db.session.execute(update(actions.Change).where(actions.Change.id == change.id).values(state=str(after), **values))
    return True


def _look_then_move(entry, states, values):
    state = db.session.scalar(select(Registration.state).where(Registration.id == entry.id))
    if entry.person.email == GIVEN:
        racing._together()
    if state not in [str(each) for each in states]:
        raise Refusal("moved on")
    kept = {name: value for name, value in values.items() if name != "badge_code"}  # a key: its lock is one more guard
    db.session.execute(update(Registration).where(Registration.id == entry.id).values(**kept))


def _write_anyhow(statement):
    db.session.execute(statement.where(Seat.id > 0), execution_options={"synchronize_session": False})
    return True
