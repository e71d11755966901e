"""The order's calendar file holds the meeting and each booked workshop at its time, always under the same identifiers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from conference import checkout, mail, registration
from conference.kernel import db, transaction
from tests.cast import a_draft
from tests.signing_in import account_of, browser_of

NINE = datetime(2027, 5, 11, 13, 0, tzinfo=UTC)  # at the venue


@pytest.fixture
def account(context):
    return account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US")


def entries(content):
    return {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def booked(meeting, person, now):
    """An order for the meeting with a timed workshop, paid; a guide book without a time is in it too."""
    with transaction():
        times = {"starts_at": NINE, "ends_at": NINE + timedelta(hours=3)}
        registration.offer_add_on(
            meeting, code="trials", title="Trials", summary="First ones.", amount_minor=9000, places=9, **times
        )
        registration.offer_add_on(meeting, code="book", title="Guide book", amount_minor=100, places=9)
        registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=100, places=9, **times)
        draft = a_draft(meeting, person, now, extras=("trials", "book"))
        order = checkout.place(draft=draft, meeting=meeting, person=person, now=now)
    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="desk", by=None, now=now)
    return order


def test_the_meeting_and_the_booked_workshop_are_entries_of_their_own(context, meeting, ada, now):
    order = booked(meeting, ada, now)
    enclosed = db.session.scalar(select(mail.Enclosure).order_by(mail.Enclosure.id.desc()))

    found = entries(enclosed.content)

    assert set(found) == {"meeting-T1@localhost", "meeting-T1-trials@localhost"}
    trials = found["meeting-T1-trials@localhost"]
    assert (trials.decoded("dtstart"), trials.decoded("dtend")) == (NINE, NINE + timedelta(hours=3))
    assert (str(trials["summary"]), str(trials["description"])) == ("Trials", "First ones.")
    assert str(trials["location"]).startswith("Example Hall, Baltimore")
    assert found["meeting-T1@localhost"].decoded("dtstart") == date(2027, 5, 11)
    assert order.state == "paid"


def test_the_order_gives_the_same_file_each_time(context, meeting, account, now):
    order = booked(meeting, account.person, now)
    client = browser_of(context, account)

    first, second = (client.get(f"/orders/{order.ref}/calendar.ics").data for _ in range(2))

    assert first == second and "meeting-T1-trials@localhost" in entries(first)


def test_a_workshop_that_was_taken_back_is_gone_from_the_calendar(context, meeting, account, now):
    order = booked(meeting, account.person, now)
    entry = registration.registration_in(meeting, account.person)
    with transaction():
        [trials] = registration.add_ons_of(meeting, codes=["trials"])
        registration.cancel_booking(entry, trials)

    content = browser_of(context, account).get(f"/orders/{order.ref}/calendar.ics").data

    assert set(entries(content)) == {"meeting-T1@localhost"}


def test_my_page_leads_to_the_same_calendar(context, meeting, account, now):
    order = booked(meeting, account.person, now)
    client = browser_of(context, account)

    assert client.get("/meetings/T1/register/mine.ics").data == client.get(f"/orders/{order.ref}/calendar.ics").data


def test_without_a_confirmed_registration_there_is_no_calendar_of_mine(context, meeting, account, now):
    with transaction():
        a_draft(meeting, account.person, now)

    assert browser_of(context, account).get("/meetings/T1/register/mine.ics").status_code == 404
