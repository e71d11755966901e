"""My page: everything of one's own and nothing of others', each with the way onwards."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from conference import checkout, membership, registration
from conference.kernel import clock, db, transaction
from tests.cast import a_draft, a_meeting, a_membership, a_membership_type
from tests.signing_in import account_of, browser_of, signed_in


@pytest.fixture(autouse=True)
def today(now):
    """The pages are looked at on the day on which the cast acts."""
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def meeting(context, now):
    with transaction():
        return a_meeting(now)


@pytest.fixture
def ada(context):
    return account_of("ada@example.org", given_name="Ada", family_name="Demo", country="US", institution="Example")


def my_page(context, account):
    return browser_of(context, account).get("/account/").text


def ordered(meeting, person, now, *, is_paid=True, **wishes):
    with transaction():
        draft = a_draft(meeting, person, now, **wishes)
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=person, now=now)
    if is_paid:
        with transaction():
            checkout.settle_paid_by_hand(order.id, reference="", by=None, now=now)
    return order


def test_a_newcomer_is_told_what_will_be_here_and_how_to_begin(context, meeting, ada):
    page = my_page(context, ada)

    for words in (
        "You are not registered for Meeting T1 yet", 'href="/meetings/T1/register"', "You are not a member", "/members/join",
        "each with its receipt", "What the society writes to you", "Still to add: degrees, ORCID iD", "/account/security",
    ):  # fmt: skip
        assert words in page, words


def test_a_registration_leads_to_badge_order_programme_and_calendar(context, meeting, ada, now):
    order = ordered(meeting, ada.person, now)

    page = my_page(context, ada)

    for words in (
        "Meeting T1", "confirmed", "Full · Whole meeting · In person", 'href="/meetings/T1/badge"', "/meetings/T1/register/mine",
        "/meetings/T1/schedule/mine", "/meetings/T1/register/mine.ics", f'href="/orders/{order.ref}"', "440.00 USD",
        f"/orders/{order.ref}/receipt.pdf", "Confirmed: Meeting T1",
    ):  # fmt: skip
        assert words in page, words
    assert "not registered" not in page


def test_a_meeting_that_is_over_keeps_its_order_and_programme(context, meeting, ada, now):
    ordered(meeting, ada.person, now)

    with time_machine.travel(now.replace(year=2028), tick=False):
        page = my_page(context, ada)

    assert "/meetings/T1/register/mine" in page and "/meetings/T1/schedule" in page
    assert "/meetings/T1/badge" not in page and "meeting.ics" not in page


def test_whoever_takes_part_virtually_is_sent_to_no_badge(context, meeting, ada, now):
    ordered(meeting, ada.person, now, mode="virtual")

    assert "/meetings/T1/badge" not in my_page(context, ada)


def test_a_draft_can_be_gone_on_with(context, meeting, ada, now):
    with transaction():
        registration.start(meeting=meeting, person=ada.person, now=now)

    page = my_page(context, ada)

    assert "not finished" in page and "Go on with it" in page
    assert "badge" not in page.split("Letters to me")[0].split("My membership")[0]


def test_an_unpaid_order_can_be_paid_and_has_no_receipt(context, meeting, ada, now):
    ordered(meeting, ada.person, now, is_paid=False)

    page = my_page(context, ada)

    assert "Pay, or give the places back" in page and "receipt.pdf" not in page


def test_a_cancelled_registration_can_be_begun_again(context, meeting, ada, now):
    ordered(meeting, ada.person, now)
    with transaction():
        registration.cancel(registration.registration_in(meeting, ada.person))

    page = my_page(context, ada)

    assert "Register again" in page and "/meetings/T1/badge" not in page


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (None, "Your membership is paid through"),
        ("2025-12-01T12:00:00+00:00", "Coming back, you keep your number"),
    ],
)
def test_a_membership_is_said_in_words(context, meeting, ada, now, at, words):
    when = type(now).fromisoformat(at) if at else now
    with transaction():
        a_membership_type()
        a_membership(ada.person, when.replace(year=when.year - 2) if at else when)

    assert words in my_page(context, ada)


@pytest.mark.parametrize(
    ("days_before_the_end", "is_button"), [(300, False), (61, False), (60, True), (1, True), (-10, True), (-400, True)]
)
def test_renewing_is_the_thing_to_do_when_the_end_is_near_and_a_quiet_line_before(
    context, meeting, ada, now, days_before_the_end, is_button
):
    today = membership.local_day(clock.now())
    ends = today + timedelta(days_before_the_end)
    with transaction():
        type_ = a_membership_type()
        membership.grant_term(person=ada.person, type=type_, starts=ends - timedelta(364), ends=ends, now=now)
    client = browser_of(context, ada)

    for page in (client.get("/account/").text, client.get("/members/").text):
        assert bool(re.search(r'class="button"[^>]*>\s*Renew', page)) == is_button
        assert ("Renewing is due from" in page) != is_button


def test_nothing_of_others_is_shown(context, meeting, ada, now):
    order = ordered(meeting, ada.person, now)
    dov = signed_in(context, "dov@example.org", given_name="Dov", family_name="Demo", country="US")

    page = dov.get("/account/").text

    assert order.ref not in page and "Ada" not in page and "Confirmed" not in page


def test_the_page_asks_no_more_as_rows_grow(context, meeting, ada, now):
    client = browser_of(context, ada)
    ordered(meeting, ada.person, now)
    client.get("/account/")
    few = asked_by(client)
    for number in range(2, 6):
        with transaction():
            another = a_meeting(now, code=f"T{number}")
        ordered(another, ada.person, now)

    assert asked_by(client) == few


def asked_by(client):
    """How many SELECTs my page makes."""
    seen = []

    def note(connection, cursor, statement, *rest):
        if statement.startswith("SELECT"):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    client.get("/account/")
    sa.event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)
