"""Steps that several journeys take."""

import re

from playwright.sync_api import expect


def sign_in_by_code(page, running, email, *, to="/account/"):
    """Prove an address by the code in the letter."""
    page.goto(f"/account/sign-in?next={to}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    page.locator("input[name=code]").fill(running.code_for(email))
    page.locator("main form button[type=submit]").first.click()


def sign_in_by_password(page, running, email, *, to="/account/"):
    """The other way in, for those who have a password."""
    page.goto(f"/account/sign-in/password?next={to}")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(running.password_of(email))
    page.locator("main form button[type=submit]").first.click()


def give_details(page, given, family):
    """The badge's name and where one is from."""
    page.locator("input[name=given_name]").fill(given)
    page.locator("input[name=family_name]").fill(family)
    page.locator("input[name=institution]").fill("Example Institute")
    page.locator("select[name=country]").select_option("US")
    go_on(page)


def choose(page, *, category="trainee", extras=(), dues=""):
    """What one needs."""
    page.locator(f"input[name=category][value={category}]").check()
    for code in extras:
        page.locator(f"input[name=extras][value={code}]").check()
    page.locator(f"input[name=dues][value='{dues}']").check()
    go_on(page)


def answer(page):
    """The questions and the code of conduct."""
    page.locator("input[name=q_first_time][value=yes]").check()
    page.locator("input[name=conduct]").check()
    go_on(page)


def go_on(page):
    """The one main button of a step."""
    page.get_by_role("button", name="Save and go on").click()


def register(page, given, family, **wishes):
    """Every step up to the summed-up page."""
    give_details(page, given, family)
    choose(page, **wishes)
    answer(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check and pay")


def pay(page, how="#pay-card"):
    """From the summed-up page to the payment service and through it."""
    page.get_by_role("button", name=re.compile("^Pay ")).click()
    page.locator(how).click()


def refund(page, reason):
    """At the desk, from a registration's story: all of it goes back."""
    page.get_by_role("link", name="Refund or take back…").click()
    for box in page.locator("input[name=lines]").all():
        box.check()
    page.locator("[name=reason]").fill(reason)
    page.get_by_role("button", name="See what will happen").click()
    page.get_by_role("button", name=re.compile("^Refund ")).click()
