"""The README's pictures, taken of the served demo by bin/pictures; not part of the suite."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import answer, choose, give_details, pay, sign_in_by_code, sign_in_by_password

pytestmark = pytest.mark.pictures
FOLDER = Path(os.environ.get("PICTURES", "docs/pictures"))
REGISTER = "/meetings/AM28/register"


def keep(page, name):
    """One picture of what is in the window, small enough for a repository."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('.notice[data-flash]').forEach((each) => each.remove())")
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=72)


def refuse(page):
    """Away with the banner, as most people do."""
    page.goto("/")
    page.get_by_role("button", name="Refuse all").click()


def test_public_pages(new_page, running):
    page = new_page()
    page.goto("/")
    keep(page, "front")
    refuse(page)
    page.goto("/meetings/AM28/")
    keep(page, "meeting")
    page.goto("/meetings/AM28/schedule/2027-05-12")
    keep(page, "programme")
    narrow = new_page(width=360, scheme="dark")
    refuse(narrow)
    narrow.goto("/meetings/AM28/schedule/2027-05-12")
    keep(narrow, "programme-telephone")


def test_registering(new_page, running):
    page = new_page()
    refuse(page)
    sign_in_by_code(page, running, "ines@example.org", to=REGISTER)
    give_details(page, "Inês", "Figueira-Duarte")
    page.locator("input[name=category][value=full]").check()
    expect(page.locator(".live-price .price-total")).to_be_visible()
    keep(page, "choice")
    choose(page, category="full", extras=("vectors",), dues="active")
    answer(page)
    keep(page, "review")
    pay(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are registered")
    page.goto("/meetings/AM28/badge")
    keep(page, "badge")


def test_the_desk(new_page, running):
    desk = new_page()
    refuse(desk)
    sign_in_by_password(desk, running, "admin@example.org", to="/staff/")
    keep(desk, "desk")
    desk.goto("/staff/registrations/AM28")
    keep(desk, "registrations")
    desk.goto("/staff/schedule/AM28/timetable?day=2027-05-12")
    keep(desk, "timetable")
    desk.goto("/staff/prices/AM28")
    keep(desk, "prices")
    desk.goto("/staff/reports/AM28")
    keep(desk, "reports")
    desk.goto("/staff/registrations/AM28/walk-in?q=am")
    keep(desk, "walk-in")
    desk.goto("/staff/money/payout/po_demo_1")
    keep(desk, "payout")
    desk.goto("/staff/money/books")
    desk.locator("main table a").first.click()
    keep(desk, "books")


def test_who_pays_for_others(new_page, running):
    for who, name, picture in (
        ("lab", "Example Institute of Vector Biology", "group"),
        ("booth", "Northlight Vectors", "booth"),
    ):
        page = new_page()
        refuse(page)
        sign_in_by_password(page, running, f"{who}@example.org", to="/meetings/AM28/group")
        page.get_by_role("link", name=name).first.click()
        keep(page, picture)
