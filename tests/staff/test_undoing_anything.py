"""Whatever a file brought in, whatever happened since, and whenever the process dies: books and places tie out after undoing it."""

import multiprocessing
import time
from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from conference import checkout, payments, people, registration
from conference.kernel import Money, clock, db, transaction
from conference.payments import Order
from conference.staff import uploads
from conference.staff.models import Upload
from tests.cast import a_person
from tests.checkout.racing import in_processes
from tests.checkout.test_races import settings as plain
from tests.conftest import empty_tables
from tests.staff.cast import a_meeting, a_registration, paid, settle, somebody
from tests.staff.importing import HEADER, everything
from tests.staff.undoing_apart import undo_and_wait, undo_or_pay
from tests.trying import tries

__all__ = ["plain"]
BOOKED = ("payments_ledger", "payments_refund", "person")
COUNTED = ("payments_order", "payments_line", "payments_payment", "registration")

rows = st.lists(
    st.tuples(
        st.sampled_from(["new", "known", "draft", "cancelled"]),  # who it is before the file
        st.sampled_from(["full", "regular"]),  # 440, or nothing
        st.booleans(),  # paid already
        st.sampled_from(["", "", "", "paid", "ribbons", "refunded", "renamed"]),  # what happens afterwards
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=tries(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=rows)
@example(file=[(who, category, done, "") for who in ("new", "known", "draft", "cancelled")
               for category, done in (("full", True), ("full", False), ("regular", False))])  # fmt: skip
@example(
    file=[("new", "full", True, "refunded"), ("draft", "full", False, "paid"), ("known", "regular", False, "ribbons")]
)
def test_undoing_takes_back_what_is_as_it_was_left_and_lets_everything_else_be(context, file):
    empty_tables()
    meeting, cleo = a_meeting(places=50), somebody("Cleo")
    for number, (who, *_rest) in enumerate(file):
        before_the_file(meeting, f"P{number}", who)
    typed = {number: chosen(meeting, number) for number in range(len(file))}
    upload = brought_in(meeting, cleo, file)
    for number, (_who, _category, _paid, touch) in enumerate(file):
        touched(meeting, number, touch)
    left = {number for number in range(len(file)) if is_touched(meeting, number, file[number])}
    between, standing = everything(), {number: whole(meeting, number) for number in left}

    with transaction():
        uploads.undo(upload, meeting=meeting, by=cleo, now=clock.now())

    after = everything()
    assert all(set(between[name]) <= set(after[name]) for name in BOOKED)
    assert all(len(between[name]) == len(after[name]) for name in COUNTED)
    assert payments.differences() + registration.miscounted() == []
    assert {number: whole(meeting, number) for number in left} == standing
    for number, (who, category, was_paid, _touch) in enumerate(file):
        if number not in left:
            assert outcome(meeting, number) == expected(who, category, was_paid), file[number]
            assert who not in ("draft", "cancelled") or chosen(meeting, number) == typed[number]
    assert [each["line"] for each in kept(upload)] == [number + 2 for number in sorted(left)]
    assert db.session.get(Upload, upload.id).report["undone"]["entries"] == len(file) - len(left)


def before_the_file(meeting, name, who):
    if who == "cancelled":
        _entry, order = a_registration(meeting, name)
        with transaction():
            checkout.end_lines_and_refund(
                order_id=order.id, line_ids=[line.id for line in order.lines], amount=order.total, reason="ill", by=None,
                now=clock.now(),
            )  # fmt: skip
    elif who != "new":
        with transaction():
            person = a_person(name, clock.now())
            if who == "draft":
                draft = registration.start(meeting=meeting, person=person, now=clock.now())
                category = registration.category_by_code(meeting, "full")
                wish = registration.Wish("full", mode="virtual")
                registration.choose(draft, category=category, wish=wish, dues_code="", now=clock.now())


def brought_in(meeting, by, file):
    text = HEADER + "".join(
        f"p{number}@example.org,P{number},Demo,,,US,{category},{'yes' if done else 'no'}\n"
        for number, (_who, category, done, _touch) in enumerate(file)
    )
    with transaction():
        upload = uploads.keep(meeting=meeting, name="f.csv", text=text, report=None, by=by, now=clock.now())
    with transaction():
        uploads.bring_in(upload, meeting=meeting, by=by, now=clock.now())
    db.session.expire_all()
    return upload


def touched(meeting, number, touch):
    """Something happens to a row afterwards, where it can."""
    entry, order = entry_of(meeting, number), order_of(meeting, number)
    if touch == "paid" and order.state == "open":
        settle(order)
    elif touch == "ribbons":
        with transaction():
            registration.set_ribbons(entry, ["Speaker"], by=person_of(number), now=clock.now())
    elif touch == "refunded" and order.state == "paid" and order.total_minor:
        with transaction():
            checkout.end_lines_and_refund(
                order_id=order.id, line_ids=[], amount=Money(100, "USD"), reason="kind", by=None, now=clock.now()
            )
    elif touch == "renamed":
        with transaction():
            people.update(person_of(number), by=None, now=clock.now(), family_name="Turing")


def is_touched(meeting, number, row):
    _who, _category, was_paid, touch = row
    order = order_of(meeting, number)
    if touch == "paid":
        return order.total_minor > 0 and not was_paid
    return touch in ("ribbons", "renamed") or (touch == "refunded" and order.total_minor > 0 and was_paid)


def expected(who, category, was_paid):
    """(state of the registration, of the order, what went back, whether all lines ended)."""
    state = {"draft": "draft"}.get(who, "cancelled")
    if category == "regular":
        return state, "paid", 0, True
    return (state, "paid", 44000, True) if was_paid else (state, "lapsed", 0, False)


def outcome(meeting, number):
    order = order_of(meeting, number)
    back = sum(each.amount_minor for each in payments.refunds_of(order))
    return str(entry_of(meeting, number).state), str(order.state), back, all(line.ended_at for line in order.lines)


def chosen(meeting, number):
    entry = entry_of(meeting, number)
    return entry and {name: getattr(entry, name) for name in (*registration.wholesale.CHOSEN, "confirmed_at")}


def whole(meeting, number):
    """Everything that is known of a row's registration and order."""
    entry, order = entry_of(meeting, number), order_of(meeting, number)
    columns = [
        repr({key.name: getattr(each, key.key) for key in each.__table__.columns})
        for each in (entry, order, *order.lines)
    ]
    return columns, [each.id for each in payments.payments_of(order)], [each.id for each in payments.refunds_of(order)]


def kept(upload):
    db.session.expire_all()
    return db.session.get(Upload, upload.id).kept


def person_of(number):
    return people.by_email(f"p{number}@example.org")


def entry_of(meeting, number):
    db.session.expire_all()
    person = person_of(number)
    return registration.registration_in(meeting, person) if person else None


def order_of(meeting, number):
    return payments.orders_with_line("registration", entry_of(meeting, number).id)[0]


@pytest.fixture
def many(meeting):
    """An import of two hundred, half of them paid; its upload."""
    cleo = somebody("Cleo")
    with transaction():
        registration.resize(
            db.session.query(registration.Pool).filter_by(name="Venue").one(), places=400, by=None, now=clock.now()
        )
    return brought_in(meeting, cleo, [("new", "full", number % 2 == 0, "") for number in range(200)])


def test_a_process_that_is_killed_while_it_undoes_has_changed_nothing(meeting, many, plain):
    before = everything()
    spawn = multiprocessing.get_context("spawn")

    for moment in ("begun", "begun", "begun", "written"):
        told = spawn.Queue()
        process = spawn.Process(target=undo_and_wait, args=(plain, many.ref, told))
        process.start()
        while told.get(timeout=120) != moment:
            pass
        time.sleep(0 if moment == "written" else 0.15)
        process.kill()
        process.join()
        assert everything() == before, moment

    dot, upload = somebody("Dot"), uploads.upload_of(meeting, many.ref)
    with transaction():
        taken_back = uploads.undo(upload, meeting=meeting, by=dot, now=clock.now())
    assert taken_back == 200
    assert payments.differences() + registration.miscounted() == []


def test_undone_in_many_places_at_once_while_people_pay(meeting, many, plain):
    unpaid = db.session.scalars(select(Order).where(Order.state == "open").order_by(Order.id)).all()
    payments_made = [(order.id, asdict(paid(order))) for order in unpaid[::10]]

    results = in_processes(undo_or_pay, plain, [[many.ref]] * 2 + [payments_made[::2], payments_made[1::2]])

    db.session.rollback()
    assert sorted(each for each in results if each in ("undone", "refused")) == ["refused", "undone"]
    assert payments.differences() + registration.miscounted() == []
    states = {order.id: str(order.state) for order in db.session.scalars(select(Order))}
    ends = [states[order_id] for order_id, _seen in payments_made]
    assert set(ends) <= {"paid", "returned"}  # given and left as it is, or too late and on its way back
    assert len(kept(many)) == ends.count("paid")
