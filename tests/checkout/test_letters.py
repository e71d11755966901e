"""The letters about an order, as people read them."""

import re
from email import policy
from email.parser import BytesParser

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from conference import checkout, mail, meetings, payments, people, registration, society
from conference.checkout import mails
from conference.kernel import Money, db, transaction
from conference.mail.message import as_message
from tests.cast import a_membership_type, a_person
from tests.checkout.acting import lapse, paid, place, settle
from tests.signing_in import signed_in

HOST = "http://localhost"


def newest():
    """The newest letter with its enclosures."""
    statement = select(mail.Letter).order_by(mail.Letter.id.desc()).limit(1)
    return db.session.scalar(statement.options(selectinload(mail.Letter.enclosures)))


def is_well_set(text):
    """No line of spaces alone, no gap of more than one empty line, nothing left of the template."""
    return not re.search(r"\n{3,}|[ \t]+\n|\{\{|\}\}|\bNone\b", text)


@pytest.fixture
def office(context, meeting):
    with transaction():
        society.current().email = "office@example.org"


def test_a_confirmation_says_what_was_bought_why_it_cost_that_and_what_comes_next(meeting, office, ada, now):
    with transaction():
        registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=8500, places=10)
    order = place(meeting, ada, now, extras=["dinner"])
    window = meeting.windows[0]

    settle(order, paid(order), now)

    letter = newest()
    assert letter.subject == "Confirmed: Meeting T1"
    assert (
        letter.body.replace("\u2009", " ").replace("\u2013", "-")
        == f"""Dear Ada Demo,

You are registered for Meeting T1:
May 11 - 15, 2027
Example Hall, Baltimore, United States

Your order {order.ref}:
- Meeting T1: Full, whole meeting, in person: 440.00 USD
  Non-member price: no membership is valid on 23 Nov 2026
  {window.name} price
- Dinner: 85.00 USD
Total: 525.00 USD

See your badge, and mend what is misspelt before it is printed:
{HOST}/meetings/T1/badge

Plan your days in the programme:
{HOST}/meetings/T1/schedule

Your order, with the receipt to print or to hand in:
{HOST}/orders/{order.ref}

The meeting is enclosed for your calendar.

Society of Tests
office@example.org
"""
    )
    assert [each.file_name for each in letter.enclosures] == ["meeting.ics"]
    assert letter.enclosures[0].content == meetings.calendar_file(meeting)


def test_a_virtual_confirmation_speaks_of_no_badge(meeting, ada, now):
    order = place(meeting, ada, now, mode="virtual")

    settle(order, paid(order), now)

    assert "badge" not in newest().body
    assert is_well_set(newest().body)


def test_dues_alone_are_confirmed_without_a_meeting(context, ada, now):
    with transaction():
        a_membership_type()
        order = checkout.place_dues(type_code="active", person=ada, now=now)
    with transaction():
        checkout.settle_paid_by_hand(order.id, reference="cheque", by=ada, now=now)

    letter = newest()
    assert "your membership is paid" in letter.body and "225.00 USD" in letter.body
    assert "calendar" not in letter.body and "/meetings/" not in letter.body
    assert letter.enclosures == [] and is_well_set(letter.body)


def test_the_confirmation_once_more_is_the_same_letter(meeting, ada, now):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)
    first = newest()

    with transaction():
        mails.again(payments.order_by_ref(order.ref), now=now)

    second = newest()
    assert (second.ref == first.ref, second.body == first.body) == (False, True)
    assert [each.file_name for each in second.enclosures] == ["meeting.ics"]


def on_its_way(order, now):
    settle(order, paid(order, payment_status="unpaid", intent_status="processing"), now)


def not_paid(order, now):
    on_its_way(order, now)
    settle(order, paid(order, payment_status="unpaid", intent_status="requires_payment_method"), now)


def too_late(order, now):
    lapse(order, order.expires_at)


def let_go_though_paid_in_part(order, now):
    with transaction():
        facts = {"provider": payments.Provider.TRANSFER, "provider_ref": "bank-1", "amount": Money(10000, "USD")}
        payments.receive(payments.locked(order.id), now=now, by=people.by_id(order.person_id), why="part", **facts)
    with transaction():
        checkout.let_go(order.id, by=None, now=now)


def paid_twice(order, now):
    settle(order, paid(order), now)
    settle(order, paid(order, session_id="cs_2", payment_intent="pi_second"), now)


def refunded(order, now):
    settle(order, paid(order), now)
    found = payments.order_by_ref(order.ref)
    with transaction():
        checkout.end_lines_and_refund(
            order_id=order.id,
            line_ids=[line.id for line in found.lines],
            amount=Money(39000, "USD"),
            reason="Cancelled in time",
            by=people.by_id(order.person_id),
            now=now,
        )


def returned(order, now):
    """The money comes when somebody else has the last place."""
    lapse(order, order.expires_at)
    with transaction():
        faster = a_person("Ben", now)
    taken = place(meetings.by_code("T1"), faster, order.expires_at)
    settle(taken, paid(taken), order.expires_at)
    settle(order, paid(order), order.expires_at)


STORIES = {
    on_its_way: ("on_its_way", ["440.00 USD", "stay held", "Total"]),
    not_paid: ("not_paid", ["440.00 USD", "nothing was charged", "another way"]),
    too_late: ("lapsed", ["Nothing was charged", "go on where you were"]),
    let_go_though_paid_in_part: (
        "lapsed",
        ["free for others again.\n\nWhat had", "- 100.00 USD goes back to you", "go on"],
    ),
    paid_twice: ("paid_twice", ["goes back", "stands as it was"]),
    refunded: ("refunded", ["390.00 USD", "no longer yours", "- Meeting T1: Full", "Cancelled in time"]),
    returned: (
        "returned",
        [
            "cannot give you",
            "- Meeting T1: Full",
            "Why: Venue: no place is left.",
            "- 440.00 USD was received on Mon 23 Nov 2026",
            "- 440.00 USD goes back to the card or account that paid it. Banks take 5 to 10 working days",
            f"{HOST}/meetings/T1/register\n",
            f"{HOST}/meetings/T1/register/waiting\n",
        ],
    ),
}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_every_other_letter_says_what_happened_and_where_to_look(meeting, office, ada, now, story):
    kind, words = STORIES[story]
    order = place(meeting, ada, now)

    story(order, now)

    letter = newest()
    assert letter.kind == kind
    assert letter.body.startswith("Dear Ada Demo,\n\n")
    assert letter.body.endswith(f"{HOST}/orders/{order.ref}\n\nSociety of Tests\noffice@example.org\n")
    assert [word for word in words if word not in letter.body] == []
    assert "Nothing was charged" not in letter.body or payments.payments_of(order) == []
    assert order.ref in letter.body and is_well_set(letter.body)


def test_the_page_of_an_order_that_could_not_be_given_says_why_and_what_can_be_done(context, meeting, ada, now):
    order = place(meeting, ada, now)
    returned(order, now)

    page = signed_in(context, ada.email).get(f"/orders/{order.ref}").text

    assert "Venue: no place is left" in page and "440.00 USD goes back to the card or account that paid it" in page
    assert 'href="/meetings/T1/register/waiting"' in page and 'href="/meetings/T1/register"' in page


def test_the_same_letter_as_html_has_its_lines_and_links(meeting, office, ada, now):
    order = place(meeting, ada, now)
    settle(order, paid(order), now)

    sent = BytesParser(policy=policy.default).parsebytes(as_message(newest()).as_bytes())
    html = sent.get_body(("html",)).get_content()

    assert f'<a href="{HOST}/meetings/T1/badge">' in html and f'<a href="{HOST}/orders/{order.ref}">' in html
    assert "<br>  Non-member price" in html
    assert "white-space: pre-wrap" in html


def test_a_name_cannot_write_into_a_letter(meeting, ada, now):
    with transaction():
        people.update(people.by_id(ada.id), by=ada, now=now, given_name="http://evil.example {{7*7}} <b>")
    order = place(meeting, people.by_id(ada.id), now)

    settle(order, paid(order), now)

    assert "http://evil.example" not in newest().body
    assert "{{7*7}} <b>" in newest().body
