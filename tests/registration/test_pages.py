"""Registering page by page: nothing typed is lost, nothing unsold is taken, and nobody sees another's."""

import re

import pytest

from conference import checkout, payments, people, registration
from conference.kernel import clock, db, transaction
from tests.cast import a_draft, a_meeting, a_membership_type, a_person
from tests.signing_in import signed_in

BASE = "/meetings/T1/register"


@pytest.fixture
def meeting(context):
    with transaction():
        found = a_meeting(clock.now())
        registration.ask(found, code="diet", label="What do you eat?", kind="choice", choices=["Everything", "Other"])
        registration.ask(
            found,
            code="other",
            label="What else?",
            kind="text",
            is_required=True,
            condition=registration.when("diet", "Other"),
        )
        registration.publish_conduct_code(found, version="1", text="Be kind.", now=clock.now())
    return found


@pytest.fixture
def ada(context, meeting):
    return signed_in(context, "ada@example.org", given_name="Ada", family_name="Demo", country="US")


def choose(client, **changes):
    facts = {"category": "full", "mode": "in_person", "span": "whole", "dues": "", **changes}
    return client.post(f"{BASE}/choice", data=facts)


def person():
    return people.by_email("ada@example.org")


def begun(client):
    known = {"given_name": "Ada", "family_name": "Demo", "country": "US"}
    assert client.post(f"{BASE}/details", data=known).status_code == 303


def test_a_stranger_is_led_to_prove_an_address_first(client, meeting):
    answer = client.get(BASE)

    assert (answer.status_code, answer.location) == (303, f"/account/sign-in?next={BASE}")


def test_the_steps_lead_to_an_order_with_frozen_reasons(ada, meeting):
    begun(ada)
    assert choose(ada).location == f"{BASE}/questions"
    assert ada.post(f"{BASE}/questions", data={"q_diet": "Everything", "conduct": "y"}).location == f"{BASE}/review"
    page = ada.get(f"{BASE}/review").text
    assert "Pay 440.00 USD" in page and "Non-member price" in page

    ada.post(f"{BASE}/review", data={"total": "44000"})

    [order] = payments.orders_of(person())
    assert (order.total_minor, order.state, order.lines[0].rule["window"]) == (44000, "open", "regular")


def test_a_choice_that_is_not_sold_is_refused_at_the_field(ada, meeting):
    begun(ada)

    answer = choose(ada, span="2027-05-12", mode="virtual")

    assert answer.status_code == 422 and "not offered for these days" in answer.text


def test_a_required_question_is_needed_only_when_it_is_asked(ada, meeting):
    begun(ada)
    choose(ada)

    missing = ada.post(f"{BASE}/questions", data={"q_diet": "Other", "conduct": "y"})
    fine = ada.post(f"{BASE}/questions", data={"q_diet": "Other", "q_other": "No nuts", "conduct": "y"})

    assert (missing.status_code, fine.status_code) == (422, 303)
    assert registration.answers_of(registration.registration_in(meeting, person())) == {
        "diet": "Other",
        "other": "No nuts",
    }


def test_a_missing_answer_names_its_question_on_top_and_at_the_field(ada, meeting):
    begun(ada)
    choose(ada)

    page = ada.post(f"{BASE}/questions", data={"q_diet": "Other", "conduct": "y"}).text

    assert re.findall(r'<a href="#q_other">([^<]*)</a>', page) == ["What else: an answer is needed."]
    assert page.count("What else: an answer is needed.") == 2


def test_a_fault_that_names_no_field_of_its_own_is_named_on_top(ada, meeting):
    begun(ada)

    page = choose(ada, category="", span="tomorrow").text

    assert re.findall(r'<a href="#[^"]*">([^<]*)</a>', page) == [
        "Who are you registering as: Choose a category.", "Which days: Not a valid choice.",
    ]  # fmt: skip


def test_answers_given_again_take_the_place_of_the_first(ada, meeting):
    begun(ada)
    choose(ada)
    for other in ("No nuts", "No milk"):
        ada.post(f"{BASE}/questions", data={"q_diet": "Other", "q_other": other, "conduct": "y"})

    given = registration.answers_of(registration.registration_in(meeting, person()))

    assert given == {"diet": "Other", "other": "No milk"}


def test_an_answer_that_no_longer_applies_is_not_kept(ada, meeting):
    begun(ada)
    choose(ada)

    ada.post(f"{BASE}/questions", data={"q_diet": "Everything", "q_other": "left over", "conduct": "y"})

    assert registration.answers_of(registration.registration_in(meeting, person())) == {"diet": "Everything"}


def test_without_the_code_of_conduct_one_cannot_go_on(ada, meeting):
    begun(ada)
    choose(ada)

    answer = ada.post(f"{BASE}/questions", data={"q_diet": "Everything"})

    [fault] = re.findall(r'<a href="#conduct">([^<]*)</a>', answer.text)
    assert answer.status_code == 422 and fault.startswith("Please read the code of conduct")


def test_a_second_click_leads_to_the_one_order(ada, meeting):
    begun(ada)
    choose(ada)
    ada.post(f"{BASE}/questions", data={"conduct": "y"})

    first, second = (ada.post(f"{BASE}/review", data={"total": "44000"}) for _ in range(2))

    [order] = payments.orders_of(person())
    assert (first.status_code, second.status_code) == (303, 303)
    assert order.ref in first.location and second.location in (f"{BASE}/mine", BASE)


def test_a_price_that_moved_since_it_was_shown_is_shown_again(ada, meeting):
    begun(ada)
    choose(ada)
    ada.post(f"{BASE}/questions", data={"conduct": "y"})

    answer = ada.post(f"{BASE}/review", data={"total": "1"})

    assert answer.status_code == 409 and "price has changed" in answer.text
    assert payments.orders_of(person()) == []


def test_joining_in_the_same_order_is_offered_and_counts(ada, meeting):
    with transaction():
        a_membership_type()
    begun(ada)
    choose(ada, dues="active")
    ada.post(f"{BASE}/questions", data={"conduct": "y"})

    page = ada.get(f"{BASE}/review").text

    assert "Pay 445.00 USD" in page and "you join in this order" in page


@pytest.mark.parametrize("path", ["", "/pay", "/give-back", "/letter", "/receipt.pdf", "/calendar.ics", "/return"])
def test_nobody_reaches_another_persons_order(context, ada, meeting, path):
    with transaction():
        ben = a_person("Ben", clock.now())
        draft = a_draft(meeting, ben, clock.now())
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=ben, now=clock.now())
    ask = ada.post if path in ("/pay", "/give-back", "/letter") else ada.get

    assert ask(f"/orders/{order.ref}{path}").status_code == 404
    db.session.rollback()


@pytest.mark.parametrize(
    "data",
    [
        {"category": "\x00", "mode": "in_person", "span": "whole"},
        {"category": "full" * 200, "mode": "x", "span": "y"},
        {"category": "{{7*7}}", "mode": "<b>", "span": "whole", "extras": ["%ED%A0%80", "a"]},
        {},
    ],
)
def test_nonsense_gets_its_page_back_and_never_a_fault(ada, meeting, data):
    begun(ada)

    assert ada.post(f"{BASE}/choice", data=data).status_code == 422


@pytest.mark.parametrize("wish", [{"category": "\0"}, {"dues": "\0"}, {"extras": "\0"}, {"span": "\0"}, {"mode": "x"}])
def test_the_price_of_what_was_never_offered_is_not_asked_of_the_database(ada, meeting, wish):
    begun(ada)
    facts = {"category": "full", "mode": "in_person", "span": "whole", "dues": "", **wish}

    answer = ada.get(f"{BASE}/choice/price", query_string=facts)

    assert (answer.status_code, "USD" in answer.text) == (200, False)


def test_the_price_of_a_hidden_category_is_not_told(ada, meeting):
    begun(ada)
    with transaction():
        registration.category_by_code(meeting, "full").is_on_offer = False

    wish = {"category": "full", "mode": "in_person", "span": "whole", "dues": ""}

    assert "USD" not in ada.get(f"{BASE}/choice/price", query_string=wish).text


def test_the_price_is_shown_while_one_chooses(ada, meeting):
    begun(ada)

    wish = {"category": "full", "mode": "in_person", "span": "whole", "dues": ""}

    assert "440.00 USD" in ada.get(f"{BASE}/choice/price", query_string=wish).text


def test_dues_that_nobody_could_have_named_are_refused_in_words(ada):
    assert ada.post("/checkout/dues", data={"type": "\0"}).location == "/members/join"
