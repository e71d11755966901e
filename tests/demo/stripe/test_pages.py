"""The hosted page, by plain requests and in a real browser."""

import re

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.demo.stripe.orders import opened, order


def choose(session, method, **fields):
    return requests.post(session.url, data={"method": method, **fields}, allow_redirects=False, timeout=5)


def test_the_page_shows_what_is_paid_for_and_that_no_money_moves(client):
    page = requests.get(opened(client, 44000, 6500).url, timeout=5)

    assert page.status_code == 200
    assert "505.00 USD" in page.text
    assert "Item 2" in page.text
    assert "Stand-in for Stripe" in page.text
    assert "Set-Cookie" not in page.headers


def test_paying_leads_back_to_the_merchant_with_the_session(client):
    session = opened(client)

    answer = choose(session, "card")

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://127.0.0.1:9/thanks?session={session.id}"


def test_the_policy_lets_the_browser_follow_back_to_the_merchant(client):
    policy = requests.get(opened(client).url, timeout=5).headers["Content-Security-Policy"]

    assert "form-action 'self' http://127.0.0.1:9;" in policy
    assert "unsafe" not in policy


def test_an_address_is_asked_for_when_the_merchant_gave_none(client):
    wanted = order()
    del wanted["customer_email"]
    session = client.v1.checkout.sessions.create(wanted)

    missing = choose(session, "card", email="nobody")
    choose(session, "card", email="ben@example.org")

    assert missing.status_code == 422
    assert 'value="nobody"' in missing.text
    assert client.v1.checkout.sessions.retrieve(session.id).customer_details.email == "ben@example.org"


def test_a_customer_is_known_by_their_address_and_asked_for_none(client):
    customer = client.v1.customers.create({"email": "cus@example.org"})
    facts = {name: value for name, value in order().items() if name != "customer_email"}
    session = client.v1.checkout.sessions.create({**facts, "customer": customer.id})

    assert "cus@example.org" in requests.get(session.url, timeout=9).text
    assert choose(session, "card").status_code == 303


@pytest.mark.parametrize(("method", "status"), [("", 422), ("gold", 422), ("bank_debit", 303)])
def test_only_known_ways_to_pay_are_taken(client, method, status):
    assert choose(opened(client), method).status_code == status


def test_a_page_of_a_paid_session_takes_nothing_more(client, stand_in):
    session = opened(client)
    stand_in.pay(session.id)

    again = choose(session, "card")
    page = requests.get(session.url, timeout=5)

    assert again.status_code == 303
    assert again.headers["Location"].endswith(f"/c/pay/{session.id}")
    assert "Nothing will be taken a second time" in page.text
    assert len(client.v1.charges.list().data) == 1


@pytest.mark.parametrize("path", ["/c/pay/none", "/c/pay/none/authenticate", "/c/pay/%00", "/nothing", "/c/pay/%ff"])
def test_an_unknown_page_says_so(stand_in, path):
    answers = [requests.get(stand_in.url + path, timeout=5), requests.post(stand_in.url + path, timeout=5)]

    assert all(answer.status_code in (404, 422) for answer in answers), [answer.status_code for answer in answers]


def test_names_are_shown_as_text(client):
    lines = order()["line_items"]
    lines[0]["price_data"]["product_data"]["name"] = "<script>alert(1)</script> {{7*7}}"

    page = requests.get(opened(client, line_items=lines).url, timeout=5).text

    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=True)
    yield context.new_page()
    context.close()


def back_home(stand_in):
    return {"success_url": stand_in.url + "/?paid={CHECKOUT_SESSION_ID}", "cancel_url": stand_in.url + "/?left=1"}


@pytest.mark.browser
def test_a_payer_tries_a_bad_card_then_refuses_then_pays(client, stand_in, page):
    session = opened(client, **back_home(stand_in))
    page.goto(session.url)

    page.get_by_role("button", name="Card that is declined").click()
    expect(page.get_by_role("alert")).to_contain_text("Your card was declined.")
    page.locator("#pay-3ds").click()
    page.get_by_role("button", name="No, refuse this payment").click()
    expect(page.get_by_role("alert")).to_contain_text("unable to authenticate")
    page.locator("#pay-3ds").click()
    page.get_by_role("button", name="Yes, pay 440.00 USD").click()

    expect(page).to_have_url(re.compile(f"paid={session.id}$"))
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


@pytest.mark.browser
def test_a_payer_may_leave(client, stand_in, page):
    page.goto(opened(client, **back_home(stand_in)).url)

    page.locator("#leave").click()

    expect(page).to_have_url(re.compile("left=1$"))


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_fits(client, stand_in, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    asked, over, broken = opened(client), opened(client), opened(client)
    stand_in.pay(asked.id, "authentication")
    stand_in.pay(broken.id, "declined")
    client.v1.checkout.sessions.expire(over.id)
    faults = {}
    for address in [broken.url, f"{asked.url}/authenticate", over.url, stand_in.url, f"{stand_in.url}/nothing"]:
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        faults[address] = (Axe().run(page).violations_count, wide, page.locator("h1").count())

    assert set(faults.values()) == {(0, False, 1)}, faults
