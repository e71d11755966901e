"""An exhibitor's contact and their pages: what is free of charge and left, names, badges without a person, what is taken along."""

from datetime import timedelta
from io import BytesIO

import pymupdf
import pytest

from conference import payments, people, registration
from conference.kernel import clock, transaction
from conference.registration import exhibitors, groups
from conference.registration.groups import SeatState
from tests.cast import a_person
from tests.checkout.exhibitors.acting import a_kind, an_exhibitor, badge, count, order
from tests.checkout.exhibitors.conftest import a_show
from tests.checkout.groups.acting import states
from tests.signing_in import signed_in
from tests.staff.cast import page

TYPED = {"category": "expo", "mode": "in_person", "span": "whole"}


@pytest.fixture
def meeting(context):
    with transaction():
        return a_show(clock.now())


@pytest.fixture
def kind(meeting):
    with transaction():
        return a_kind(meeting, clock.now(), company_most=1)


@pytest.fixture
def acme(meeting, kind):
    with transaction():
        return an_exhibitor(meeting, kind, clock.now())


@pytest.fixture
def contact(context, acme):
    """The browser of Acme's contact."""
    return signed_in(context, "contact@example.org", given_name="Con", family_name="Tact", country="US")


def home_of(exhibitor):
    return f"/meetings/T1/group/{exhibitor.group.ref}"


def write(client, exhibitor, name, **others):
    return client.post(
        f"{home_of(exhibitor)}/seats/new",
        data={**TYPED, "email": f"{name.lower()}@example.org", "given_name": name, "family_name": "Booth", **others},
    )


def place(client, exhibitor, total):
    return client.post(f"{home_of(exhibitor)}/order", data={"total": str(total)})


def printed(answer):
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    return "\n".join(each.get_text() for each in pymupdf.open(stream=answer.data))


def test_a_contact_sees_what_is_free_orders_it_and_has_nothing_to_pay(acme, contact):
    shown = page(contact.get(home_of(acme)))
    for part in ("Badges of your booth", "0 of 2", "2 badges for each booth", "300.00", "400.00"):
        assert part in shown, part

    assert write(contact, acme, "Ann").status_code == 303
    assert "Within the allotment of booth 214: 1 of 2" in page(contact.get(f"{home_of(acme)}/order"))
    done = place(contact, acme, 0)

    assert done.status_code == 303 and "/orders/" in done.location
    shown = page(contact.get(home_of(acme)))
    assert "1 of 2" in shown and "Ann Booth" in shown
    assert (states(acme.group), count(acme)) == ([SeatState.PAID], (2, 1, 1))
    assert people.by_email("ann@example.org").institution == "Acme"


def test_the_form_asks_nothing_where_there_is_nothing_to_choose(acme, contact):
    shown = page(contact.get(f"{home_of(acme)}/seats/new"))

    assert '<input type="hidden" name="category" value="expo">' in shown
    assert "<select" not in shown and "Add-ons" not in shown


def test_the_price_of_an_extra_badge_is_confirmed_before_it_is_ordered(acme, contact):
    for name in ("Ann", "Bo", "Cy"):
        write(contact, acme, name)
    assert "Extra badge: the 2 of booth 214 are used" in page(contact.get(f"{home_of(acme)}/order"))

    refused = place(contact, acme, 0)

    assert refused.status_code == 409 and "price has changed" in page(refused)
    assert count(acme) == (2, 0, 0)


def test_badges_of_the_company_alone_are_added_as_many_as_may_be(acme, contact):
    address = f"{home_of(acme)}/company-badges"
    assert contact.post(address, data={"count": "1"}).status_code == 303
    again = contact.post(address, data={"count": "1"})

    assert again.status_code == 422 and "cannot be had" in page(again)
    assert contact.post(address, data={"count": "none"}).status_code == 422
    shown = page(contact.get(home_of(acme)))
    assert "with the company’s name only" in shown and "(1 of 1)" in shown
    (seated,) = groups.seats_of(acme.group)
    shown = page(contact.get(f"{home_of(acme)}/seats/{seated.seat.id}"))
    assert "whoever is at the booth" in shown and "None" not in shown


def test_a_file_of_names_needs_no_category(acme, contact):
    csv = {"file": (BytesIO(b"email,given_name,family_name\nann@example.org,Ann,Booth\n"), "booth.csv")}

    checked = contact.post(f"{home_of(acme)}/roster", data=csv)
    contact.post(checked.location)

    assert [each.seat.category.code for each in groups.seats_of(acme.group)] == ["expo"]


def test_other_companies_are_not_there(context, meeting, kind, acme, contact):
    with transaction():
        bolt = an_exhibitor(meeting, kind, clock.now(), company="Bolt", email="bolt@example.org")
    badge(bolt, "Bo", clock.now())
    order(bolt, clock.now())
    key = groups.seats_of(bolt.group)[0].seat.id

    for path in ("", "/badges", "/badges.pdf", "/collecting.pdf", "/order", f"/seats/{key}", "/seats.csv", "/roster"):
        assert contact.get(home_of(bolt) + path).status_code == 404, path
    assert contact.post(f"{home_of(bolt)}/company-badges", data={"count": "1"}).status_code == 404


def test_the_badges_are_seen_as_they_were_written_and_nothing_else_of_their_people(acme, contact):
    now = clock.now()
    with transaction():
        a_person("Famous", now, family_name="Hidden", institution="Secret Institute", degrees="PhD")
        wish = registration.Wish("expo")
        groups.add_seat(acme.group, email="famous@example.org", wish=wish, by=None, now=now)
    badge(acme, "Ann", now, family_name="Booth")
    order(acme, now)

    shown, text = page(contact.get(f"{home_of(acme)}/badges")), printed(contact.get(f"{home_of(acme)}/badges.pdf"))

    assert "Ann" in shown and "Ann" in text and "Booth" in text and "Exhibitor badge" in text
    for part in ("Hidden", "Secret", "PhD", "Famous"):
        assert part not in shown and part not in text, part
    codes = [registration.by_id(each.seat.registration_id).badge_code for each in groups.seats_of(acme.group)]
    assert not any(code in text.replace(" ", "") for code in codes)


def test_whoever_collects_the_badges_has_a_list_of_them(acme, contact):
    now = clock.now()
    contact.post(f"{home_of(acme)}/company-badges", data={"count": "1"})
    badge(acme, "Ann", now, family_name="Booth")
    assert contact.get(f"{home_of(acme)}/collecting.pdf").status_code == 404  # nothing is settled yet
    order(acme, now)

    text = printed(contact.get(f"{home_of(acme)}/collecting.pdf"))

    for part in ("Collecting badges", "Acme", "Booth 214", "2 badges", "Ann Booth", "company’s name only"):
        assert part in text, part


def test_a_name_is_changed_free_of_charge_until_its_day(meeting, acme, contact):
    now = clock.now()
    badge(acme, "Ann", now)
    order(acme, now)
    (seated,) = groups.seats_of(acme.group)
    seat = f"{home_of(acme)}/seats/{seated.seat.id}"
    assert "At any time, free of charge." in page(contact.get(seat))

    checked = page(contact.post(f"{seat}/give/check", data={"email": "dee@example.org", "given_name": "Dee"}))
    seen = checked.partition('name="seen" value="')[2].partition('"')[0]
    done = contact.post(f"{seat}/give", data={"email": "dee@example.org", "given_name": "Dee", "seen": seen})

    assert done.status_code == 303
    assert [each.seat.name for each in groups.seats_of(acme.group)] == ["Dee"]
    assert count(acme) == (2, 1, 1)


def test_after_its_day_a_name_is_refused_or_costs_its_fee(meeting, kind, acme, contact):
    now = clock.now()
    badge(acme, "Ann", now)
    order(acme, now)
    (seated,) = groups.seats_of(acme.group)
    check = f"{home_of(acme)}/seats/{seated.seat.id}/give/check"
    with transaction():
        exhibitors.change_kind(kind, names_until=now - timedelta(minutes=1), by=None, now=now)
    dee = {"email": "dee@example.org", "given_name": "Dee"}
    assert "names could be changed is over" in page(contact.post(check, data=dee))
    assert "is over" in page(write(contact, acme, "Bo"))

    with transaction():
        exhibitors.change_kind(kind, late="late_fee", late_fee_minor=2500, by=None, now=now)

    shown = page(contact.post(check, data=dee))
    assert "25.00" in shown and "The name was given after" in shown
    assert write(contact, acme, "Bo").status_code == 303


def test_a_badge_is_taken_back_at_any_time_without_a_table(acme, contact):
    now = clock.now()
    badge(acme, "Ann", now)
    order(acme, now)
    (seated,) = groups.seats_of(acme.group)
    end = f"{home_of(acme)}/seats/{seated.seat.id}/end"
    shown = page(contact.get(end))
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]

    assert contact.post(end, data={"seen": seen}).status_code == 303

    assert (count(acme), states(acme.group)) == ((2, 0, 0), [SeatState.ENDED])


def test_the_desk_acts_for_the_contact_also_after_the_day_of_names(context, kind, acme):
    with transaction():
        exhibitors.change_kind(kind, names_until=clock.now() - timedelta(minutes=1), by=None, now=clock.now())
    cleo = signed_in(context, "cleo@example.org", roles=("registration",), given_name="Cleo")

    assert write(cleo, acme, "Ann").status_code == 303
    assert place(cleo, acme, 0).status_code == 303

    assert count(acme) == (2, 1, 1)
    assert payments.differences() == [] and registration.miscounted() == []


def test_other_groups_know_nothing_of_booths(context, meeting, acme):
    ada = signed_in(context, "ada@example.org", given_name="Ada", country="US")
    with transaction():
        who = people.by_email("ada@example.org")
        facts = {"name": "Lab", "bill_to": "", "tax_id": "", "po_number": "", "note": ""}
        made = groups.make(meeting=meeting, coordinator=who, by=who, now=clock.now(), **facts)

    assert "Badges of your booth" not in page(ada.get(f"/meetings/T1/group/{made.ref}"))
    assert ada.post(f"/meetings/T1/group/{made.ref}/company-badges", data={"count": "1"}).status_code == 404
    assert write(ada, type("Of", (), {"group": made}), "Ann").status_code == 422
