"""An unpaid order whose price is over is replaced by one at today's price, with the place kept; late money follows the policy."""

from datetime import timedelta

import pytest

from conference import checkout, meetings, payments, registration
from conference.checkout import paying, requoting
from conference.kernel import clock, transaction
from conference.registration import pricing
from tests.cast import a_draft, a_meeting, a_person
from tests.checkout.acting import paid, settle, state_of, taken
from tests.signing_in import account_of, browser_of

HOUR = timedelta(hours=1)


@pytest.fixture
def turned(context):
    """A meeting with one place whose early price (440, members 220) ended an hour ago; now it is 600."""
    with transaction():
        meeting = a_meeting(clock.now(), places=1)
    turn(meeting, clock.now() - HOUR)
    return meetings.by_code("T1")


def turn(meeting, ended_at):
    regular = meeting.windows[0]
    with transaction():
        windows = [("early", "Early", ended_at), (regular.code, regular.name, regular.ends_at)]
        meetings.set_dates(
            meeting, opens_at=None, windows=windows, deadlines=[], by=None, version=meeting.version, now=clock.now()
        )
    early, late = meetings.by_code("T1").windows
    with transaction():
        full = registration.category_by_code(meeting, "full")
        registration.set_price(full, early, amount_minor=44000)
        registration.set_price(full, late, amount_minor=60000)


def decide(meeting, **facts):
    with transaction():
        registration.pricing.set_policy(meeting, seen=0, by=None, now=clock.now(), **facts)


def an_early_order(meeting, person, *, hours=2):
    """Placed when the early price still held, with its places held till now."""
    then = clock.now() - hours * HOUR
    with transaction():
        draft = a_draft(meeting, person, then)
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=person, now=then)
        order.expires_at = clock.now() + HOUR
    return order


def requote(order):
    with transaction():
        return requoting.requote(order.id, now=clock.now())


@pytest.fixture
def ada(context):
    with transaction():
        return a_person("Ada", clock.now())


def lines_of(order):
    return [(line.amount_minor, list(line.why), dict(line.rule)) for line in payments.order_by_ref(order.ref).lines]


def test_at_payment_the_old_order_lapses_and_a_new_one_stands_at_todays_price_in_the_same_place(turned, ada):
    decide(turned, price_date=pricing.PriceDate.PAYMENT)
    order = an_early_order(turned, ada)
    before = lines_of(order)

    new = requote(order)

    assert (state_of(order), new.state, new.total_minor, taken()) == ("lapsed", "open", 60000, 1)
    assert lines_of(order) == before
    assert any(order.ref in reason for reason in new.lines[0].why)
    assert registration.registration_in(turned, ada).state == "held"
    assert requote(new).id == new.id


def test_what_the_office_waived_is_not_asked_again_at_todays_price(turned, ada):
    decide(turned, price_date=pricing.PriceDate.PAYMENT)
    then = clock.now() - 2 * HOUR
    with transaction():
        full = registration.category_by_code(turned, "full")
        registration.eligibility.require(full, by=None, now=then, members_only=True)
        draft = a_draft(turned, ada, then)
    facts = {"meeting": turned, "person": ada, "held_for": 3 * HOUR, "waived": "Board guest"}
    with transaction():
        order = checkout.place_imported(draft=draft, now=then, **facts)

    new = requote(order)

    assert (state_of(order), new.total_minor, taken()) == ("lapsed", 60000, 1)
    assert any("Board guest" in reason for reason in new.lines[0].why)
    assert new.lines[0].rule["waived"] == "Board guest"


def test_at_submission_the_order_keeps_its_price_as_long_as_its_place_is_held(turned, ada):
    order = an_early_order(turned, ada)

    assert not requoting.is_due(order, clock.now())
    assert requote(order).id == order.id


def test_days_of_grace_keep_the_price_of_the_first_submission_also_in_a_later_order(turned, ada):
    decide(turned, price_date=pricing.PriceDate.GRACE, pay_days=14)
    order = an_early_order(turned, ada)
    with transaction():
        checkout.lapse_if_due(order.id, now=clock.now(), at_once=True)

    with transaction():
        draft = registration.registration_in(turned, ada)
        again = checkout.place(draft=draft, meeting=turned, person=ada, now=clock.now())

    assert again.total_minor == 44000
    assert any("price is kept for you" in reason for reason in again.lines[0].why)


def test_after_the_days_of_grace_todays_price_counts(turned, ada):
    decide(turned, price_date=pricing.PriceDate.GRACE, pay_days=1)
    order = an_early_order(turned, ada, hours=30)

    assert requote(order).total_minor == 60000


def test_money_in_time_is_taken_and_money_that_comes_late_goes_back_as_the_policy_says(turned, ada):
    decide(turned, price_date=pricing.PriceDate.PAYMENT)
    order = an_early_order(turned, ada)

    settle(order, paid(order), clock.now())
    assert state_of(order) == "paid"


@pytest.mark.parametrize(
    ("date", "state"), [(pricing.PriceDate.SUBMIT, "paid"), (pricing.PriceDate.PAYMENT, "returned")]
)
def test_money_for_a_lapsed_order_counts_only_while_its_price_does(turned, ada, date, state):
    decide(turned, price_date=date)
    order = an_early_order(turned, ada)
    with transaction():
        checkout.lapse_if_due(order.id, now=clock.now(), at_once=True)

    settle(order, paid(order), clock.now())

    assert state_of(order) == state


def test_money_for_an_order_that_was_replaced_goes_back_and_the_new_one_stands(turned, ada):
    decide(turned, price_date=pricing.PriceDate.PAYMENT)
    order = an_early_order(turned, ada)
    new = requote(order)

    settle(order, paid(order), clock.now())

    assert (state_of(order), state_of(new), taken()) == ("returned", "open", 1)


def test_the_way_to_payment_shows_the_new_price_before_anybody_pays_it(stripe, turned, context):
    decide(turned, price_date=pricing.PriceDate.PAYMENT)
    account = account_of("eve@example.org", given_name="Eve", family_name="Demo", country="US")
    order = an_early_order(turned, account.person)
    paying.payment_page(order, email="eve@example.org", locale="en")
    browser = browser_of(context, account)

    shown = browser.get(f"/orders/{order.ref}").get_data(as_text=True)
    answer = browser.post(f"/orders/{order.ref}/pay")
    page = browser.get(answer.location).get_data(as_text=True)

    assert "See the price of today" in shown
    assert (answer.status_code, state_of(order), taken()) == (303, "lapsed", 1)
    assert "Pay 600.00 USD" in page
    assert "A newer order took its place" in browser.get(f"/orders/{order.ref}").get_data(as_text=True)


def test_when_todays_price_cannot_be_had_the_places_go_back_and_it_is_said_why(stripe, turned, context):
    decide(turned, price_date=pricing.PriceDate.PAYMENT)
    account = account_of("eve@example.org", given_name="Eve", family_name="Demo", country="US")
    order = an_early_order(turned, account.person)
    with transaction():
        full = registration.category_by_code(turned, "full")
        cells = {key: None for key in registration.cells_of(full) if key[0] == turned.windows[1].id}
        seen = registration.cells_version(full)
        registration.set_prices(full, cells, meeting=turned, seen=seen, by=None, now=clock.now())

    answer = browser_of(context, account).post(f"/orders/{order.ref}/pay")

    assert (answer.status_code, state_of(order), taken()) == (303, "lapsed", 0)
    assert answer.location.endswith("/register")
