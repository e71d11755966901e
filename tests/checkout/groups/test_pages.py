"""A group in the browser: its payer, its attendees and the desk each do their part, and nobody does another's."""

import re

import pytest

from conference import payments, registration
from conference.kernel import transaction
from conference.registration import groups
from tests.checkout.acting import place, state_of, taken
from tests.checkout.groups.acting import back_to, entry_of, letters_to, order, ordered, people_of, seat, seat_id
from tests.checkout.groups.conftest import steps
from tests.signing_in import signed_in

ADA, BEN, CLEO, DOV = "ada@example.org", "ben@example.org", "cleo@example.org", "dov@example.org"


@pytest.fixture
def path(group):
    return f"/meetings/T1/group/{group.ref}"


@pytest.fixture
def as_ada(context, group):
    return signed_in(context, ADA)


def seen_in(page):
    return re.search(r'name="seen" value="([^"]*)"', page.text)[1]


def test_the_payer_gives_a_seat_away_from_the_groups_page(as_ada, group, ben, path, now):
    ordered(group, now, BEN)
    seat_path = f"{path}/seats/{seat_id(group, BEN)}"
    assert seat_path in as_ada.get(path).text and f"{seat_path}/give" in as_ada.get(seat_path).text
    typed = {"email": CLEO, "given_name": "Cleo", "family_name": "New"}
    assert as_ada.get(f"{seat_path}/give").status_code == 200
    assert as_ada.post(f"{seat_path}/give/check", data={**typed, "email": "cleo"}).status_code == 422

    shown = as_ada.post(f"{seat_path}/give/check", data=typed)
    assert people_of(group) == {BEN: "paid"}
    assert "Cleo New: Meeting T1" in shown.text
    answer = as_ada.post(f"{seat_path}/give", data={**typed, "seen": seen_in(shown)})

    assert (answer.status_code, people_of(group)) == (303, {CLEO: "paid"})
    assert "Cleo New" in as_ada.get(path).text


def test_a_double_click_gives_it_once(as_ada, group, ben, path, now):
    ordered(group, now, BEN)
    seat_path, typed = f"{path}/seats/{seat_id(group, BEN)}", {"email": CLEO, "given_name": "Cleo"}
    seen = seen_in(as_ada.post(f"{seat_path}/give/check", data=typed))

    answers = [as_ada.post(f"{seat_path}/give", data={**typed, "seen": seen}).status_code for _click in range(2)]

    assert (answers, people_of(group), taken()) == ([303, 409], {CLEO: "paid"}, 1)


def test_a_fee_leads_the_payer_to_its_payment(as_ada, stripe, meeting, group, ben, path, now):
    with transaction():
        registration.changes.set_steps(meeting, steps(now, fee=2500), by=None, now=now)
    ordered(group, now, BEN)
    seat_path, typed = f"{path}/seats/{seat_id(group, BEN)}", {"email": CLEO, "given_name": "Cleo"}
    shown = as_ada.post(f"{seat_path}/give/check", data=typed)
    assert "25.00" in shown.text

    answer = as_ada.post(f"{seat_path}/give", data={**typed, "seen": seen_in(shown)})

    assert answer.location.startswith(stripe.url) and people_of(group) == {BEN: "paid"}
    assert "waits for its payment" in as_ada.get(seat_path).text


def test_the_payer_sees_what_comes_back_and_takes_a_seat_back(as_ada, group, ada, ben, path, now):
    ordered(group, now, BEN)
    seat_path = f"{path}/seats/{seat_id(group, BEN)}"
    shown = as_ada.get(f"{seat_path}/end")
    assert "340.00" in shown.text and people_of(group) == {BEN: "paid"}

    answer = as_ada.post(f"{seat_path}/end", data={"seen": seen_in(shown)})

    assert (answer.status_code, people_of(group), back_to(ada)) == (303, {BEN: "ended"}, 34000)


def test_what_only_the_desk_may_decide_is_no_payers_to_post(as_ada, group, ada, ben, path, now):
    ordered(group, now, BEN)
    seat_path = f"{path}/seats/{seat_id(group, BEN)}"
    seen = seen_in(as_ada.get(f"{seat_path}/end"))

    as_ada.post(f"{seat_path}/end", data={"seen": seen, "waived": "y", "reason": "because"})

    assert back_to(ada) == 34000


def test_the_desk_acts_for_the_payer_without_a_fee_and_says_why(context, meeting, group, ada, ben, path, now):
    with transaction():
        registration.changes.set_steps(meeting, steps(now, fee=2500), by=None, now=now)
    ordered(group, now, BEN)
    desk = signed_in(context, "desk@example.org", roles=["registration"], given_name="Desk", family_name="Demo")
    seat_path, typed = f"{path}/seats/{seat_id(group, BEN)}", {"email": CLEO, "given_name": "Cleo", "waived": "y"}
    assert desk.post(f"{seat_path}/give/check", data=typed).status_code == 422

    shown = desk.post(f"{seat_path}/give/check", data={**typed, "reason": "ill"})
    desk.post(f"{seat_path}/give", data={**typed, "reason": "ill", "seen": seen_in(shown)})

    assert (people_of(group), groups.orders_of(group)[0].person_id) == ({CLEO: "paid"}, ada.id)
    assert "Seat given to somebody else" in desk.get(path).text


def test_what_the_desk_asks_for_waits_for_the_payers_money(context, meeting, group, ada, ben, path, now):
    with transaction():
        registration.changes.set_steps(meeting, steps(now, fee=2500), by=None, now=now)
    ordered(group, now, BEN)
    desk = signed_in(context, "desk@example.org", roles=["registration"], given_name="Desk", family_name="Demo")
    seat_path, typed = f"{path}/seats/{seat_id(group, BEN)}", {"email": CLEO, "given_name": "Cleo", "reason": ""}
    shown = desk.post(f"{seat_path}/give/check", data=typed)
    answer = desk.post(f"{seat_path}/give", data={**typed, "seen": seen_in(shown)})

    made = groups.orders_of(group)[0]
    assert (answer.location, made.state, made.person_id) == (path, "open", ada.id)
    assert ("to_pay_for_others", ADA) in letters_to() and (made.expires_at - made.placed_at).days == 14


def test_nobody_reaches_the_seat_or_the_group_of_another_by_its_address(context, group, ben, path, now):
    ordered(group, now, BEN)
    one, made = seat_id(group, BEN), groups.orders_of(group)[0].ref
    ben_browser, finance = signed_in(context, BEN), signed_in(context, "fin@example.org", roles=["finance"])

    for browser in (ben_browser, finance):
        looked = [
            browser.get(f"{path}{end}").status_code
            for end in (
                "",
                f"/seats/{one}",
                f"/seats/{one}/give",
                f"/seats/{one}/end",
                "/seats.csv",
                "/seats.xlsx",
                f"/statements/{made}.pdf",
            )
        ]
        done = [
            browser.post(f"{path}{end}").status_code
            for end in (
                f"/seats/{one}/give",
                f"/seats/{one}/end",
                f"/seats/{one}/remove",
                "/remind",
                f"/seats/{one}/take-out",
                f"/seats/{one}/put-back",
            )
        ]
        assert (set(looked), set(done)) == ({404}, {404})
    assert ben_browser.get(f"/orders/{made}").status_code == 404


def test_a_seat_is_reached_through_its_own_group_alone(as_ada, meeting, group, ada, ben, path, now):
    ordered(group, now, BEN)
    with transaction():
        other = groups.make(meeting=meeting, coordinator=ada, by=ada, now=now, name="Other Lab")
    theirs = f"/meetings/T1/group/{other.ref}"

    assert as_ada.get(f"{theirs}/seats/{seat_id(group, BEN)}").status_code == 404
    assert as_ada.get(f"{theirs}/statements/{groups.orders_of(group)[0].ref}.pdf").status_code == 404


def test_the_payer_takes_out_puts_back_edits_and_removes(as_ada, group, ben, path, now):
    seat(group, BEN, now)
    seat(group, CLEO, now)
    made = order(group, now)
    one = f"{path}/seats/{seat_id(group, BEN)}"
    assert as_ada.post(f"{one}/remove").status_code == 409

    as_ada.post(f"{one}/take-out")
    assert (people_of(group), payments.order_by_id(made.id).due.minor) == ({BEN: "open", CLEO: "held"}, 44000)
    wish = {"category": "full", "mode": "virtual", "span": "whole", "given_name": "Benjamin", "grant": "R02"}
    assert as_ada.get(f"{one}/edit").status_code == 200
    assert as_ada.post(f"{one}/edit", data={**wish, "category": "gold"}).status_code == 422
    assert as_ada.post(f"{one}/edit", data=wish).status_code == 303
    changed = groups.seats_of(group)[0].seat
    assert (changed.name, changed.mode, changed.grant) == ("Benjamin", "virtual", "R02")
    assert as_ada.post(f"{path}/seats/{seat_id(group, CLEO)}/edit", data=wish).status_code == 422

    assert as_ada.post(f"{one}/remove").status_code == 303
    assert people_of(group) == {CLEO: "held"}


def test_who_was_taken_out_is_asked_for_no_more_at_the_payment_page(as_ada, stripe, group, ben, path, now):
    seat(group, BEN, now)
    seat(group, CLEO, now)
    as_ada.post(f"{path}/order", data={"total": "88000"})
    [made] = groups.orders_of(group)
    first = made.session_id

    as_ada.post(f"{path}/seats/{seat_id(group, BEN)}/take-out")
    as_ada.post(f"/orders/{made.ref}/pay")

    second = payments.order_by_id(made.id).session_id
    assert (first != second, payments.gateway.look_up(first).status) == (True, "expired")
    assert payments.gateway.look_up(second).amount == 44000
    assert "440.00" in as_ada.get(f"/orders/{made.ref}").text


def test_those_who_miss_something_are_reminded_once_in_three_days(as_ada, meeting, group, ben, path, now):
    ordered(group, now, BEN, CLEO)
    with transaction():
        registration.answer(entry_of(meeting, BEN), answers={}, conduct_code=None, now=now)

    assert as_ada.post(f"{path}/remind").status_code == 303
    assert [each for each in letters_to() if each[0] == "seat_reminder"] == [("seat_reminder", CLEO)]
    assert as_ada.post(f"{path}/remind").status_code == 409
    assert "were reminded on" in as_ada.get(path).text


def test_seats_are_shown_by_state_and_search_and_taken_along(as_ada, group, ben, path, now):
    ordered(group, now, BEN, grant="R01")
    seat(group, CLEO, now, given_name="Cleo", grant="R02")

    assert CLEO not in as_ada.get(f"{path}?view=paid").text and CLEO in as_ada.get(f"{path}?text=r02").text
    table = as_ada.get(f"{path}/seats.csv?view=open").text.splitlines()
    assert len(table) == 2 and table[1].startswith("Cleo,cleo@example.org,Full")
    assert as_ada.get(f"{path}/seats.xlsx").data.startswith(b"PK")


def test_two_tabs_order_once(as_ada, group, ben, path, now):
    seat(group, BEN, now)
    total = re.search(r'name="total" value="(\d+)"', as_ada.get(f"{path}/order").text)[1]

    answers = [as_ada.post(f"{path}/order", data={"total": total, "pay": "later"}).status_code for _tab in range(2)]

    assert (answers, len(groups.orders_of(group)), taken()) == ([303, 409], 1, 1)


def test_an_order_that_is_given_back_leaves_its_seats_to_be_ordered_again(as_ada, group, ben, path, now):
    seat(group, BEN, now)
    made = order(group, now)

    as_ada.post(f"/orders/{made.ref}/give-back")

    assert (state_of(made), people_of(group), taken()) == ("lapsed", {BEN: "open"}, 0)
    assert "Check and order 1 seat" in as_ada.get(path).text


def test_who_stands_in_the_way_of_an_order_is_a_link_to_their_seat(meeting, as_ada, group, ben, path, now):
    seat(group, BEN, now)
    place(meeting, ben, now)

    shown = as_ada.get(f"{path}/order").text

    assert "Some seats stand in the way" in shown and f'href="{path}/seats/{seat_id(group, BEN)}/edit"' in shown
