"""Registering one person at the desk: the price first, then paid already or asked to pay."""

import re
from datetime import timedelta

import pytest

from conference import mail, payments, people, registration
from conference.kernel import clock, db, transaction
from conference.registration import Registration
from tests.cast import a_membership
from tests.staff.cast import a_registration, follow, page, somebody, taken, today

NEW = "/staff/registrations/T1/new"
CHECK, CHANGE = f"{NEW}/check", f"{NEW}/change"
ADA = {
    "email": "Ada@Example.org",
    "given_name": "Ada",
    "family_name": "Lovelace",
    "country": "GB",
    "category": "full",
    "mode": "in_person",
    "span": "whole",
    "payment": "link",
    "letter": "y",
    "total": "44000",
}
PAID = {"payment": "transfer", "reference": "Bank 12"}


def entry_of(meeting, email):
    return registration.registration_in(meeting, people.by_email(email))


def letters():
    return [each.kind for each in db.session.query(mail.Letter)]


def count():
    return db.session.query(Registration).count()


def test_one_person_is_registered_unpaid_with_the_place_held(meeting, cleo):
    shown = follow(cleo, cleo.post(NEW, data=ADA))

    entry = entry_of(meeting, "ada@example.org")
    assert (entry.state, payments.orders_with_line("registration", entry.id)[0].total_minor) == ("held", 44000)
    assert "Registered by staff" in shown
    assert letters() == ["to_pay"]


def test_the_price_is_shown_with_its_reason_and_nothing_happens_before(meeting, cleo):
    wish = {"extras": "dinner", "span": "whole"}

    told = " ".join(page(cleo.post(CHECK, data={**ADA, **wish, "total": ""})).split())

    for words in (
        f"Non-member price: no membership is valid on {today()}",
        "525.00 USD",
        "All of it is held until",
        "ada@example.org gets a letter with a link to pay",
        'name="total" value="52500"',
        "Register and send the payment link",
    ):
        assert words in told
    assert (count(), people.by_email("ada@example.org"), letters()) == (0, None, [])


def test_a_member_gets_the_member_price(meeting, cleo):
    ada = somebody("Ada")
    with transaction():
        a_membership(ada, clock.now())

    told = page(cleo.post(CHECK, data=ADA))

    assert "Member price: your membership is valid until" in told
    assert 'name="total" value="22000"' in told


def test_a_day_with_a_dinner_is_held_until_it_is_paid(meeting, cleo):
    wish = {"span": meeting.starts.isoformat(), "extras": "dinner", "total": "19500"}

    follow(cleo, cleo.post(NEW, data={**ADA, **wish}))

    entry = entry_of(meeting, "ada@example.org")
    (order,) = payments.orders_with_line("registration", entry.id)
    assert (entry.state, entry.span) == ("held", meeting.starts.isoformat())
    assert [line.amount_minor for line in order.lines] == [11000, 8500]
    assert (taken(), taken("Dinner")) == (1, 1)


def test_what_is_paid_by_hand_is_kept_with_its_way(meeting, cleo):
    shown = follow(cleo, cleo.post(NEW, data={**ADA, "payment": "cash"}))

    assert "Paid by hand: Paid in cash" in shown
    assert entry_of(meeting, "ada@example.org").state == "confirmed"


@pytest.mark.parametrize("total", ["", "43999", "x", "9" * 30])
def test_nobody_is_registered_at_a_price_that_was_not_shown(meeting, cleo, total):
    answer = cleo.post(NEW, data={**ADA, "total": total})

    assert answer.status_code == 409
    assert "The price has changed" in page(answer)
    assert 'name="total" value="44000"' in page(answer)
    assert (count(), letters()) == (0, [])


def test_going_back_to_change_something_loses_nothing(meeting, cleo):
    wish = {"extras": "dinner", "span": meeting.starts.isoformat(), "payment": "cash", "degrees": "PhD"}

    form = page(cleo.post(CHANGE, data={**ADA, **wish}))

    assert all(f'value="{text}"' in form for text in ("Ada@Example.org", "Lovelace", "PhD"))
    ticked = {re.search(r'name="(\w+)"', each)[1] for each in re.findall(r"<input[^>]* checked[^>]*>", form)}
    assert ticked == {"extras", "category", "mode", "payment", "letter"}
    assert f'<option selected value="{wish["span"]}"' in form


def test_after_the_last_price_window_nobody_is_entered(meeting, cleo):
    with transaction():
        meeting.windows[0].ends_at = clock.now() - timedelta(days=1)

    shown, answer = page(cleo.get(NEW)), cleo.post(CHECK, data=ADA)

    assert "No price holds today" in shown
    assert answer.status_code == 303


def test_names_are_filled_in_where_only_the_address_was_known(meeting, cleo):
    with transaction():
        people.find_or_enter(email="ada@example.org", now=clock.now())

    follow(cleo, cleo.post(NEW, data=ADA))

    assert people.by_email("ada@example.org").full_name == "Ada Lovelace"


def test_the_story_of_an_entry_by_hand_tells_its_sum_as_money(meeting, cleo):
    shown = follow(cleo, cleo.post(NEW, data=ADA))

    assert len(re.findall(r"total: 440\.00\sUSD", shown)) == 2


def test_one_person_is_registered_and_paid_by_hand(meeting, cleo):
    follow(cleo, cleo.post(NEW, data={**ADA, **PAID}))

    assert (entry_of(meeting, "ada@example.org").state, letters()) == ("confirmed", ["confirmed"])


def test_what_costs_nothing_is_settled_at_once_and_the_letter_can_wait(meeting, cleo):
    facts = {name: value for name, value in ADA.items() if name != "letter"}

    follow(cleo, cleo.post(NEW, data={**facts, "category": "regular", "total": "0"}))

    assert (entry_of(meeting, "ada@example.org").state, letters()) == ("confirmed", [])


def test_a_second_registration_is_blocked_and_the_first_is_shown(meeting, cleo):
    entry, _order = a_registration(meeting, "Ada")

    answer = cleo.post(NEW, data=ADA)

    assert answer.status_code == 422
    assert f"/staff/registration/{entry.ref}" in page(answer)
    assert count() == 1


def test_what_is_known_of_a_person_is_not_overwritten(meeting, cleo):
    somebody("Ada", institution="Old Institute")

    follow(cleo, cleo.post(NEW, data={**ADA, "institution": "New Institute"}))

    assert people.by_email("ada@example.org").institution == "Old Institute"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "nonsense"}, "not an e-mail address"),
        ({"given_name": "", "family_name": ""}, "Give at least one name"),
        ({"country": "XX"}, "Not a valid choice"),
        ({"category": "unknown"}, "Not a valid choice"),
        ({"payment": "transfer"}, "Say where the payment is found"),
        ({"payment": "terminal"}, "Say where the payment is found"),
        ({"payment": "promise"}, "Not a valid choice"),
        ({"extras": "dance"}, "not a valid choice"),
        ({"extras": "dinner", "mode": "virtual"}, "take place on site"),
        ({"span": "2020-01-01"}, "Not a valid choice"),
        ({"category": "regular", "mode": "virtual"}, "not offered"),
        ({"given_name": "x" * 301}, "longer than 300"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_and_nothing_typed_is_lost(meeting, cleo, change, words):
    answers = [cleo.post(address, data={**ADA, **change}) for address in (CHECK, NEW)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all(words in page(answer) for answer in answers)
    assert all("Lovelace" in page(answer) for answer in answers) or change.get("family_name") == ""
    assert (count(), people.by_email("ada@example.org")) == (0, None)


def test_a_full_house_refuses_and_keeps_nothing(meeting, cleo):
    for name in ("A1", "A2", "A3", "A4", "A5"):
        a_registration(meeting, name)

    answer = cleo.post(NEW, data={**ADA, "extras": "dinner"})

    assert (answer.status_code, people.by_email("ada@example.org")) == (422, None)
    assert "no place is left" in page(answer)


def test_what_is_sold_out_stands_disabled_and_unticked(meeting, cleo):
    for name in ("Ben", "Eve"):
        a_registration(meeting, name, extras=("dinner",))

    form = page(cleo.post(CHANGE, data={**ADA, "extras": "dinner"}))

    (dinner,) = re.findall(r'<input[^>]*value="dinner"[^>]*>', form)
    assert "disabled" in dinner
    assert "checked" not in dinner
