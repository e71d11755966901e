"""Bank debits on an order that is promised by transfer: each is told of once, none undoes another, and money that has come is for staff to decide about."""

from dataclasses import replace

import pytest

from conference import payments, people
from conference.kernel import transaction
from tests.checkout.acting import lapse, letters, paid, place, settle, state_of, taken
from tests.checkout.banking.acting import came, match, paying
from tests.checkout.dunning.acting import DAY, decide, night, nights
from tests.checkout.dunning.acting import letters as letters_of_kind

WEEKS = 20 * DAY  # the promise and its days of grace are over


def opens(order, page, now):
    """The payer presses Pay, and is shown another page."""
    with transaction():
        found = payments.locked(order.id)
        assert payments.start_attempt(found, expires_at=now, longest=90 * DAY)
        assert payments.remember_session(found, session_id=page, url=f"https://stripe.example/{page}", now=now)


def debit(order, page):
    """(What Stripe says of a debit on a page that runs, that has failed)."""
    runs = paid(
        order, session_id=page, payment_intent=f"pi_{page}", payment_status="unpaid", intent_status="processing"
    )
    return runs, replace(runs, intent_status="requires_payment_method")


def begins(order, page, now):
    opens(order, page, now)
    settle(order, debit(order, page)[0], now)


def fails(order, page, now):
    settle(order, debit(order, page)[1], now)


def part_came(account, order, now):
    """All but ten of it, as a bank has kept its fee."""
    match(came(account, now, paying(order, 43000))[-1], order, now, minor=43000)


def page_of(order):
    found = payments.order_by_ref(order.ref)
    return found.session_id, found.session_url


def test_a_failure_that_was_told_before_with_its_page_kept_ends_all_the_same(order, now):
    """As a version before this one left such orders: told of, and with the page still theirs."""
    begins(order, "cs_a", now + DAY)
    fails(order, "cs_a", now + 2 * DAY)
    opens(order, "cs_a", now + 2 * DAY)

    fails(order, "cs_a", now + 3 * DAY)

    assert (state_of(order), page_of(order), letters().count("not_paid")) == ("open", (None, ""), 1)


@pytest.mark.parametrize("end", ["fails", "clears"])
def test_a_second_debit_is_waited_for_and_told_of_as_the_first_one_was(order, now, end):
    begins(order, "cs_a", now + DAY)
    fails(order, "cs_a", now + 2 * DAY)

    begins(order, "cs_b", now + 3 * DAY)
    assert (state_of(order), letters().count("on_its_way")) == ("ongoing", 2)

    if end == "fails":
        fails(order, "cs_b", now + 4 * DAY)
        assert (state_of(order), taken(), letters().count("not_paid")) == ("open", 1, 2)
    else:
        settle(order, paid(order, session_id="cs_b", payment_intent="pi_cs_b"), now + 4 * DAY)
        assert (state_of(order), taken(), letters().count("confirmed")) == ("paid", 1, 1)


def test_nobody_is_reminded_while_a_second_debit_runs(meeting, order, now):
    decide(meeting, now)
    begins(order, "cs_a", now + DAY)
    fails(order, "cs_a", now + 2 * DAY)
    begins(order, "cs_b", now + 3 * DAY)

    with transaction():  # looked at a moment ago: the sweep asks nothing
        payments.locked(order.id).looked_at = now + WEEKS
    nights(now + 4 * DAY, 16)

    assert (state_of(order), letters_of_kind()) == ("ongoing", [])


@pytest.mark.parametrize("is_told", [True, False])
def test_what_is_told_of_an_earlier_debit_changes_nothing_of_the_one_that_runs(order, now, is_told):
    opens(order, "cs_a", now + DAY)
    if is_told:
        fails(order, "cs_a", now + 2 * DAY)
    begins(order, "cs_b", now + 3 * DAY)
    before = letters()

    for said in debit(order, "cs_a"):
        settle(order, said, now + WEEKS)

    assert (state_of(order), taken(), letters()) == ("ongoing", 1, before)


def test_a_failure_that_is_told_when_another_page_stands_open_changes_nothing(order, now):
    opens(order, "cs_a", now + DAY)
    opens(order, "cs_b", now + 2 * DAY)

    fails(order, "cs_a", now + WEEKS)

    assert (state_of(order), page_of(order)[0], letters().count("not_paid")) == ("open", "cs_b", 0)


def test_a_look_that_is_older_than_the_failure_begins_nothing_again(order, now):
    begins(order, "cs_a", now + DAY)
    fails(order, "cs_a", now + 2 * DAY)
    before = letters()

    settle(order, debit(order, "cs_a")[0], now + 2 * DAY)

    assert (state_of(order), letters()) == ("open", before)


def test_a_debit_on_a_page_that_nobody_remembers_is_waited_for_and_ends_as_any_other(order, now):
    opens(order, "cs_a", now + DAY)
    settle(order, debit(order, "cs_lost")[0], now + DAY)
    assert state_of(order) == "ongoing"

    fails(order, "cs_lost", now + 2 * DAY)

    assert (state_of(order), letters().count("not_paid")) == ("open", 1)


def test_a_failure_that_is_seen_at_once_is_told_and_its_page_is_not_shown_again(order, now):
    opens(order, "cs_a", now + DAY)

    for _time in range(2):
        fails(order, "cs_a", now + DAY)

    assert (state_of(order), page_of(order)) == ("open", (None, ""))
    (letter,) = letters_of_kind("not_paid")
    assert "Your order stands" in letter.body


def test_part_of_a_transfer_stays_and_is_parked_when_the_time_is_over(order, account, now):
    begins(order, "cs_a", now + DAY)
    fails(order, "cs_a", now + 2 * DAY)
    part_came(account, order, now + 3 * DAY)

    night(now + WEEKS)

    assert (state_of(order), taken(), payments.refunds_of(order)) == ("parked", 1, [])
    assert payments.order_by_ref(order.ref).parked_reason == "paid in part when its time was over"
    assert letters().count("not_paid") == 1


def test_part_of_a_transfer_that_came_while_the_debit_ran_is_parked_and_the_payer_knows(order, account, now):
    begins(order, "cs_a", now + DAY)
    part_came(account, order, now + 3 * DAY)

    fails(order, "cs_a", now + WEEKS)

    assert (state_of(order), taken(), payments.refunds_of(order)) == ("parked", 1, [])
    (letter,) = letters_of_kind("not_paid")
    assert "430.00 USD, is here" in letter.body and "free for others" not in letter.body


def test_without_a_promise_too_what_came_in_part_is_parked(meeting, account, ben, now):
    plain = place(meeting, ben, now)
    begins(plain, "cs_a", now)
    part_came(account, plain, now + DAY)

    fails(plain, "cs_a", now + 2 * DAY)

    assert (state_of(plain), taken(), payments.refunds_of(plain)) == ("parked", 1, [])


def test_weeks_after_a_debit_it_is_the_transfer_that_did_not_come(order, now):
    begins(order, "cs_a", now + DAY)
    fails(order, "cs_a", now + 2 * DAY)

    night(now + WEEKS)

    assert (state_of(order), taken()) == ("lapsed", 0)
    assert (letters().count("lapsed"), letters().count("not_paid")) == (1, 1)


def test_a_debit_that_fails_when_the_promise_is_over_is_the_end(order, now):
    begins(order, "cs_a", now + DAY)

    fails(order, "cs_a", now + WEEKS)

    assert (state_of(order), taken(), letters().count("lapsed")) == ("lapsed", 0, 0)
    (letter,) = letters_of_kind("not_paid")
    assert "free for others" in letter.body


def test_places_held_by_reminders_outlast_a_debit_that_fails_late(meeting, order, now):
    decide(meeting, now)
    begins(order, "cs_a", now + DAY)

    fails(order, "cs_a", now + WEEKS)
    lapse(order, now + WEEKS)

    assert (state_of(order), taken()) == ("open", 1)


def test_an_order_that_the_office_holds_outlasts_a_debit_and_its_transfer_is_given(meeting, ben, now):
    """A group that pays later, somebody whom the office entered, a balance: held for days, and promised by nobody."""
    held = place(meeting, ben, now)
    with transaction():
        payments.locked(held.id).expires_at = now + 14 * DAY
    begins(held, "cs_a", now + 2 * DAY)

    fails(held, "cs_a", now + 6 * DAY)
    night(now + 7 * DAY)

    assert (state_of(held), taken(), page_of(held)) == ("open", 1, (None, ""))
    (letter,) = letters_of_kind("not_paid")
    assert "still held until" in letter.body and "as was agreed" not in letter.body


def test_a_debit_that_failed_is_known_without_an_address_to_write_to(order, ada, now):
    begins(order, "cs_a", now + DAY)
    with transaction():
        people.by_id(ada.id).email = None
    fails(order, "cs_a", now + 2 * DAY)

    settle(order, debit(order, "cs_a")[0], now + 2 * DAY)

    assert (state_of(order), letters().count("not_paid")) == ("open", 0)
