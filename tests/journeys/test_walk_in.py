"""A walk-in at the counter: few keys, few pages, the badge in a frame ready to print; and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import sign_in_by_password

pytestmark = pytest.mark.browser
DESK = "/staff/registrations/AM28/walk-in"
# Chromium without a screen has no printer: what is printed is noted instead.
NOTE_PRINTS = "window.print = () => fetch('/healthz?printed=' + encodeURIComponent(location.pathname))"


class Keys:
    """Types, and counts what was pressed and how many pages were loaded."""

    def __init__(self, page):
        self.page, self.pressed, self.loads, self.printed = page, 0, [], []
        page.on("framenavigated", self._note_page)
        page.on("request", self._note_print)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def fill(self, text):
        """A whole field counts as one."""
        self.page.keyboard.type(text)
        self.pressed += 1

    def _note_page(self, frame):
        if frame == self.page.main_frame:
            self.loads.append(frame.url)

    def _note_print(self, request):
        if "printed=" in request.url:
            self.printed.append(request.url)


@pytest.fixture
def counter(new_page, running):
    """A browser at the counter, signed in, with nobody in front of it yet."""

    def at(**how):
        page = new_page(**how)
        page.add_init_script(NOTE_PRINTS)
        sign_in_by_password(page, running, "desk@example.org", to=DESK)
        expect(page.locator("#walk-q")).to_be_focused()
        return page

    return at


def test_somebody_new_is_registered_paid_in_and_has_a_badge_in_three_pages(counter):
    page = counter()
    keys = Keys(page)

    keys.fill("walter@example.org")
    keys.press("Enter")
    expect(page.locator("input[name=given_name]")).to_be_focused()
    for text in ("Walter", "Walkin", "Example Institute", "Swed"):
        keys.fill(text)
        keys.press("Tab")
    keys.press("Tab", "Space")
    expect(page.locator(".walk-total")).to_contain_text("660.00 USD")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Right so?")
    expect(page.locator(".walk-badge")).to_contain_text("Walter")
    expect(page.get_by_role("button", name=re.compile("^Register"))).to_be_focused()
    with page.expect_request(re.compile(r"printed=%2Fstaff%2Fbadges%2F\w+\.pdf")):
        keys.press("Enter")

    expect(page.locator(".walk-done")).to_contain_text("Walter Walkin")
    expect(page.locator(".walk-done")).to_contain_text("in since")
    expect(page.locator("iframe.walk-frame")).to_be_visible()
    expect(page.locator("#walk-q")).to_be_focused()
    assert len(keys.printed) == 1
    assert len(keys.loads) == 3 + 1  # the last is the address without the wish to print, not a page
    assert keys.pressed == 14
    page.reload()
    expect(page.locator(".walk-done")).to_contain_text("Walter Walkin")
    assert len(keys.printed) == 1


def test_somebody_known_is_found_while_one_types_and_needs_no_field(counter):
    page = counter()
    page.locator("summary", has_text="This counter").click()
    page.locator("#category").select_option("full")
    page.get_by_role("button", name="Save for this counter").click()
    expect(page.locator(".flashes")).to_contain_text("The counter is set.")  # keys pressed before this page are lost
    expect(page.locator("#walk-q")).to_be_focused()
    keys = Keys(page)

    keys.fill("attendee@")
    expect(page.locator(".walk-person")).to_have_count(2)
    page.locator("#walk-q").fill("attendee@example.org")
    keys.press("Enter")
    expect(page.get_by_role("button", name="Check", exact=True)).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Register"))).to_be_focused()
    keys.press("Enter")

    expect(page.locator(".walk-done")).to_contain_text("Registered")
    assert keys.pressed == 4
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator(".flashes")).to_contain_text("taken back")


def test_a_name_is_walked_with_the_arrows_and_the_same_person_is_one_key(counter):
    page = counter()
    page.locator("#walk-q").fill("attendee")
    expect(page.locator(".walk-person").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".walk-person").first).to_be_focused()
    name = page.locator(".walk-person .walk-name").first.inner_text()
    family, given = name.split("\n")[0].split(", ")
    page.goto(f"{DESK}?new=1&q=another@example.org")
    page.locator("input[name=given_name]").fill(family)
    page.locator("input[name=family_name]").fill(given.split(" ")[0])
    page.locator("select[name=country]").select_option("US")
    page.locator("input[name=category][value=full]").check()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it one of these?")

    page.keyboard.press("1")

    expect(page.locator("input[name=email]")).to_have_value("attendee@example.org")


def test_the_counter_works_without_a_script_on_a_small_screen(counter):
    page = counter(width=360, javascript=False)
    page.keyboard.type("wanda@example.org")
    page.keyboard.press("Enter")
    page.locator("input[name=given_name]").fill("Wanda")
    page.locator("select[name=country]").select_option("US")
    page.locator("input[name=category][value=full]").check()
    page.locator("input[name=given_name]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Right so?")
    page.get_by_role("button", name=re.compile("^Register")).press("Enter")

    expect(page.locator(".walk-done")).to_contain_text("Wanda")
    expect(page.get_by_role("button", name="Print the badge")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
