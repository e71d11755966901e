"""Guests at the desk: who may bring them, who comes with whom, and adding, renaming and cancelling on somebody's behalf."""

import csv
import io
import re

import pytest

from conference import checkout, mail, payments, registration
from conference.kernel import clock, db, transaction
from conference.registration import Wish
from tests.staff.cast import a_registration, an_order, follow, page, settle, somebody
from tests.staff.together import became, begin, checked, work

LIST = "/staff/registrations/T1"
MARIA = {
    "given_name": "Maria",
    "family_name": "Byron",
    "country": "",
    "category": "guest",
    "span": "whole",
    "mode": "in_person",
}


@pytest.fixture
def guest_category(meeting):
    """Guests cost 55; nobody may bring any yet."""
    with transaction():
        made = registration.add_category(meeting, code="guest", name="Accompanying person", kind="guest", position=5)
        registration.set_price(made, meeting.windows[0], amount_minor=5500)
    return made


@pytest.fixture
def ada(meeting, guest_category):
    entry, _order = a_registration(meeting, "Ada")
    return entry


@pytest.fixture
def maria(meeting, ada, guest_category):
    """Ada's guest, added by the desk and paid in cash."""
    now = clock.now()
    with transaction():
        host = registration.by_id(ada.id)
        facts = {"category": guest_category, "wish": Wish("guest"), "by": None, "now": now, "by_office": True}
        guest = registration.guests.add(host, names={"given_name": "Maria", "family_name": "Byron"}, **facts)
        checkout.enter_guests(host, paid_as="cash", seen_total=5500, by=ada.person, now=now)
    return registration.by_id(guest.id)


def seen_in(text, name):
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', text)[1]


def total_in(client, entry):
    return seen_in(page(client.get(f"/staff/registration/{entry.ref}/guests")), "total")


def guests_of(entry):
    return [(each.person.full_name, str(each.state)) for each in registration.guests.guests_of(entry)]


def letters_to(address):
    return [each.kind for each in db.session.query(mail.Letter).filter_by(to_email=address).order_by(mail.Letter.id)]


def test_a_guest_is_added_and_whoever_brings_them_is_asked_to_pay(meeting, ada, cleo):
    home = f"/staff/registration/{ada.ref}/guests"
    follow(cleo, cleo.post(f"{home}/new", data=MARIA))
    assert guests_of(ada) == [("Maria Byron", "draft")]

    told = follow(cleo, cleo.post(home, data={"payment": "link", "reference": "", "total": total_in(cleo, ada)}))

    assert guests_of(ada) == [("Maria Byron", "held")] and "Maria Byron" in told
    assert letters_to("ada@example.org") == ["confirmed", "to_pay"]
    letter = db.session.query(mail.Letter).filter_by(kind="to_pay").one()
    assert "Guests of yours have been entered for Meeting T1" in letter.body and "55.00" in letter.body


def test_paid_at_the_desk_a_guest_is_registered_at_once(meeting, ada, cleo):
    home = f"/staff/registration/{ada.ref}/guests"
    cleo.post(f"{home}/new", data=MARIA)
    unfound = cleo.post(home, data={"payment": "transfer", "reference": "", "total": total_in(cleo, ada)})
    assert unfound.status_code == 422 and guests_of(ada) == [("Maria Byron", "draft")]

    follow(cleo, cleo.post(home, data={"payment": "cash", "reference": "", "total": total_in(cleo, ada)}))

    assert guests_of(ada) == [("Maria Byron", "confirmed")]
    assert letters_to("ada@example.org") == ["confirmed", "confirmed"]


def test_another_sum_is_shown_first_and_whoever_is_named_can_be_taken_off(meeting, ada, cleo):
    home = f"/staff/registration/{ada.ref}/guests"
    cleo.post(f"{home}/new", data=MARIA)

    answer = cleo.post(home, data={"payment": "cash", "reference": "", "total": "1"})

    assert answer.status_code == 409 and "The price has changed" in page(answer)
    (guest,) = registration.guests.drafts_of(ada)
    follow(cleo, cleo.post(f"{home}/{guest.ref}/remove"))
    assert guests_of(ada) == []


def test_guests_come_only_with_somebody_who_is_registered(meeting, guest_category, cleo):
    held, _order = an_order(meeting, somebody("Eve"))

    assert "Guests come with somebody who is registered" in follow(
        cleo, cleo.get(f"/staff/registration/{held.ref}/guests")
    )


def test_the_pages_of_both_lead_to_each_other(ada, maria, cleo):
    hers, guests = (page(cleo.get(f"/staff/registration/{each.ref}")) for each in (ada, maria))

    assert f"/staff/registration/{maria.ref}" in hers and "Accompanying person" in hers
    assert f"/staff/registration/{ada.ref}" in guests and "none: letters go to Ada Demo" in guests
    assert "Change the e-mail address" not in guests and "Answers" not in guests


def test_the_list_says_with_whom_somebody_comes_and_can_be_asked_for_guests(meeting, ada, maria, cleo):
    columns = "columns=name,host"
    yes, no = (page(cleo.get(f"{LIST}?guest={answer}&{columns}&sort=host")) for answer in ("yes", "no"))

    assert "Byron, Maria" in yes and "Demo, Ada" in yes and yes.count("<tr>") == 2
    assert "Byron, Maria" not in no and "Demo, Ada" in no


def test_downloads_name_the_host(meeting, ada, maria, cleo):
    for address in (f"{LIST}/export.csv", f"{LIST}/export.csv?guest=yes"):
        rows = list(csv.DictReader(io.StringIO(page(cleo.get(address)).removeprefix("\ufeff"))))
        guest = next(row for row in rows if row["given_name"] == "Maria")
        assert (guest["guest_of"], guest["email"], guest["category"]) == ("Demo, Ada", "", "guest")


def test_reports_count_guests_under_their_category(meeting, ada, maria, cleo):
    told = page(cleo.get("/staff/reports/T1"))

    assert "category=guest" in told and "Accompanying person" in told and "not given" in told


def test_a_guest_is_renamed_without_a_country(maria, cleo):
    address = f"/staff/registration/{maria.ref}/details"
    typed = {
        "given_name": "Anna",
        "family_name": "Noether",
        "country": "",
        "seen": seen_in(page(cleo.get(address)), "seen"),
    }

    follow(cleo, cleo.post(address, data=typed))

    assert registration.by_id(maria.id).person.full_name == "Anna Noether"


def test_a_guest_is_cancelled_on_behalf_and_the_host_is_told(ada, maria, cleo):
    address = f"/staff/registration/{maria.ref}/change"
    asked = {"waived": "y", "reason": "Cannot travel", "ends": "1"}
    shown = page(cleo.get(f"{address}/check", query_string=asked))

    follow(cleo, cleo.post(address, data={**asked, "seen": seen_in(shown, "seen")}))

    assert registration.by_id(maria.id).state == "cancelled" and registration.by_id(ada.id).state == "confirmed"
    assert letters_to("ada@example.org")[-1] == "changed"


def test_cancelling_the_host_names_the_guests_first(ada, maria, cleo):
    asked = {"waived": "y", "reason": "Cannot travel", "ends": "1"}
    shown = page(cleo.get(f"/staff/registration/{ada.ref}/change/check", query_string=asked))
    assert "Their guests are cancelled with them" in shown and "Maria Byron" in shown

    cleo.post(f"/staff/registration/{ada.ref}/change", data={**asked, "seen": seen_in(shown, "seen")})

    assert (registration.by_id(ada.id).state, registration.by_id(maria.id).state) == ("cancelled", "cancelled")


def test_a_refund_of_the_host_names_the_guest_who_goes_first(ada, maria, fay):
    order = payments.orders_with_line("registration", ada.id)[0]
    later = payments.orders_with_line("registration", maria.id)[0]
    typed = {"lines": [str(line.id) for line in order.lines], "amount": "440", "reason": "ill"}

    answer = fay.post(f"/staff/order/{order.ref}/refund/check", data=typed)

    assert answer.status_code == 422 and f"take it back from order {later.ref} first" in page(answer)


def test_the_confirmation_again_goes_to_the_host_once_whoever_is_in_the_list(meeting, ada, maria, cleo):
    told = follow(cleo, cleo.post(f"/staff/registration/{maria.ref}/letter"))
    assert "ada@example.org" in told and letters_to("ada@example.org")[-1] == "confirmed"

    told = checked(cleo, "letters-again")
    assert "Send 1 letter" in told and "a guest: it stands in the letter to whoever brings them" in told


def test_whoever_ends_with_somebody_is_not_cancelled_twice(meeting, ada, maria, cleo):
    typed = {"how": "free", "reason": "called off"}

    told = checked(cleo, "cancel", typed)
    begin(cleo, "cancel", typed)
    work()

    assert "Cancel 1 registration" in told and "ends with whoever brings them" in told
    assert became() == {"Ada": ("done", "")}
    assert [registration.by_id(each.id).state for each in (ada, maria)] == ["cancelled", "cancelled"]


def test_the_search_finds_a_guest_and_an_order_of_guests_alone(ada, maria, cleo):
    order = payments.orders_with_line("registration", maria.id)[0]

    found = page(cleo.get("/staff/?q=maria+byron"))

    assert f"/staff/registration/{maria.ref}" in found
    assert cleo.get(f"/staff/?q={order.ref}").location.endswith(f"/staff/order/{order.ref}")
    assert "Maria Byron" in page(cleo.get(f"/staff/order/{order.ref}"))


def test_nobody_without_the_role_reaches_them(ada, maria, fay, dov, stranger):
    home = f"/staff/registration/{ada.ref}/guests"

    assert [client.get(home).status_code for client in (fay, dov)] == [403, 403]
    assert stranger.get(home).status_code == 303
    assert fay.post(f"{home}/new", data=MARIA).status_code == 403


def test_settling_by_hand_is_told_as_for_everybody(meeting, ada, cleo):
    home = f"/staff/registration/{ada.ref}/guests"
    cleo.post(f"{home}/new", data=MARIA)
    cleo.post(home, data={"payment": "link", "reference": "", "total": total_in(cleo, ada)})
    (guest,) = registration.guests.guests_of(ada)
    order = payments.orders_with_line("registration", guest.id)[0]

    settle(order)

    assert guests_of(ada) == [("Maria Byron", "confirmed")]
