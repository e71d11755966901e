"""A person registers for the annual meeting, pays, finds sessions and gets a badge; staff see all of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import give_details, go_on, pay, refund, register, sign_in_by_code, sign_in_by_password

pytestmark = pytest.mark.browser
REGISTER = "/meetings/AM28/register"


def test_a_newcomer_registers_joins_pays_and_finds_badge_and_sessions(new_page, running):
    page = new_page()
    page.goto("/")
    page.get_by_role("link", name="Register").first.click()
    sign_in_by_code(page, running, "zoe@example.org", to=REGISTER)
    register(page, "Zoë", "Newcomer", category="full", extras=("writing",), dues="active")
    expect(page.locator(".price-total")).to_contain_text("705.00 USD")

    pay(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("You are registered")
    expect(page.locator("main")).to_contain_text("Member price: you join in this order")
    page.get_by_role("link", name="See your badge").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("badge")
    expect(page.locator("main img").first).to_have_js_property("complete", True)
    page.goto("/meetings/AM28/schedule")
    page.locator(".programme-day").first.click()
    with page.expect_response(re.compile(r"/stars/\d+$")):
        page.locator(".star-button").first.click()
    page.goto("/meetings/AM28/schedule/mine")
    expect(page.locator(".session-row")).to_have_count(1)


def test_a_declined_card_can_be_tried_again_and_strong_authentication_passes(new_page, running):
    page = new_page()
    sign_in_by_code(page, running, "yan@example.org", to=REGISTER)
    register(page, "Yan", "Careful")

    pay(page, "#pay-declined")
    expect(page.locator("#payment-error")).to_be_visible()
    page.locator("#pay-3ds").click()
    page.locator("#authenticate-complete").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("You are registered")


def test_leaving_the_payment_page_keeps_the_place_and_giving_it_back_frees_it(new_page, running):
    page = new_page()
    sign_in_by_code(page, running, "xia@example.org", to=REGISTER)
    register(page, "Xia", "Undecided")

    pay(page, "#leave")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your places are held")
    page.get_by_role("button", name="Give my places back").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("This order was not paid")
    page.get_by_role("link", name="Go on with my registration").click()
    expect(page.locator("input[name=given_name]")).to_have_value("Xia")


def test_a_bank_debit_is_on_its_way_first(new_page, running):
    page = new_page()
    sign_in_by_code(page, running, "will@example.org", to=REGISTER)
    register(page, "Will", "Patient")

    pay(page, "#pay-debit")

    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("Your payment is on its way|You are registered")
    )


def test_the_whole_way_works_without_javascript_on_a_telephone(new_page, running):
    page = new_page(width=360, javascript=False)
    sign_in_by_code(page, running, "vera@example.org", to=REGISTER)
    register(page, "Vera", "Plain")

    pay(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("You are registered")


def test_what_was_forgotten_is_said_at_the_field_and_nothing_is_lost(new_page, running):
    page = new_page()
    sign_in_by_code(page, running, "una@example.org", to=REGISTER)
    page.locator("input[name=given_name]").fill("Una")
    page.locator("input[name=family_name]").fill("Hasty")

    go_on(page)

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("input[name=family_name]")).to_have_value("Hasty")


def test_staff_find_a_registration_refund_it_and_its_holder_sees_that(new_page, running):
    page = new_page()
    sign_in_by_code(page, running, "tom@example.org", to=REGISTER)
    register(page, "Tom", "Leaving")
    pay(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are registered")

    desk = new_page()
    sign_in_by_password(desk, running, "desk@example.org", to="/staff/")
    desk.get_by_role("searchbox").fill("tom@example.org")
    desk.get_by_role("searchbox").press("Enter")
    refund(desk, "ill")

    expect(desk.locator("main")).to_contain_text("taken back")
    page.reload()
    expect(page.locator("main")).to_contain_text(re.compile(r"260\.00 USD (goes|was sent) back"))


def test_somebody_joins_without_a_meeting_and_stands_as_a_member(new_page, running):
    page = new_page()
    sign_in_by_code(page, running, "sol@example.org", to="/members/join")
    page.locator("input[name=type][value=active]").check()
    page.locator("main form button[type=submit]").first.click()
    page.locator("#pay-card").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: your membership is paid")
    page.goto("/members/")
    expect(page.locator("main")).to_contain_text("Active")


def test_the_price_follows_the_choice(new_page, running):
    page = new_page()
    sign_in_by_code(page, running, "rui@example.org", to=REGISTER)
    give_details(page, "Rui", "Curious")

    page.locator("input[name=category][value=trainee]").check()
    expect(page.locator(".live-price .price-total")).to_contain_text("260.00 USD")
    page.locator("input[name=dues][value=associate]").check()

    expect(page.locator(".live-price .price-total")).to_contain_text("210.00 USD")
