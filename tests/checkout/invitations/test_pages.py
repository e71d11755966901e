"""The page behind a link: what a stranger, somebody else and the invited person see and may do; and what stands on their own pages."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import people, registration
from conference.kernel import clock, db, transaction
from conference.registration import eligibility, invitations
from tests.checkout.invitations.acting import a_kind, entry_of, hands, invite, of, register, shown
from tests.conftest import browser
from tests.registration.eligibility.documents import a_document
from tests.signing_in import signed_in
from tests.staff.cast import a_meeting, page

ADA = "ada@example.org"


@pytest.fixture
def meeting(context):
    return a_meeting()


@pytest.fixture
def keynotes(meeting):
    return a_kind(
        meeting, clock.now(), code="KEY", name="Keynote", ribbon="Keynote", add_ons=["dinner"], keeps_places=True
    )


@pytest.fixture
def link(meeting, keynotes):
    (found,) = invite(meeting, keynotes, [ADA], clock.now(), note="Not for her eyes")
    return f"/meetings/T1/invitation/{found.key}"


def ada(context):
    return signed_in(context, ADA, given_name="Ada", family_name="Demo", country="US")


def test_a_stranger_sees_what_it_is_and_neither_name_nor_address(context, link):
    text = page(browser(context).get(link))

    assert "As Keynote, by the programme committee" in text and "a…@example.org" in text
    assert "Sign in and register" in text and "I cannot come" in text
    assert ADA not in text and "Not for her eyes" not in text and "PRG" in text


def test_a_link_that_is_none_or_of_another_meeting_is_not_found(context, link):
    assert browser(context).get(link[:-1] + "Z3").status_code == 404
    assert browser(context).get(link.replace("T1", "T9")).status_code == 404


def test_a_stranger_is_asked_to_sign_in_and_comes_back(context, link):
    client = browser(context)

    answer = client.post(link)

    assert answer.status_code == 403  # a post is never repeated after signing in
    assert f"next={link}" in page(client.get(link))


def test_somebody_else_cannot_use_it(context, link):
    other = signed_in(context, "ben@example.org", given_name="Ben", country="US")

    text, answer = page(other.get(link)), other.post(link)

    assert "This invitation is for another address" in text
    assert (answer.status_code, "for somebody else" in page(answer)) == (409, True)
    assert shown(of_key(link)) == "kept"


def test_the_invited_person_is_led_through_registering_and_pays_nothing(context, meeting, link):
    client = ada(context)
    first = client.post(link)
    choice = page(client.get("/meetings/T1/register/choice"))
    price = page(client.get("/meetings/T1/register/choice/price?category=full&mode=in_person&span=whole&extras=dinner"))

    client.post(
        "/meetings/T1/register/choice",
        data={"category": "full", "mode": "in_person", "span": "whole", "extras": "dinner"},
    )
    client.post("/meetings/T1/register/questions", data={})
    review = page(client.get("/meetings/T1/register/review"))
    placed = client.post("/meetings/T1/register/review", data={"total": "0"})

    assert first.headers["Location"].endswith("/meetings/T1/register/details")
    assert "You are invited as Keynote" in choice
    for text in (price, review):
        assert "Keynote: invited by the programme committee, budget PRG: free of charge (440.00 USD off)" in text
    assert "Register, nothing to pay" in review
    assert (
        "You use the code" not in review
        and "more" not in review.split("What it costs and why")[1].split("Register, nothing")[0]
    )
    assert placed.status_code == 303
    assert (shown(of_key(link)), hands()) == ("registered", {"kept": 1, "free": 4})
    again = client.post(link)
    assert (again.status_code, "registered with this invitation" in page(client.get(link))) == (409, True)


def test_whoever_begins_without_the_link_is_told_of_it_before_paying(context, meeting, link):
    client = ada(context)
    with transaction():
        person = people.by_email(ADA)
        draft = registration.start(meeting=meeting, person=person, now=clock.now())
        full = registration.category_by_code(meeting, "full")
        registration.choose(draft, category=full, wish=registration.Wish("full"), dues_code="", now=clock.now())

    pages = [page(client.get(f"/meetings/T1/register/{step}")) for step in ("choice", "review")]

    assert all("Use your invitation" in text and link in text for text in pages)


def test_my_page_shows_it_until_it_is_answered(context, link):
    client = ada(context)
    before = page(client.get("/account/"))

    client.post(f"{link}/decline", data={"reason": "On leave"})

    assert "You are invited" in before and link in before and "a place is kept for you until" in before
    assert "You are invited" not in page(client.get("/account/"))


def test_the_link_alone_is_enough_to_say_that_one_cannot_come(context, meeting, link):
    client = browser(context)
    asked = page(client.get(f"{link}/decline"))

    answer = client.post(f"{link}/decline", data={"reason": "On leave"})

    assert "Decline the invitation" in asked
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (303, False)
    assert (shown(of_key(link)), of(meeting, ADA).end_note, hands()) == ("declined", "On leave", {"free": 5})
    assert "You have said that you cannot come" in page(client.get(link))
    assert client.get(f"{link}/decline").status_code == 303
    assert client.post(f"{link}/decline", data={}).status_code == 409
    assert client.post(f"{link}/decline", data={"reason": "x" * 301}).status_code == 422


def test_an_ended_invitation_says_so_and_does_nothing(context, meeting, link):
    client = ada(context)
    with transaction():
        invitations.withdraw(of_key(link), reason="The session was cancelled", by=None, now=clock.now())

    text, answer = page(client.get(link)), client.post(link)

    assert "This invitation was withdrawn" in text and "The session was cancelled" in text
    assert "The session was cancelled" not in page(browser(context).get(link))
    assert answer.status_code == 409


def press(meeting, *, asks):
    """Press registers for nothing with a press card; who is invited is asked for it, or is not."""
    now = clock.now()
    with transaction():
        category = registration.add_category(meeting, code="press", name="Press", position=5)
        registration.set_price(category, meeting.windows[0], amount_minor=0)
        full = registration.category_by_code(meeting, "full")
        eligibility.require(category, by=None, now=now, proof="press", proof_words="Both sides.", fallback_id=full.id)
        eligibility.set_policy(meeting, by=None, now=now, until_cleared=eligibility.UntilCleared.HIGHER)
    kind = a_kind(meeting, now, category="press", code="PRESS", name="Press", ribbon="Press", asks_eligibility=asks)
    (found,) = invite(meeting, kind, [ADA], now)
    return found


def through(client):
    """The steps up to the review; its page, and what placing the order answers."""
    client.post("/meetings/T1/register/choice", data={"category": "press", "mode": "in_person", "span": "whole"})
    client.post("/meetings/T1/register/questions", data={})
    review = page(client.get("/meetings/T1/register/review"))
    return review, client.post("/meetings/T1/register/review", data={"total": "0"})


def test_invited_press_shows_the_card_first_and_then_registers_for_nothing(context, meeting):
    found, client = press(meeting, asks=True), ada(context)
    client.post(f"/meetings/T1/invitation/{found.key}")
    review, refused = through(client)
    desk = signed_in(context, "desk@example.org", roles=("registration",))

    with transaction():
        entry = registration.by_id(entry_of(meeting, ADA).id)
        facts = {"person": entry.person, "meeting": meeting, "category": entry.category, "now": clock.now()}
        proof = eligibility.proofs.hand_in(document=a_document(), **facts)
        by = people.by_email("desk@example.org")
        at = clock.now() - timedelta(minutes=5)
        eligibility.proofs.decide(proof, eligibility.ProofState.CLEARED, by=by, now=at)
    with transaction():
        eligibility.proofs.follow(proof.id, now=clock.now())
    shown_before = page(client.get(f"/meetings/T1/invitation/{found.key}"))
    _review, placed = through(client)

    assert desk is not None
    assert "hand it in first" in review and "A proof is needed" in review and refused.status_code == 409
    assert "Your proof is cleared" in shown_before
    assert (placed.status_code, shown(found), entry_of(meeting, ADA).ribbons) == (303, "registered", ["Press"])


def test_press_that_the_office_knows_is_asked_for_nothing(context, meeting):
    found, client = press(meeting, asks=False), ada(context)
    client.post(f"/meetings/T1/invitation/{found.key}")

    review, placed = through(client)

    assert "invited as Press" in review
    assert (placed.status_code, shown(found)) == (303, "registered")


def test_members_alone_unless_invited(context, meeting):
    now = clock.now()
    with transaction():
        full = registration.category_by_code(meeting, "full")
        eligibility.require(full, by=None, now=now, members_only=True)
    asked = a_kind(meeting, now, code="ASKED")
    (first,) = invite(meeting, asked, [ADA], now)
    client = ada(context)
    client.post(f"/meetings/T1/invitation/{first.key}")
    data = {"category": "full", "mode": "in_person", "span": "whole"}
    refused = client.post("/meetings/T1/register/choice", data=data).status_code
    with transaction():
        invitations.withdraw(of_key(f"/{first.key}"), reason="x", by=None, now=now)

    (second,) = invite(meeting, a_kind(meeting, now, code="WAIVED", asks_eligibility=False), [ADA], now)
    client.post(f"/meetings/T1/invitation/{second.key}")

    assert refused == 422
    assert client.post("/meetings/T1/register/choice", data=data).status_code == 303
    assert register(second, now).total_minor == 0


def of_key(link):
    db.session.rollback()
    key = link.rpartition("/")[2]
    found = db.session.scalar(select(invitations.Invitation.id).where(invitations.Invitation.key == key))
    return invitations.queries.by_id(found)
