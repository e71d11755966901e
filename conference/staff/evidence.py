"""What is known about a disputed payment, on paper for the bank: the order, its reasons, what happened, letters, sign-ins, arrivals."""

from flask import render_template

from conference import accounts, checkout, door, mail, payments, pdf, people, registration, society
from conference.kernel import clock
from conference.staff import stories

MOST_LETTERS = 50


def evidence_about(dispute):
    """The evidence as PDF bytes. Nobody of the office is named in it, and no letter that holds a secret is listed."""
    order = payments.order_by_id(dispute.order_id)
    person, entries = people.by_id(order.person_id), checkout.registrations_in(order)
    account = accounts.of_person(person)
    html = render_template(
        "staff/money/evidence.html",
        dispute=dispute,
        order=order,
        person=person,
        account=account,
        entries=entries,
        arrivals=[(entry, arrival) for entry in entries if (arrival := door.check_in_of(entry))],
        payment=next(each for each in payments.payments_of(order) if each.id == dispute.payment_id),
        refunds=payments.refunds_of(order),
        happenings=_happenings(order, entries),
        letters=[each for each in mail.letters_to(person, limit=MOST_LETTERS) if not each.is_secret],
        sign_ins=accounts.history_of(account) if account else [],
        meeting=checkout.meeting_in(order),
        terms=_terms(order),
        society=society.current(),
        now=clock.now(),
    )
    return pdf.render(html)


def _happenings(order, entries):
    (story,) = stories.order_stories([order])
    return [each for each in stories.timeline(entries, [story], None) if each.rank < 4][::-1]


def _terms(order):
    """The steps of cancelling that hold for the meeting, as people were shown them."""
    meeting = checkout.meeting_in(order)
    return registration.changes.change_policy(meeting) if meeting else []
