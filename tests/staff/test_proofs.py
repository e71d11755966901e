"""The queue of proofs at the desk, and who may open a document."""

from io import BytesIO

from sqlalchemy import func, select

from conference import audit, people, registration
from conference.kernel import clock, db, transaction
from conference.registration import eligibility
from tests.registration.eligibility.documents import a_pdf
from tests.signing_in import signed_in
from tests.staff.cast import a_registration, follow, page

HAND_IN = "/meetings/T1/register/proof"


def ask(meeting):
    with transaction():
        by, category = somebody_of_the_desk(), registration.category_by_code(meeting, "full")
        fallback = registration.category_by_code(meeting, "regular")
        eligibility.require(category, by=by, now=clock.now(), proof="letter", fallback_id=fallback.id)


def somebody_of_the_desk():
    return people.by_email("cleo@example.org")


def handed_in(context, meeting, name="Ada"):
    """The browser of somebody who is registered and has handed in a letter; the proof."""
    a_registration(meeting, name)
    browser = signed_in(context, f"{name.lower()}@example.org")
    answer = browser.post(HAND_IN, data={"file": (BytesIO(a_pdf()), "letter.pdf")})
    assert answer.status_code == 303, page(answer)
    return browser, db.session.scalar(select(eligibility.Proof).order_by(eligibility.Proof.id.desc()))


def looks():
    return db.session.scalar(select(func.count()).select_from(audit.Entry).where(audit.Entry.verb == "looked at"))


def test_without_proofs_the_page_says_what_will_be_there(meeting, cleo):
    assert "No proof waits" in page(cleo.get("/staff/proofs/T1"))


def test_a_document_is_opened_by_its_person_and_the_registrar_only_and_each_look_is_remembered(
    context, meeting, cleo, fay, dov, stranger
):
    ask(meeting)
    ada, proof = handed_in(context, meeting)
    eve, _other = handed_in(context, meeting, "Eve")
    own, desk = f"{HAND_IN}/{proof.ref}", f"/staff/proofs/T1/{proof.ref}/document"

    answer = ada.get(own)

    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert cleo.get(desk).status_code == 200
    assert looks() == 2
    assert (eve.get(own).status_code, dov.get(own).status_code) == (404, 404)
    assert {each.get(desk).status_code for each in (eve, fay, dov)} <= {403, 404}
    assert stranger.get(own).status_code in (303, 401)
    assert looks() == 2


def test_it_lies_encrypted(context, meeting, cleo):
    ask(meeting)
    handed_in(context, meeting)

    stored = db.session.execute(db.text("SELECT content FROM registration_proof_file")).scalar()

    assert b"%PDF" not in bytes(stored)


def test_clearing_leads_to_the_next_and_can_be_taken_back(context, meeting, cleo):
    ask(meeting)
    _ada, first = handed_in(context, meeting)
    _eve, second = handed_in(context, meeting, "Eve")

    answer = cleo.post(f"/staff/proofs/T1/{first.ref}", data={"verdict": "clear", "good_until": "2028-01-01"})

    assert second.ref in answer.location
    assert "Take that decision back" in follow(cleo, answer)
    assert "taken back" in follow(cleo, cleo.post(f"/staff/proofs/T1/{first.ref}/undo"))
    assert eligibility.queries.proof_by_ref(first.ref).state == "waiting"


def test_declining_needs_a_reason_and_nothing_typed_is_lost(context, meeting, cleo):
    ask(meeting)
    _ada, proof = handed_in(context, meeting)

    answer = cleo.post(f"/staff/proofs/T1/{proof.ref}", data={"verdict": "decline", "good_until": "2028-01-01"})

    assert answer.status_code == 422
    assert "Say why" in page(answer)
    assert "2028-01-01" in page(answer)


def test_once_the_letter_is_written_a_decision_stays(context, meeting, cleo):
    ask(meeting)
    _ada, proof = handed_in(context, meeting)
    cleo.post(f"/staff/proofs/T1/{proof.ref}", data={"verdict": "ask", "reason": "Unreadable"})
    with transaction():
        eligibility.proofs.follow(proof.id, now=clock.now() + 2 * eligibility.proofs.UNDO_FOR)

    assert cleo.post(f"/staff/proofs/T1/{proof.ref}/undo").status_code == 409


def test_a_list_with_a_bad_row_is_named_by_line_and_nothing_counts(meeting, cleo):
    form = {"name": "List 2027", "valid_from": "2027-01-01"}
    bad = {**form, "file": (BytesIO(b"country,tier\nET,low\nXX,low\nKE,rich\nET,high\n"), "list.csv")}

    shown = page(answer := cleo.post("/staff/income-tiers", data=bad))

    assert answer.status_code == 422
    assert all(words in shown for words in ("“XX” is no country code", "“rich” is no tier", "ET stands twice"))
    assert eligibility.queries.tier_lists() == []


def test_a_good_list_counts_once_somebody_says_so(meeting, cleo):
    form = {"name": "List 2027", "valid_from": "2027-01-01"}
    checked = cleo.post("/staff/income-tiers", data={**form, "file": (BytesIO(b"country,tier\nET,low\n"), "list.csv")})
    assert (checked.status_code, eligibility.queries.tier_lists()) == (200, [])

    follow(cleo, cleo.post("/staff/income-tiers/put", data={**form, "text": "country,tier\nET,low\n"}))

    ((made, count),) = eligibility.queries.tier_lists()
    assert (made.name, count, eligibility.queries.tiers_in(made)) == ("List 2027", 1, {"ET": "low"})
    follow(cleo, cleo.post(f"/staff/income-tiers/{made.id}/take-back"))
    assert eligibility.queries.tier_lists() == []


def test_documents_are_purged_when_their_time_is_over_and_the_decision_stays(context, meeting, cleo):
    ask(meeting)
    _ada, proof = handed_in(context, meeting)
    cleo.post(f"/staff/proofs/T1/{proof.ref}", data={"verdict": "clear"})
    now = clock.now()
    with transaction():
        eligibility.proofs.follow(proof.id, now=now + 2 * eligibility.proofs.UNDO_FOR)
    with transaction():
        assert eligibility.proofs.purge(now) == 0
        assert eligibility.proofs.purge(in_a_year(now)) == 1

    again = eligibility.queries.proof_by_ref(proof.ref)
    assert (again.state, eligibility.queries.file_of(again)) == ("cleared", None)
    assert cleo.get(f"/staff/proofs/T1/{proof.ref}/document").status_code == 404


def in_a_year(now):
    """A year from now: every clock has run out."""
    return now.replace(year=now.year + 1)


def test_a_balance_that_nobody_paid_is_let_go_with_a_reason_only(context, meeting, cleo):
    entry, order = a_registration(meeting, "Ada")
    now, facts = (
        clock.now(),
        {"kind": "letter", "policy": "lower_with_deadline", "other_minor": 44000, "state": "unpaid"},
    )
    with transaction():
        made = eligibility.Provision(
            registration_id=entry.id, line_id=order.lines[0].id, until=now, due_at=now, made_at=now, **facts
        )
        db.session.add(made)
    waive = f"/staff/proofs/T1/balances/{made.id}/waive"
    assert "Balances not paid in time" in page(cleo.get("/staff/proofs/T1"))

    assert cleo.post(waive, data={"reason": ""}).status_code == 409
    assert "let go" in follow(cleo, cleo.post(waive, data={"reason": "Hardship"}))
    assert cleo.post(waive, data={"reason": "Hardship"}).status_code == 404


def test_the_desk_registers_somebody_all_the_same_with_a_reason(context, meeting, cleo):
    with transaction():
        category = registration.category_by_code(meeting, "full")
        eligibility.require(category, by=somebody_of_the_desk(), now=clock.now(), members_only=True)
    typed = {
        "email": "gus@example.org", "given_name": "Gus", "country": "US", "category": "full", "mode": "in_person",
        "span": "whole", "payment": "link",
    }  # fmt: skip
    path = "/staff/registrations/T1/new/check"

    assert "For members." in page(cleo.post(path, data=typed))
    assert "Guest of honour" in page(cleo.post(path, data={**typed, "waived": "Guest of honour"}))
