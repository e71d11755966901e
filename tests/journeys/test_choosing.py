"""While somebody chooses days, what their ticket does not cover cannot be ticked; without a script the server says so."""

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import give_details, sign_in_by_code

pytestmark = pytest.mark.browser
CHOICE = "/meetings/AM28/register/choice"


def at_the_choice(page, running, email):
    sign_in_by_code(page, running, email, to="/meetings/AM28/register")
    give_details(page, "Ola", "Chooser")


def box(page, code):
    return page.locator(f"input[name=extras][value={code}]")


def test_add_ons_follow_the_days_and_the_way_of_taking_part(new_page, running):
    page = new_page()
    at_the_choice(page, running, "ola@example.org")
    box(page, "writing").check()

    page.locator("select[name=span]").select_option("2027-05-13")
    expect(box(page, "writing")).to_be_disabled()
    expect(box(page, "writing")).not_to_be_checked()
    expect(box(page, "dinner")).to_be_enabled()
    expect(page.locator("main form")).to_contain_text("Not on your day")

    page.locator("select[name=span]").select_option("whole")
    expect(box(page, "writing")).to_be_checked()
    page.locator("input[name=mode][value=virtual]").check()
    expect(box(page, "dinner")).to_be_disabled()
    page.locator("input[name=mode][value=in_person]").check()
    expect(box(page, "dinner")).to_be_enabled()
    expect(box(page, "trials")).to_be_disabled()  # sold out stays so


def test_without_a_script_another_day_is_refused_at_the_field(new_page, running):
    page = new_page(javascript=False)
    at_the_choice(page, running, "oli@example.org")
    page.locator("input[name=category][value=full]").check()
    page.locator("select[name=span]").select_option("2027-05-13")
    box(page, "writing").check()

    page.get_by_role("button", name="Save and go on").click()

    expect(page.locator("#extras-error")).to_contain_text("on another day than your ticket")
    expect(box(page, "writing")).to_be_checked()
