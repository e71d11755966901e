"""What is shown while one chooses is what is charged: with the code that was typed, and without it where it does not hold."""

import re

import pytest

from conference import registration
from conference.kernel import clock, transaction
from conference.registration import Effect, Scope
from tests.checkout.test_codes import a_code, counts, meeting
from tests.checkout.test_typing_codes import guest

__all__ = ["counts", "guest", "meeting"]

WISHES = [
    {"category": "full", "mode": "in_person", "span": "whole"},
    {"category": "full", "mode": "virtual", "span": "whole"},
    {"category": "full", "mode": "in_person", "span": "2027-05-12"},
    {"category": "full", "mode": "in_person", "span": "whole", "extras": ["dinner"]},
    {"category": "student", "mode": "in_person", "span": "whole"},
    {"category": "student", "mode": "in_person", "span": "whole", "extras": ["dinner", "tour"]},
]
CODES = {
    "half": {"effect": Effect.PERCENT, "percent": 50},
    "fifty": {"effect": Effect.AMOUNT, "amount_minor": 5000, "scope": Scope.ALL},
    "comp": {"effect": Effect.COMP},
    "dinner": {"effect": Effect.PERCENT, "percent": 25, "scope": Scope.ADD_ON},
}


@pytest.fixture
def shop(meeting):
    with transaction():
        student = registration.add_category(meeting, code="student", name="Student")
        registration.set_price(student, meeting.windows[0], amount_minor=15000)
        for code, minor in (("dinner", 9000), ("tour", 3000)):
            registration.offer_add_on(meeting, code=code, title=code.title(), amount_minor=minor, places=9)
    return meeting


def amounts(text):
    """(the total, [each amount]) of the summary of a price on a page."""
    summary = text[text.index('class="price-summary"') :]
    summary = summary[: summary.index("</section>")]
    found = re.findall(r'class="price-amount">([^<]+)<', summary)
    return found[-1], found


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: "-".join(map(str, wish.values())))
@pytest.mark.parametrize("code", CODES)
def test_what_is_shown_while_choosing_is_what_is_charged(shop, guest, code, wish):
    browser, ada = guest
    browser.post("/meetings/T1/register/choice", data=WISHES[3])
    a_code(shop, code.upper(), **CODES[code])
    assert browser.post("/meetings/T1/register/code", data={"discount_code": code}).status_code == 303

    live = browser.get("/meetings/T1/register/choice/price", query_string=wish).text
    browser.post("/meetings/T1/register/choice", data=wish)
    browser.post("/meetings/T1/register/questions", data={})
    review = browser.get("/meetings/T1/register/review").text
    if code == "dinner" and not wish.get("extras"):  # it takes nothing off: said, and shown without it
        assert "takes nothing off" in live and "takes nothing off" in review
        browser.post("/meetings/T1/register/code/remove")
        review = browser.get("/meetings/T1/register/review").text

    assert amounts(live) == amounts(review)
    total = registration.offer_for(
        registration.registration_in(shop, ada), meeting=shop, person=ada, now=clock.now()
    ).total
    assert f"{total.decimal_text} USD" == amounts(live)[0]


def test_a_code_of_another_category_is_said_beside_the_price_without_it(shop, guest):
    browser, _ada = guest
    a_code(shop, "STUDY", category_id=registration.category_by_code(shop, "student").id)
    browser.post("/meetings/T1/register/choice", data=WISHES[4])
    browser.post("/meetings/T1/register/code", data={"discount_code": "study"})

    other = browser.get("/meetings/T1/register/choice/price", query_string=WISHES[0]).text
    own = browser.get("/meetings/T1/register/choice/price", query_string=WISHES[4]).text

    assert "STUDY is for another category" in other and amounts(other)[0] == "440.00 USD"
    assert amounts(own)[0] == "75.00 USD" and "left out" not in own
