"""The page of one's saved card: what it shows, what it takes, and that it is nobody else's."""

import pytest
from sqlalchemy import func, select

from conference import accounts, checkout, membership
from conference.kernel import db
from conference.payments import cards
from tests.checkout.renewals.acting import a_member, save, sweep
from tests.conftest import browser
from tests.payments.settled import hear
from tests.signing_in import browser_of, signed_in

PAGE = "/account/card"


@pytest.fixture
def member(ada, stripe):
    a_member(ada, days_left=40)
    return ada


@pytest.fixture
def mine(context, member):
    """Ada's browser."""
    return browser_of(context, accounts.of_person(member))


def test_nothing_is_saved_without_the_tick(mine, member):
    answer = mine.post(PAGE, data={"renew": "y"})

    assert answer.status_code == 422
    assert "Tick this to save a card." in answer.text
    assert db.session.scalar(select(func.count()).select_from(cards.Agreement)) == 0


def test_a_card_is_saved_from_the_page_and_shown(mine, member, stripe):
    assert "No card is saved." in mine.get(PAGE).text

    there = mine.post(PAGE, data={"keep": "y"}).headers["Location"]
    waiting = mine.get(f"{PAGE}/return")
    (page,) = [each for each in stripe.sessions() if each["url"] == there]
    stripe.save_card(page["id"])
    hear(stripe)

    assert (waiting.status_code, waiting.headers["Refresh"]) == (200, "2")
    assert mine.get(f"{PAGE}/return").headers["Location"] == PAGE
    shown = mine.get(PAGE).text
    assert "4242" in shown and "12/2034" in shown
    assert "Off: nothing is charged by itself." in shown
    assert page["success_url"] == "http://localhost/account/card/return"


def test_renewal_is_agreed_to_apart_and_stopped_with_one_click(mine, member, stripe):
    save(member, stripe, renews=False)

    refused = mine.post(f"{PAGE}/renewal", data={})
    mine.post(f"{PAGE}/renewal", data={"dues": "y"})
    on = mine.get(PAGE).text
    mine.post(f"{PAGE}/renewal/stop")
    off = mine.get(PAGE).text

    assert refused.status_code == 422
    assert "Stop automatic renewal" in on and "It will be charged about" in on
    assert "Switch it on" in off
    story = [(each.use, each.is_given) for each in cards.agreeing.story_of(member.id)]
    assert story == [("dues", False), ("dues", True), ("keep", True)]


def test_the_page_says_what_will_be_charged_and_when(context, ada, stripe):
    a_member(ada, days_left=30)
    save(ada, stripe)
    sweep("renewals")

    page = browser_of(context, accounts.of_person(ada)).get(PAGE).text

    assert "225.00 USD will be charged on" in page


def test_removing_ends_renewal_too(mine, member, stripe):
    save(member, stripe)

    mine.post(f"{PAGE}/removal")

    assert cards.card_of(member.id) is None
    assert not checkout.renewals.is_on(member.id)
    assert "No card is saved." in mine.get(PAGE).text


def test_a_stripe_that_does_not_answer_saves_nothing_and_says_so(mine, member, stripe):
    stripe.faults(reset_calls=-1, only_path="/v1/customers")

    answer = mine.post(PAGE, data={"keep": "y"})

    assert answer.headers["Location"] == PAGE
    assert "The payment service does not answer just now. No card was saved" in mine.get(PAGE).text


def test_it_is_nobody_elses(context, member, stripe):
    save(member, stripe)

    other = signed_in(context, "ben@example.org", given_name="Ben")

    assert "4242" not in other.get(PAGE).text
    other.post(f"{PAGE}/removal")
    other.post(f"{PAGE}/renewal/stop")
    assert cards.card_of(member.id) is not None
    assert checkout.renewals.is_on(member.id)
    assert browser(context).get(PAGE).status_code in (302, 303)


def test_staff_see_that_a_card_is_saved_and_no_more(context, member, stripe):
    card = save(member, stripe)
    desk = signed_in(context, "cleo@example.org", roles=("registration",))
    number = membership.member_of(member).member_number

    page = desk.get(f"/staff/members/{number}").text

    assert "Visa ending in 4242" in page and "12/2034" in page
    assert "agreed on" in page
    assert card.method_ref not in page and card.customer_ref not in page
