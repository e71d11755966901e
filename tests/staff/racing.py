"""What the racing processes of the desk run: each has an application and a connection of its own."""

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from conference import meetings, people, registration
from conference.app import create_app
from conference.kernel import Refusal, clock, db, end_read, transaction
from conference.staff.bulk import engine
from conference.staff.bulk.acts import act_of
from conference.staff.bulk.rules import ItemState, Plan, Step
from conference.staff.counter import serving, stations
from conference.staff.counter.form import WalkInForm
from conference.staff.entry_form import sold_at_desk
from conference.staff.models import BulkItem
from tests.checkout.racing import _together

_met = False


def begin(settings, number):
    """Begin to send everybody of T1 their letter again: [whether this process did]."""
    return _begin(settings, number)


def begin_unguarded(settings, number):
    """As `begin`, where nothing knows that it is the same."""
    Plan.digest = lambda self, act, facts: str(number)
    return _begin(settings, number)


def work(settings, number):
    """Do what waits, as one of several workers: [how many this one did]."""
    app = create_app(settings)
    with app.app_context():
        _meet()
        count = 0
        while engine.work_on_next(clock.now()):
            count += 1
        with transaction():
            engine.finish_over(clock.now())
        return [count]


def work_unguarded(settings, number):
    """As `work`, without the lock of what is done: look, think, write."""
    engine._do = _look_then_do
    return work(settings, number)


def walk_in(settings, typed):
    """Press Enter at a counter: [(reference of the registration, whether this press made it)]."""
    app = create_app(settings)
    with app.test_request_context("/"):
        meeting, by = meetings.by_code("T1"), people.by_email("cleo@example.org")
        form = WalkInForm(MultiDict(typed)).of(sold_at_desk(meeting, clock.now()))
        if not form.validate():
            raise AssertionError(form.errors)
        _meet()
        facts = {"meeting": meeting, "form": form, "station": stations.station_of(None), "by": by, "now": clock.now()}
        try:
            with transaction():
                made = serving.register(**facts)
            return [(made.registration_id, True)]
        except Refusal:
            return [(serving.made_by(form.token.data).registration_id, False)]


def _begin(settings, number):
    app = create_app(settings)
    with app.app_context():
        meeting, by = meetings.by_code("T1"), people.by_email("cleo@example.org")
        entries = db.session.scalars(select(registration.Registration).order_by(registration.Registration.id)).all()
        plan, act, facts = Plan(tuple(Step(entry) for entry in entries)), act_of("letters-again"), {}
        _meet()
        try:
            with transaction():
                seen = plan.digest(act.key, facts)
                engine.begin(meeting, act, facts, plan, seen=seen, by=by, now=clock.now())
        except Refusal:
            return [False]
        return [True]


def _meet():
    """Connected, and nothing open: the others may be long in coming."""
    db.session.execute(db.text("SELECT 1"))
    end_read()
    _together()


def _look_then_do(item_id, act, now):
    global _met
    item = db.session.scalar(select(BulkItem).where(BulkItem.id == item_id))
    entry, by = registration.by_id(item.registration_id), people.by_email("cleo@example.org")
    if not _met:
        _met = True
        _together()  # everybody has looked before anybody writes
    act.do(entry, {}, {}, by, now)
    engine._become(item_id, ItemState.DONE, "", now)
    return True
