"""The counter: found or typed in, checked, registered once, paid and in; and nothing is charged unseen."""

import re
from datetime import timedelta

import pytest

from conference import audit, door, mail, payments, people, registration
from conference.kernel import clock, db, transaction
from conference.registration import Registration
from conference.staff.models import Station, WalkIn
from tests.cast import a_membership
from tests.staff.cast import a_registration, an_order, page, somebody, taken

DESK = "/staff/registrations/T1/walk-in"
CHECK = f"{DESK}/check"
ADA = {
    "email": "Ada@Example.org", "given_name": "Ada", "family_name": "Lovelace", "institution": "Example Institute",
    "country": "GB", "category": "full", "mode": "in_person", "span": "whole", "payment": "cash", "letter": "y",
    "check_in": "y", "prints": "y", "total": "44000", "token": "AAAAAAAAAAAAAAAAAAAA",
}  # fmt: skip


def entry_of(meeting, email="ada@example.org"):
    return registration.registration_in(meeting, people.by_email(email))


def count():
    return db.session.query(Registration).count()


def flat(answer):
    return " ".join(page(answer).split())


def hidden(text, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)[1]


def test_somebody_new_is_looked_for_checked_and_registered_with_three_presses_of_enter(meeting, cleo):
    form = flat(cleo.get(f"{DESK}?q=ada@example.org"))
    checked = cleo.post(CHECK, data={**ADA, "token": hidden(form, "token"), "total": ""})
    total, token = (hidden(flat(checked), name) for name in ("total", "token"))
    done = cleo.post(DESK, data={**ADA, "total": total, "token": token})
    shown = flat(cleo.get(done.location))

    assert (checked.status_code, total) == (200, "44000")
    assert 'value="ada@example.org"' in form
    assert (count(), taken()) == (1, 1)
    entry = entry_of(meeting)
    (order,) = payments.orders_with_line("registration", entry.id)
    assert (entry.state, order.state, payments.balance_of(order).minor) == ("confirmed", "paid", 0)
    assert door.check_in_of(entry) is not None
    assert [each.kind for each in db.session.query(mail.Letter)] == ["confirmed"]
    assert "Ada Lovelace" in shown
    assert "data-now" in shown
    assert f'action="/staff/badges/{entry.ref}"' in shown


def test_the_check_repeats_the_badge_and_the_price_and_nothing_happens_before(meeting, cleo):
    told = flat(cleo.post(CHECK, data=ADA))

    for words in (
        "Lovelace",
        "United Kingdom",
        "440.00 USD",
        "Paid in cash",
        "Checked in at once",
        "left to the attendee",
    ):
        assert words in told
    assert (count(), people.by_email("ada@example.org"), db.session.query(mail.Letter).count()) == (0, None, 0)


def test_two_presses_of_enter_register_once(meeting, cleo):
    answers = [cleo.post(DESK, data=ADA) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert (count(), db.session.query(WalkIn).count(), taken()) == (1, 1, 1)


def test_a_price_that_has_changed_between_check_and_confirm_is_told_and_never_charged(meeting, cleo):
    total = hidden(flat(cleo.post(CHECK, data=ADA)), "total")
    with transaction():
        category = registration.category_by_code(meeting, "full")
        registration.set_price(category, meeting.windows[0], amount_minor=50000)

    answer = cleo.post(DESK, data={**ADA, "total": total})

    assert answer.status_code == 409
    assert "The price has changed" in page(answer)
    assert hidden(page(answer), "total") == "50000"
    assert (count(), db.session.query(payments.Payment).count()) == (0, 0)


def test_a_name_finds_those_who_are_known_and_leads_to_somebody_new(meeting, cleo):
    somebody("Ada", family_name="Lovelace")
    a_registration(meeting, "Adam")

    told = page(cleo.get(f"{DESK}?q=ada"))

    assert told.count('class="walk-person"') == 3
    assert "Lovelace, Ada" in told
    assert "Registered" in told
    assert "Somebody new: ada" in told


@pytest.mark.parametrize(
    ("typed", "given_name", "family_name"),
    [("Zoë van Nobody", "Zoë van", "Nobody"), ("Nobody, Zoë", "Zoë", "Nobody"), ("Nobody", "", "Nobody")],
)
def test_a_name_that_nobody_has_stands_in_the_form_at_once(meeting, cleo, typed, given_name, family_name):
    form = page(cleo.get(DESK, query_string={"q": typed}))

    assert [hidden(form, name) for name in ("given_name", "family_name")] == [given_name, family_name]


def test_who_is_known_gets_the_form_filled_in_at_the_price_of_their_standing(meeting, cleo):
    ada = somebody("Ada")
    with transaction():
        a_membership(ada, clock.now())

    form = flat(cleo.get(f"{DESK}?q=ada@example.org"))

    assert hidden(form, "institution") == "Example Institute"
    assert '<option selected value="US">' in form
    assert "220.00 USD" in form


def test_what_is_paid_later_is_held_and_nobody_is_let_in(meeting, cleo):
    done = cleo.post(DESK, data={**ADA, "payment": "link"})

    entry = entry_of(meeting)
    assert (entry.state, door.check_in_of(entry)) == ("held", None)
    assert "owes 440.00" in page(cleo.get(done.location))
    assert [each.kind for each in db.session.query(mail.Letter)] == ["to_pay"]


def test_a_ticket_for_another_day_is_sold_and_says_why_its_holder_is_not_in(meeting, cleo):
    with transaction():
        meeting.starts, meeting.ends = (clock.now().date() + timedelta(days=days) for days in (-1, 5))
        category = registration.category_by_code(meeting, "full")
        span = (clock.now().date() + timedelta(days=3)).isoformat()
        registration.set_price(category, meeting.windows[0], amount_minor=100, span=span)

    done = cleo.post(DESK, data={**ADA, "span": span, "total": "100"})

    assert done.status_code == 303, page(done)
    assert "Not checked in: This is a day ticket for" in flat(cleo.get(done.location))


def test_the_way_of_paying_stands_in_the_trail_with_the_name_of_the_counter(meeting, cleo):
    cleo.post(f"{DESK}/station", data={"name": "Desk 2", "category": "full", "payment": "terminal", "prints": "y"})
    form = flat(cleo.get(f"{DESK}?q=ada@example.org"))

    cleo.post(DESK, data={**ADA, "payment": "terminal"})

    ticked = set(re.findall(r'name="(\w+)"[^>]*checked', form) + re.findall(r'checked[^>]*name="(\w+)"', form))
    assert {"category", "payment", "prints"} <= ticked
    order = payments.orders_with_line("registration", entry_of(meeting).id)[0]
    assert "Paid at the card terminal: Desk 2" in [each.note for each in audit.story_of(order)]
    assert "Desk 2" in page(cleo.get(DESK))


def test_a_counter_is_set_for_one_browser_without_a_cookie_of_its_own(meeting, cleo, context):
    answer = cleo.post(f"{DESK}/station", data={"name": "Desk 2", "payment": "cash"})

    assert "Set-Cookie" not in answer.headers or "plenary" in answer.headers["Set-Cookie"]
    assert [each.name for each in db.session.query(Station)] == ["Desk 2"]


def test_a_transfer_needs_a_reference_and_nothing_typed_is_lost(meeting, cleo):
    answer = cleo.post(CHECK, data={**ADA, "payment": "transfer"})

    assert answer.status_code == 422
    assert "Say where the payment is found" in page(answer)
    assert hidden(page(answer), "family_name") == "Lovelace"


def test_a_full_house_is_said_before_anything_is_kept(meeting, cleo):
    for name in ("A1", "A2", "A3", "A4", "A5"):
        a_registration(meeting, name)

    answer = cleo.post(CHECK, data=ADA)

    assert answer.status_code == 422
    assert people.by_email("ada@example.org") is None


def test_finance_and_strangers_have_no_counter(meeting, fay, dov, stranger):
    assert [client.get(DESK).status_code for client in (fay, dov, stranger)] == [403, 403, 303]
    assert fay.post(DESK, data=ADA).status_code == 403


def test_the_pieces_that_a_script_asks_for(meeting, cleo):
    ada = somebody("Ada")
    with transaction():
        a_membership(ada, clock.now())

    found = page(cleo.get(f"{DESK}/people?q=ad"))
    prices = [
        page(cleo.get(f"{DESK}/price?category=full&mode=in_person&span=whole&person={ref}")) for ref in ("", ada.ref)
    ]

    assert f"person={ada.ref}" in found
    assert "<html" not in found
    assert ["440.00" in prices[0], "220.00" in prices[1]] == [True, True]
    assert "Choose a category" in page(cleo.get(f"{DESK}/price"))


def test_after_the_last_price_window_nobody_is_taken_in(meeting, cleo):
    with transaction():
        meeting.windows[0].ends_at = clock.now() - timedelta(days=1)

    assert "No price holds today" in page(cleo.get(f"{DESK}?q=ada@example.org"))
    assert cleo.post(CHECK, data=ADA).status_code == 303


def test_the_draft_that_somebody_had_begun_is_what_the_counter_shows(meeting, cleo):
    with transaction():
        entry = registration.start(meeting=meeting, person=people.by_id(somebody_id()), now=clock.now())
        category = registration.category_by_code(meeting, "full")
        wish = registration.Wish("full", extras=("dinner",))
        registration.choose(entry, category=category, wish=wish, dues_code="", now=clock.now())

    form = flat(cleo.get(f"{DESK}?q=bea@example.org"))

    assert "525.00 USD" in form


def somebody_id():
    return people.enter(email="bea@example.org", given_name="Bea", country="US", now=clock.now()).id


def test_an_order_that_waits_is_not_registered_a_second_time(meeting, cleo):
    an_order(meeting, somebody("Ada"))

    answer = cleo.post(DESK, data=ADA)

    assert answer.status_code == 409
    assert "Take 440.00" in page(answer)
