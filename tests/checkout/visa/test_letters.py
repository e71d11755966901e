"""Visa letters from asked to gone: who gets one, what seals it, when its address says that it is valid."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from conference import audit, checkout, jobs, mail, payments, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import visa
from conference.registration.visa import purging
from tests.checkout.acting import letters, paid, place, settle
from tests.checkout.conftest import ada, ben, books, meeting
from tests.checkout.visa.cast import NUMBER, a_policy, again, ask, entry_of, issue, registered

__all__ = ["ada", "ben", "books", "meeting"]


def sweep(now):
    """The purge at an instant; how many rows."""
    requests, documents = purging.due(now)
    with transaction():
        return sum(purging.purge_request(key, now=now) for key in requests) + sum(
            purging.purge_document(key, now=now) for key in documents
        )


def is_valid(request, now):
    return visa.queries.is_valid(again(request).code, now)


def test_staff_issue_what_waits_and_the_person_is_told_with_a_link_only(meeting, ada, ben, now):
    a_policy(meeting, now)
    request = ask(registered(meeting, ada, now), now)
    assert (request.state, request.code) == ("waiting", None)

    done = issue(request, ben, now)

    assert (done.state, len(done.code), done.decided_by.email) == ("issued", 22, ben.email)
    assert is_valid(request, now)
    assert {"visa-received", "visa-ready"} <= set(letters())


def test_by_the_rule_a_letter_is_issued_at_once(meeting, ada, ben, now):
    a_policy(meeting, now, review=visa.Review.UNLISTED, countries=("IN",))

    first = ask(registered(meeting, ada, now), now, nationality="IN")

    assert (first.state, again(first).decided_by, is_valid(first, now)) == ("issued", None, True)
    assert "visa-received" not in letters()
    assert ask(first.registration, now, nationality="PK").state == "waiting"


def test_nobody_gets_a_letter_before_they_have_paid(meeting, ada, now):
    a_policy(meeting, now, review=visa.Review.UNLISTED, countries=("IN",))
    order = place(meeting, ada, now)

    with pytest.raises(Refusal, match="once your registration is paid"):
        ask(entry_of(meeting, ada), now)

    settle(order, paid(order), now)
    assert ask(entry_of(meeting, ada), now).state == "issued"


def test_a_passport_lies_encrypted_and_stands_in_no_trail_and_no_letter(meeting, ada, ben, now):
    a_policy(meeting, now)
    request = ask(registered(meeting, ada, now), now)
    issue(request, ben, now)

    (row,) = db.session.execute(db.text("SELECT passport, letter FROM registration_visa_request")).all()

    assert all(value and NUMBER not in value and "DEMO" not in value for value in row)
    assert visa.queries.passport_of(request).number == NUMBER
    trail = db.session.scalars(select(audit.Entry)).all()
    assert [each for each in trail if NUMBER in f"{each.before}{each.after}{each.note}"] == []
    assert [each for each in db.session.scalars(select(mail.Letter)) if NUMBER in each.subject + each.body] == []


def test_a_mended_letter_ends_the_one_before_and_deletes_its_data(meeting, ada, ben, now):
    a_policy(meeting, now)
    entry = registered(meeting, ada, now)
    old = issue(ask(entry, now), ben, now)

    new = issue(ask(entry, now, name="DEMO, ADA MARY"), ben, now)

    assert (again(old).state, visa.queries.passport_of(old), visa.queries.letter_of(old)) == ("replaced", None, None)
    assert (is_valid(old, now), is_valid(new, now)) == (False, True)


@pytest.mark.parametrize("act", ["withdraw", "void", "decline"])
def test_a_letter_that_has_ended_is_not_valid(meeting, ada, ben, now, act):
    a_policy(meeting, now)
    request = ask(registered(meeting, ada, now), now)
    if act != "decline":
        request = issue(request, ben, now)

    with transaction():
        if act == "withdraw":
            visa.withdraw(request, by=ada, now=now)
        else:
            getattr(visa, act)(request, reason="Not ours", by=ben, now=now)

    assert not is_valid(request, now)
    assert (visa.queries.passport_of(request) is None) == (act != "decline")
    with pytest.raises(Refusal), transaction():
        checkout.visas.issue(again(request), by=ben, now=now)


def test_who_cancels_has_no_valid_letter_not_even_after_registering_anew(meeting, ada, ben, now):
    a_policy(meeting, now)
    entry = registered(meeting, ada, now)
    request = issue(ask(entry, now), ben, now)
    (order,) = payments.orders_with_line("registration", entry.id)
    with transaction():
        checkout.end_lines_and_refund(
            order_id=order.id, line_ids=[order.lines[0].id], amount=order.total, reason="", by=ben, now=now
        )
    assert not is_valid(request, now)

    later = now + timedelta(days=1)
    assert registered(meeting, ada, later).state == "confirmed"

    assert not is_valid(request, later)
    assert sweep(later) == 1
    assert visa.queries.passport_of(request) is None


def test_whoever_switches_to_virtual_has_no_valid_letter(meeting, ada, ben, now):
    a_policy(meeting, now)
    request = issue(ask(registered(meeting, ada, now), now), ben, now)

    with transaction():
        registration.by_id(request.registration_id).mode = "virtual"

    assert not is_valid(request, now)


def test_data_is_purged_after_the_meeting_once_and_the_letter_holds_no_more(meeting, ada, ben, now):
    a_policy(meeting, now, keep_days=10)
    request = issue(ask(registered(meeting, ada, now), now), ben, now)
    over = visa.queries.purge_day(meeting)
    assert (sweep(over - timedelta(seconds=1)), is_valid(request, over - timedelta(seconds=1))) == (0, True)
    assert not is_valid(request, over)  # also before the sweep has come

    assert (sweep(over), sweep(over)) == (1, 0)

    assert (again(request).state, again(request).nationality) == ("issued", "")
    assert (visa.queries.passport_of(request), visa.queries.letter_of(request)) == (None, None)
    assert audit.story_of(request)[0].verb == "purged the passport of"


def test_the_job_purges_what_is_due_and_only_that(meeting, ada, now):
    a_policy(meeting, now)
    request = ask(registered(meeting, ada, now), now)
    over = visa.queries.purge_day(meeting)

    for instant, is_kept in ((over - timedelta(minutes=1), True), (over, False)):
        with time_machine.travel(instant, tick=False):
            jobs.run("visa.purge")
        assert (visa.queries.passport_of(request) is not None) is is_kept

    assert (again(request).state, again(request).reason) == ("declined", "Not looked at in time")


def test_an_issued_letter_keeps_its_text_whatever_staff_write_later(meeting, ada, ben, now):
    a_policy(meeting, now)
    entry = registered(meeting, ada, now)
    request = issue(ask(entry, now), ben, now)
    before = visa.queries.letter_of(request)

    with transaction():
        body = "Anew: {name} {passport} {meeting} {meeting_dates}"
        visa.save_text(meeting, language="en", body=body, signatory="Ben", office="", is_used=True, by=ben, now=now)

    assert visa.queries.letter_of(request) == before
    assert "Anew: DEMO, ADA" in visa.queries.letter_of(issue(ask(entry, now), ben, now))


@pytest.mark.parametrize(
    "body", ["{name} {passport} {meeting}", "{name} {passport} {meeting} {meeting_dates} {secret}", "{name"]
)
def test_a_text_of_which_no_letter_can_be_made_is_refused(meeting, ben, now, body):
    with pytest.raises(Refusal), transaction():
        visa.save_text(meeting, language="en", body=body, signatory="", office="", is_used=True, by=ben, now=now)


def test_whoever_decides_second_is_told(meeting, ada, ben, now):
    a_policy(meeting, now)
    request = ask(registered(meeting, ada, now), now)
    issue(request, ben, now)

    with pytest.raises(Refusal, match="does not wait any more"), transaction():
        visa.decline(again(request), reason="Late", by=ben, now=now)


def test_a_balance_that_was_asked_for_must_be_paid_first(meeting, ada, ben, now):
    a_policy(meeting, now)
    entry = registered(meeting, ada, now)
    request = ask(entry, now)
    with transaction():
        (line,) = checkout.lines_of(entry)
        dearer = payments.NewLine(
            line.kind, line.reference, line.title, replace(line.amount, minor=50000), (), line.rule
        )
        checkout.reprice(
            entry_of(meeting, ada), line=dearer, reason="No proof", by=None, now=now, expires_at=now + timedelta(days=9)
        )

    with pytest.raises(Refusal, match="wholly paid"), transaction():
        checkout.visas.issue(again(request), by=ben, now=now)
