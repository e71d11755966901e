"""Something is done to many: rows ticked from the keyboard, shown first, done by the worker; and undone. Without a script too."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import sign_in_by_password

pytestmark = pytest.mark.browser
LIST = "/staff/registrations/AM28?state=confirmed&sort=name"


@pytest.fixture
def desk(new_page, running):
    """A browser at the list."""

    def at(**how):
        page = new_page(**how)
        sign_in_by_password(page, running, "desk@example.org", to="/staff/")
        page.goto(LIST, wait_until="networkidle")  # the behaviours have come
        return page

    return at


def test_rows_are_walked_ticked_and_opened_from_the_keyboard(desk):
    page = desk()
    names = page.locator("tbody th a")

    for key in ("j", "x", "ArrowDown", "ArrowDown", "x", "k"):
        page.keyboard.press(key)

    expect(names.nth(1)).to_be_focused()
    expect(page.locator("input.tick:checked")).to_have_count(2)
    expect(page.locator(".bulk-count")).to_have_text("2 ticked")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox").first).to_be_focused()
    names.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Registrations of AM28")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("Registrations of AM28")


def test_a_range_and_a_whole_page_are_ticked_at_once(desk):
    page = desk()
    boxes = page.locator("tbody input.tick")

    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator(".bulk-count")).to_have_text("4 ticked")
    page.get_by_role("checkbox", name="Tick all rows of this page").check()

    expect(page.locator(".bulk-count")).to_have_text(f"{boxes.count()} ticked")


def give_ribbons(page, name):
    """From the list with ticked rows to what it would do."""
    page.get_by_label("What to do").select_option("add-ribbons")
    page.get_by_role("button", name="To the ticked rows…").click()
    page.locator("input[name=ribbons]").fill(name)
    page.get_by_role("button", name="See what it would do").click()
    expect(page.locator("main")).to_contain_text("Nothing has happened yet")


def test_ticked_people_get_ribbons_and_each_gets_back_what_it_had(desk):
    page = desk()
    for number in (0, 2):
        page.locator("tbody input.tick").nth(number).check()

    give_ribbons(page, "Helper")
    page.get_by_role("button", name="Change 2 badges").click()
    expect(page.locator("main")).to_contain_text("Finished", timeout=60_000)
    page.get_by_role("button", name=re.compile("^Undo")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Undo: Add ribbons: Helper")
    expect(page.locator("main")).to_contain_text("Finished", timeout=60_000)


def test_without_a_script_on_a_small_screen_it_is_the_same(desk):
    page = desk(width=360, javascript=False)
    page.locator("tbody input.tick").first.check()

    give_ribbons(page, "Guide")
    page.get_by_role("button", name="Change 1 badge").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Add ribbons: Guide")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
