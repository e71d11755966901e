"""What the racing processes run: the release on the last day, money that comes at that moment, and sweeps that send."""

from datetime import timedelta

from sqlalchemy import select

from conference import checkout, meetings, payments, people, registration
from conference.checkout import banking, dunning, lapsing
from conference.kernel import Refusal, db, end_read, transaction
from conference.payments import bank, recount
from conference.payments.queries import order_by_id
from tests.checkout.racing import _together, application
from tests.conftest import NOW

OVER = NOW + timedelta(days=40)  # the last day and the days of grace have passed
DUE = NOW + timedelta(days=24)  # the last notice is due


def act(settings, what):
    """Release or pay, as one of many: [(what, whether this one did)]."""
    app = application(settings)
    with app.app_context():
        order_id = db.session.scalar(select(bank.Promise.order_id))
        end_read()
        _together()
        try:
            with transaction():
                return [(what, _ACTS[what](order_id))]
        except Refusal:
            return [(what, False)]


def act_unlocked(settings, what):
    """As `act`, where an order is read and not locked: look, think, write."""
    payments.locked = _look
    lapsing.give_up = _give_up_as_looked
    recount._check = lambda _ids: None  # the recount before each commit is one more guard
    _sweeps.extend([what] if what == "lapse" else [])
    return act(settings, what)


def send(settings, _number):
    """Send what is due, as one of many sweeps: [whether this one did]."""
    app = application(settings)
    with app.app_context():
        order_id = db.session.scalar(select(bank.Promise.order_id))
        end_read()
        _together()
        with transaction():
            return [dunning.send_next(order_id, now=DUE) is not None]


def _release(order_id):
    """The sweep gives the place back, and at once somebody else takes it."""
    before = payments.locked(order_id).state
    order = lapsing.lapse_if_due(order_id, now=OVER)
    if (before, order.state) != ("open", "lapsed"):
        return False
    ben, meeting = people.by_email("ben@example.org"), meetings.by_code("T1")
    draft = registration.registration_in(meeting, ben)
    checkout.place(draft=draft, meeting=meeting, person=ben, now=OVER)
    return True


def _lapse(order_id):
    """The sweep alone."""
    return lapsing.lapse_if_due(order_id, now=OVER).state == "lapsed"


def _pay(order_id):
    return _matched(order_id, None)


def _pay_part(order_id):
    return _matched(order_id, 10000)


def _matched(order_id, minor):
    line = db.session.scalar(select(bank.StatementLine))
    order = payments.locked(order_id)
    amount = line.left if minor is None else type(line.left)(minor, line.currency)
    return banking.match(line.id, order.id, amount=amount, by=None, now=OVER) is not None


def _look(order_id):
    """What many systems do; the one who pays waits until the sweep has made up its mind."""
    order = order_by_id(order_id)
    if order_id not in _seen and not _sweeps:
        _together()
    _seen.add(order_id)
    return order


def _give_up_as_looked(order, now):
    """The sweep has found that nothing has come: everybody has looked before anybody writes."""
    _together()
    _give_up(order, now)


_give_up = lapsing.give_up
_sweeps: list[str] = []
_seen: set[int] = set()
_ACTS = {"release": _release, "lapse": _lapse, "pay": _pay, "part": _pay_part}
