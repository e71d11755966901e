"""The desk's front: numbers that lead to their lists, and the one search box."""

import pytest

from conference import mail, payments
from conference.kernel import Money, clock, db, transaction
from tests.staff.cast import a_failed_refund, a_registration, an_order, follow, page, settle, somebody


def places_of(text):
    """The words of a page without its markup, in one line."""
    inside = text.split("<main")[1]
    return " ".join("".join(part.split(">", 1)[-1] for part in inside.split("<")).split())


def test_the_front_counts_registrations_money_and_places(meeting, cleo):
    a_registration(meeting, "Ada")
    an_order(meeting, somebody("Ben"))

    words = places_of(page(cleo.get("/staff/")))

    assert "1 Registered 1 Waiting for payment 0 Draft 0 Cancelled" in words
    assert "440.00 USD received 0.00 USD sent back 0.00 USD on its way back 1 order waiting for payment" in words
    assert "Full 1 1" in words
    assert "2 of 5" in words
    assert "Nothing waits for you" in words


def test_what_waits_for_a_person_is_counted_and_leads_to_its_list(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")
    a_failed_refund(order, Money(100, "USD"), somebody("Eve"))
    _entry, parked = an_order(meeting, somebody("Ben"))
    settle(parked, amount=1)
    with transaction():
        payments.note_event(event_id="evt_1", kind="refund.updated", object_id="re_9", now=clock.now())
        db.session.query(payments.Event).update({"attempts": 5, "error": "gone"})
        db.session.query(mail.Letter).filter_by(kind="confirmed").update({"state": "failed"})

    front = page(cleo.get("/staff/"))
    words = places_of(front)

    for count in (
        "1 order parked or noted",
        "1 refund that did not arrive",
        "1 letter that failed",
        "1 message from Stripe",
    ):
        assert count in words
    assert parked.ref in page(cleo.get("/staff/orders?state=trouble"))
    assert order.ref in page(cleo.get("/staff/orders?state=refunds"))
    assert "evt_1" in page(cleo.get("/staff/events"))


@pytest.mark.parametrize(
    "typed",
    [
        lambda entry, order: entry.ref,
        lambda entry, order: f" {entry.ref.lower()} ",
        lambda entry, order: entry.badge_code,
        lambda entry, order: order.ref,
        lambda entry, order: f"pi_{order.ref}",
        lambda entry, order: "Ada@Example.org",
    ],
)
def test_an_exact_reference_opens_at_once(meeting, cleo, typed):
    entry, order = a_registration(meeting, "Ada")

    answer = cleo.get("/staff/", query_string={"q": typed(entry, order)})

    assert answer.status_code == 303
    assert answer.headers["Location"].split("#")[0] == f"/staff/registration/{entry.ref}"


def test_a_refund_is_found_by_its_reference_here_and_at_stripe(meeting, cleo):
    _entry, order = a_registration(meeting, "Ada")
    refund = a_failed_refund(order, Money(100, "USD"), somebody("Eve"))

    for typed in (refund.ref, "re_failed_one"):
        assert order.ref in cleo.get("/staff/", query_string={"q": typed}).headers["Location"]


def test_words_find_people_with_what_they_have_here(meeting, cleo):
    entry, _order = a_registration(meeting, "Ada", known={"institution": "Harbour Institute"})
    a_registration(meeting, "Ben")

    found = page(cleo.get("/staff/?q=harb+demo"))

    assert f"/staff/registration/{entry.ref}" in found
    assert "ben@example.org" not in found


def test_nothing_found_says_what_can_be_searched(meeting, cleo):
    assert "Nothing found" in page(cleo.get("/staff/?q=zzzz"))


@pytest.mark.parametrize(
    "typed", ["%00", "%ff", "x" * 5000, "@", "a@@b", "%27%22%3C", "{{7*7}}", "pi_", "99999999999999999999"]
)
def test_nonsense_is_searched_for_and_not_found(meeting, cleo, typed):
    assert cleo.get(f"/staff/?q={typed}").status_code == 200


def test_the_search_needs_no_more_queries_for_more_people(meeting, cleo, statements):
    a_registration(meeting, "Ada")
    cleo.get("/staff/?q=demo")
    with statements() as few:
        cleo.get("/staff/?q=demo")
    for name in ("Ben", "Eve"):
        a_registration(meeting, name)

    with statements() as many:
        assert "eve@example.org" in page(cleo.get("/staff/?q=demo"))

    assert len(many) == len(few)


def test_a_message_is_tried_again_once(meeting, cleo):
    with transaction():
        payments.note_event(event_id="evt_1", kind="refund.updated", object_id="re_9", now=clock.now())
        db.session.query(payments.Event).update({"attempts": 40})
    key = db.session.query(payments.Event).one().id

    shown = follow(cleo, cleo.post(f"/staff/events/{key}/again"))

    assert "taken up again" in shown
    assert db.session.query(payments.Event).one().attempts == 0
    with transaction():
        db.session.query(payments.Event).update({"done_at": clock.now()})
    assert cleo.post(f"/staff/events/{key}/again").status_code == 409
