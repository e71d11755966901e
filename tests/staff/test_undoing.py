"""An import is undone: what it sold is taken back and booked, but for the rows that somebody has touched since."""

import pytest

from conference import checkout, door, jobs, payments, people, registration
from conference.kernel import clock, db, transaction
from conference.staff.models import Upload
from tests.staff.cast import page, settle, somebody
from tests.staff.importing import HEADER, brought_in, entry_of, everything, order_of

ROWS = (
    "ada@example.org,Ada,L,,,GB,full,yes\nben@example.org,Ben,T,,,DE,full,no\neve@example.org,Eve,M,,,FR,regular,no\n"
)


def test_undoing_ends_what_was_made_gives_back_what_was_begun_and_takes_nothing_away(meeting, cleo):
    """Ada is new and paid, Ben had a draft and did not pay, Eve is known and has nothing to pay."""
    somebody("Eve", country="FR")
    begun = somebody("Ben", country="DE")
    with transaction():
        draft = registration.start(meeting=meeting, person=begun, now=clock.now())
        category = registration.category_by_code(meeting, "full")
        wish = registration.Wish("full", mode="virtual")
        registration.choose(draft, category=category, wish=wish, dues_code="", now=clock.now())
    drafts = chosen(meeting, "ben@example.org")

    address = brought_in(cleo, HEADER + ROWS)
    booked = everything()
    told = page(cleo.get(f"{address}/undoing"))
    undone = cleo.post(f"{address}/undoing")

    assert undone.status_code == 303
    assert "440.00 USD was booked as paid by hand" in told
    assert_only_added_to(booked)
    assert {name: standing(meeting, name) for name in ("ada", "ben", "eve")} == {
        "ada": ("cancelled", "paid", [44000], True),
        "ben": ("draft", "lapsed", [], False),
        "eve": ("cancelled", "paid", [], True),
    }
    assert chosen(meeting, "ben@example.org") == drafts
    assert db.session.query(registration.Place).count() == 0
    assert payments.differences() + registration.miscounted() == []
    shown = page(cleo.get(address))
    assert "undone on" in shown and "440.00 USD" in shown and "Cleo Desk" in shown


def chosen(meeting, email):
    """What a person has typed and chosen of a registration."""
    db.session.expire_all()
    entry = entry_of(meeting, email)
    return {name: getattr(entry, name) for name in (*registration.wholesale.CHOSEN, "confirmed_at", "started_at")}


def standing(meeting, name):
    """(state of the registration, of its order, [what was sent back by hand], whether every line has ended)."""
    entry, order = entry_of(meeting, f"{name}@example.org"), order_of(meeting, f"{name}@example.org")
    refunds = [each.amount_minor for each in payments.refunds_of(order) if each.state == "succeeded"]
    return str(entry.state), str(order.state), refunds, all(line.ended_at for line in order.lines)


def assert_only_added_to(before):
    """Of what tells of money and of people, every row is still there, and what was booked is unchanged."""
    after = everything()
    for name in ("payments_ledger", "person"):
        assert set(before[name]) <= set(after[name]), name
    for name in ("payments_order", "payments_line", "payments_payment", "registration"):
        assert len(before[name]) == len(after[name]), name


def test_the_documents_of_an_undone_import_can_still_be_read(meeting, cleo):
    address = brought_in(cleo, HEADER + ROWS)
    order = order_of(meeting, "ada@example.org")
    cleo.post(f"{address}/undoing")

    story = page(cleo.get(f"/staff/order/{order.ref}"))

    assert "taken back" in story and "The import of people.csv was undone" in story
    assert "Taken back with its import" in page(
        cleo.get(f"/staff/registration/{entry_of(meeting, 'ada@example.org').ref}")
    )


def test_a_mended_file_is_imported_after_the_first_one_was_undone(meeting, cleo):
    cleo.post(f"{brought_in(cleo, HEADER + ROWS)}/undoing")
    again = brought_in(cleo, HEADER + ROWS.replace("no", "yes"))

    assert {name: standing(meeting, name)[:2] for name in ("ada", "ben", "eve")} == dict.fromkeys(
        ("ada", "ben", "eve"), ("confirmed", "paid")
    )
    assert all(chosen(meeting, f"{name}@example.org")["confirmed_at"] for name in ("ada", "ben", "eve"))
    cleo.post(f"{again}/undoing")
    assert standing(meeting, "ben")[0] == "cancelled"
    assert payments.differences() + registration.miscounted() == []


def test_undoing_takes_a_price_that_waits_for_a_proof_along(meeting, cleo):
    cheap = registration.category_by_code(meeting, "regular")
    with transaction():
        full = registration.category_by_code(meeting, "full")
        registration.eligibility.require(cheap, by=None, now=clock.now(), proof="letter", fallback_id=full.id)
    address = brought_in(cleo, HEADER + "eve@example.org,Eve,M,,,FR,regular,yes\n")
    (waits,) = db.session.query(registration.eligibility.Provision).all()

    cleo.post(f"{address}/undoing")
    jobs.run("proofs")
    db.session.expire_all()

    assert standing(meeting, "eve") == ("cancelled", "paid", [44000], True)
    assert db.session.get(registration.eligibility.Provision, waits.id).state == "moot"


def test_an_import_is_undone_once(meeting, cleo):
    address = brought_in(cleo, HEADER + ROWS)

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


def name_a_guest(meeting, cleo):
    entry, facts = entry_of(meeting, "ben@example.org"), {"kind": "guest", "position": 9}
    with transaction():
        registration.guests.set_policy(meeting, most=1, hosts=[], by=None, now=clock.now())
        along = registration.add_category(meeting, code="along", name="Along", **facts)
        values = registration.actions.fresh(meeting, people.enter(given_name="Maria", now=clock.now()), clock.now())
        values |= {"host_id": entry.id, "category_id": along.id}
        db.session.add(registration.Registration(**values))


@pytest.mark.parametrize("touch", [pay, pay_by_hand, rename, put_ribbons_on, answer_a_question, name_a_guest])
def test_what_was_touched_since_is_left_and_named(meeting, cleo, touch):
    address = brought_in(cleo, HEADER + ROWS)
    touch(meeting, cleo)

    told = page(cleo.get(f"{address}/undoing"))
    cleo.post(f"{address}/undoing")
    db.session.expire_all()

    assert "Take 2 registrations back" in told
    assert entry_of(meeting, "ben@example.org").state in ("held", "confirmed")
    assert [entry_of(meeting, name).state for name in ("ada@example.org", "eve@example.org")] == ["cancelled"] * 2
    assert [each["line"] for each in db.session.query(Upload).one().kept] == [3]
    assert payments.differences() + registration.miscounted() == []


def test_who_has_checked_in_stays(meeting, cleo):
    address = brought_in(cleo, HEADER + ROWS)
    entry, dot = registration.by_ref(entry_of(meeting, "ada@example.org").ref), somebody("Dot")
    with transaction():
        door.check_in(entry=entry, meeting=meeting, by=dot, way="search", now=clock.now())

    assert "has checked in" in page(cleo.get(f"{address}/undoing"))
    cleo.post(f"{address}/undoing")
    db.session.expire_all()

    assert entry_of(meeting, "ada@example.org").state == "confirmed"


def test_finance_neither_imports_nor_undoes(meeting, cleo, fay):
    address = brought_in(cleo, HEADER + ROWS)

    assert [fay.get(address).status_code, fay.post(f"{address}/undoing").status_code] == [403, 403]
