"""The programme and one's own schedule without a network, and what is left of them on the device after signing out."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import sign_in_by_password

pytestmark = pytest.mark.browser
SCHEDULE = "/meetings/AM28/schedule"


def left_on(page):
    """The names of the copies on the device, once its owner's are gone; the policy forbids waiting in the page."""
    for _ in range(100):
        names = page.evaluate("caches.keys()")
        if not any(name.startswith("plenary-account") for name in names):
            break
        page.wait_for_timeout(50)
    return names


def test_what_was_kept_is_read_without_a_network_and_ones_own_goes_with_signing_out(new_page, running):
    page = new_page()
    sign_in_by_password(page, running, "attendee@example.org", to=SCHEDULE)
    page.locator(".programme-day").first.click()
    with page.expect_response(lambda answer: answer.request.method == "POST"):  # it is starred before it is looked for
        page.locator("form.star button").first.click()
    title = page.locator(".session-title").first.inner_text()
    day = page.url
    page.goto(f"{SCHEDULE}/mine")
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.locator("#offline [role=status]")).to_have_text(re.compile(r"^Kept on this device: \d+ pages"))

    page.context.set_offline(True)
    page.goto(day)
    expect(page.locator(".offline-note")).to_contain_text("copy kept on this device, of ")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()  # as everybody sees it
    page.goto(f"{SCHEDULE}/mine")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_role("link", name="My page")).to_be_visible()
    page.goto(f"{SCHEDULE}/search?q=vector")
    expect(page.get_by_role("heading", level=1)).to_have_text("Without a network")

    page.context.set_offline(False)
    page.goto("/account/security")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert "plenary-account" not in " ".join(left_on(page))
    page.context.set_offline(True)
    page.goto(f"{SCHEDULE}/mine")
    expect(page.get_by_role("heading", level=1)).to_have_text("Without a network")
    page.goto(day)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
