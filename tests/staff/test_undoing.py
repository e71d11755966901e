"""An import is undone: everything stands as it stood before, but for the rows that somebody has touched since."""

import io

import pytest
from sqlalchemy import select

from conference import checkout, door, jobs, mail, payments, people, registration
from conference.kernel import Base, clock, db, transaction
from conference.staff.models import Upload
from tests.staff.cast import a_registration, page, settle, somebody

IMPORT = "/staff/registrations/T1/import"
HEADER = "email,given_name,family_name,degrees,institution,country,category,paid\n"
ROWS = (
    "ada@example.org,Ada,L,,,GB,full,yes\nben@example.org,Ben,T,,,DE,full,no\neve@example.org,Eve,M,,,FR,regular,no\n"
)
# What tells of the import itself, and what wakes the worker.
TELLING = {"staff_upload", "audit_entry"}


def send(client, text):
    answer = client.post(IMPORT, data={"file": (io.BytesIO(text.encode()), "people.csv")})
    assert answer.status_code == 303, page(answer)
    return answer.headers["Location"]


def brought_in(client, text=HEADER + ROWS):
    address = send(client, text)
    assert client.post(address).status_code == 303
    return address


def everything():
    """All rows of all tables that are about people, registrations and money."""
    db.session.expire_all()
    return {
        table.name: sorted(map(repr, db.session.execute(select(table))))
        for table in Base.metadata.sorted_tables
        if table.name not in TELLING
    }


def entry_of(meeting, email):
    person = people.by_email(email)
    return registration.registration_in(meeting, person) if person else None


def order_of(meeting, email):
    return payments.orders_with_line("registration", entry_of(meeting, email).id)[0]


def test_undoing_restores_every_row(meeting, cleo):
    somebody("Eve", country="FR")
    begun = somebody("Ben", country="DE")
    with transaction():
        draft = registration.start(meeting=meeting, person=begun, now=clock.now())
        category = registration.category_by_code(meeting, "full")
        wish = registration.Wish("full", mode="virtual")
        registration.choose(draft, category=category, wish=wish, dues_code="", now=clock.now())
    before = everything()

    address = brought_in(cleo)
    between = everything()
    undone = cleo.post(f"{address}/undoing")

    assert undone.status_code == 303
    assert between != before
    assert everything() == before
    assert payments.differences() + registration.miscounted() == []
    assert "undone on" in page(cleo.get(address))


def test_an_import_is_undone_once(meeting, cleo):
    address = brought_in(cleo)

    answers = [cleo.post(f"{address}/undoing").status_code for _ in range(2)]

    assert answers == [303, 409]
    assert cleo.get(f"{address}/undoing").status_code == 409


def pay(meeting, cleo):
    settle(order_of(meeting, "ben@example.org"))


def pay_by_hand(meeting, cleo):
    with transaction():
        order = order_of(meeting, "ben@example.org")
        checkout.settle_paid_by_hand(order.id, reference="bank", by=None, now=clock.now())


def rename(meeting, cleo):
    entry = entry_of(meeting, "ben@example.org")
    with transaction():
        people.update(people.by_id(entry.person_id), by=None, now=clock.now(), family_name="Turing")


def put_ribbons_on(meeting, cleo):
    ref = entry_of(meeting, "ben@example.org").ref
    assert cleo.post(f"/staff/registration/{ref}/ribbons", data={"ribbons": "Speaker"}).status_code == 303


def answer_a_question(meeting, cleo):
    question = registration.questions_of(meeting)[0]
    entry = entry_of(meeting, "ben@example.org")
    with transaction():
        db.session.add(registration.Answer(registration_id=entry.id, question_id=question.id, value="x"))


@pytest.mark.parametrize("touch", [pay, pay_by_hand, rename, put_ribbons_on, answer_a_question])
def test_what_was_touched_since_is_left_and_named(meeting, cleo, touch):
    address = brought_in(cleo)
    touch(meeting, cleo)

    told = page(cleo.get(f"{address}/undoing"))
    cleo.post(f"{address}/undoing")
    db.session.expire_all()

    assert "Take 2 registrations back" in told
    assert entry_of(meeting, "ben@example.org") is not None
    assert [entry_of(meeting, name) for name in ("ada@example.org", "eve@example.org")] == [None, None]
    assert [each["line"] for each in db.session.query(Upload).one().kept] == [3]
    assert payments.differences() + registration.miscounted() == []


def test_who_has_checked_in_stays(meeting, cleo):
    address = brought_in(cleo)
    entry, dot = registration.by_ref(entry_of(meeting, "ada@example.org").ref), somebody("Dot")
    with transaction():
        door.check_in(entry=entry, meeting=meeting, by=dot, way="search", now=clock.now())

    assert "has checked in" in page(cleo.get(f"{address}/undoing"))
    cleo.post(f"{address}/undoing")
    db.session.expire_all()

    assert entry_of(meeting, "ada@example.org").state == "confirmed"


def test_the_many_are_registered_as_the_one(meeting, cleo):
    """A person who begins first is registered as by hand, all others together: the rows must be the same."""
    for name in ("Ada", "Ben", "Eve"):
        somebody(name)
    twins = {"ada": "yes", "ben": "no"}
    with transaction():
        for name in twins:
            registration.start(meeting=meeting, person=people.by_email(f"{name}@example.org"), now=clock.now())
    text = HEADER + "".join(
        f"{name},N,N,,,US,full,{paid}\n"
        for name, paid in (
            ("ada@example.org", "yes"),
            ("ben@example.org", "no"),
            ("x@example.org", "yes"),
            ("y@example.org", "no"),
        )
    )
    brought_in(cleo, text)

    for one, many in (("ada@example.org", "x@example.org"), ("ben@example.org", "y@example.org")):
        assert told(meeting, one) == told(meeting, many)


def told(meeting, email):
    entry, order = entry_of(meeting, email), order_of(meeting, email)
    names = ("state", "category_id", "span", "mode", "wanted", "dues_code", "discount_code", "ribbons")
    lines = [
        (line.kind, line.title, line.amount_minor, line.why, {**line.rule, "registration": 0}) for line in order.lines
    ]
    money = [(each.provider, each.amount_minor) for each in payments.payments_of(order)]
    facts = (order.state, order.total_minor, order.currency, bool(order.settled_at), payments.balance_of(order).minor)
    places = [each.state for each in db.session.query(registration.Place).filter_by(registration_id=entry.id)]
    return [getattr(entry, name) for name in names], lines, money, facts, places, bool(entry.confirmed_at)


def test_no_more_are_registered_than_there_are_places_and_each_one_too_many_is_named(meeting, cleo):
    rows = "".join(f"p{number}@example.org,P,Q{number},,,GB,full,yes\n" for number in range(7))

    report = page(cleo.get(send(cleo, HEADER + rows)))

    assert report.count("no place is left") == 2
    assert all(f">{line}</bdi>" in report for line in (7, 8))


def test_a_name_that_is_known_under_another_address_is_a_warning(meeting, cleo):
    a_registration(meeting, "Ada", known={"country": "GB"})
    known = people.by_email("ada@example.org")

    text = HEADER + f"other@example.org,{known.given_name},{known.family_name},,,GB,full,yes\n"
    report = page(cleo.get(send(cleo, text)))

    assert "is known already as ada@example.org" in report
    assert "Register 1 person" in report


def test_a_long_file_is_tried_and_imported_by_the_worker(meeting, cleo):
    rows = "".join(f"p{number}@example.org,P,Q{number},,,GB,regular,no\n" for number in range(301))
    address = send(cleo, HEADER + rows)
    waiting = cleo.get(address)
    jobs.run("uploads")
    checked = cleo.get(address)
    asked = cleo.post(address)
    jobs.run("uploads")
    db.session.expire_all()

    assert (waiting.headers["Refresh"], "Refresh" in checked.headers) == ("2", False)
    assert "Register 301 people" in page(checked)
    assert asked.status_code == 303
    assert len(db.session.query(Upload).one().done) == 301
    assert cleo.post(address).status_code == 409
    assert db.session.query(mail.Letter).count() == 0


def test_a_worker_that_dies_in_the_middle_has_imported_nothing(meeting, cleo, monkeypatch):
    rows = "".join(f"p{number}@example.org,P,Q{number},,,GB,regular,no\n" for number in range(301))
    address = send(cleo, HEADER + rows)
    jobs.run("uploads")
    cleo.post(address)
    before = everything()
    real = payments.wholesale.settle_many
    monkeypatch.setattr(payments.wholesale, "settle_many", lambda *_args, **_more: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        jobs.run("uploads")
    between = everything()
    monkeypatch.setattr(payments.wholesale, "settle_many", real)
    jobs.run("uploads")

    assert between == before
    assert len(db.session.query(Upload).one().done) == 301


def test_finance_neither_imports_nor_undoes(meeting, cleo, fay):
    address = brought_in(cleo)

    assert [fay.get(address).status_code, fay.post(f"{address}/undoing").status_code] == [403, 403]


def test_the_faults_can_be_taken_along(meeting, cleo):
    address = send(cleo, HEADER + "nonsense,Ben,T,,,DE,gold,maybe\n")

    lines = page(cleo.get(f"{address}/faults.csv")).splitlines()

    assert lines[1].startswith("2,fault,")
    assert len(lines) == 4
