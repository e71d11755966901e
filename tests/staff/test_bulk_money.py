"""Cancelling many, moving many to another category, holding or letting go what is not paid: sums first, then just those."""

import re
from datetime import timedelta

import pytest

from conference import payments, registration
from conference.kernel import clock, db, transaction
from conference.registration import changes
from tests.staff.cast import page, settle, taken
from tests.staff.crowd import crowd, now_of, settled
from tests.staff.together import NEW, became, begin, checked, recipients, work

__all__ = ["crowd"]

CANCEL_FEE = {"how": "table", "reason": ""}


@pytest.fixture
def fees(meeting):
    """Until the day before the meeting a tenth is kept when somebody cancels."""
    with transaction():
        until = clock.now() + timedelta(days=100)
        step = {"kind": str(changes.Kind.CANCEL), "until": until, "percent": 10}
        changes.set_steps(meeting, [step], by=None, now=clock.now())


@pytest.fixture
def student(meeting):
    """A cheaper category, and a dearer one with a single place."""
    with transaction():
        student = registration.add_category(meeting, code="student", name="Student", position=3)
        registration.set_price(student, meeting.windows[0], amount_minor=10000)
        pool = registration.add_pool(meeting, name="VIP", places=1)
        vip = registration.add_category(meeting, code="vip", name="VIP", pool=pool, position=4)
        registration.set_price(vip, meeting.windows[0], amount_minor=90000)


def test_cancelling_by_the_table_sums_up_first_and_sends_back_what_it_says(crowd, cleo, fees):
    told = checked(cleo, "cancel", CANCEL_FEE)
    begin(cleo, "cancel", CANCEL_FEE)
    work()

    facts = re.findall(r"<dd[^>]*><bdi>(.*?)</bdi>", told.replace("\xa0", " "))
    assert facts[:4] == ["3 registrations", "2", "1,264.50 USD", "140.50 USD"]
    assert {name: now_of(crowd, name).state for name in crowd} == {
        "Ada": "cancelled", "Ben": "cancelled", "Dan": "cancelled", "Eve": "held", "Gus": "draft",
    }  # fmt: skip
    assert sum(each.amount_minor for each in db.session.query(payments.Refund)) == 126450
    assert set(settled(crowd)) == {0}
    assert (taken(), taken("Dinner")) == (1, 0)
    assert recipients() == [("ada", "changed"), ("ben", "changed"), ("dan", "changed")]


def test_without_a_table_cancelling_is_for_the_office_to_say_why(crowd, cleo):
    by_table = checked(cleo, "cancel", CANCEL_FEE)
    mute = cleo.post(f"{NEW}/cancel/check", data={"how": "free", "reason": ""})
    begin(cleo, "cancel", {"how": "free", "reason": "Called off"}, "q=dan")
    work()

    assert "seen" not in by_table
    assert (mute.status_code, "Say why no fee is taken" in page(mute)) == (422, True)
    assert now_of(crowd, "Dan").state == "cancelled"
    assert sum(each.amount_minor for each in db.session.query(payments.Refund)) == 52500


def test_what_costs_another_sum_than_was_shown_is_left_as_it_is(crowd, cleo, fees, meeting):
    begin(cleo, "cancel", CANCEL_FEE)
    with transaction():
        step = {"kind": str(changes.Kind.CANCEL), "until": clock.now() + timedelta(days=100), "percent": 50}
        changes.set_steps(meeting, [step], by=None, now=clock.now())
    work()

    assert {state for state, _why in became().values()} == {"refused"}
    assert "The price has changed since you looked" in became()["Ada"][1]
    assert now_of(crowd, "Ada").state == "confirmed"


def test_another_category_at_todays_price_sends_back_the_difference(crowd, cleo, student):
    typed = {"category": "student", "how": "today", "reason": ""}

    told = checked(cleo, "category", typed)
    begin(cleo, "category", typed)
    work()

    assert "1,020.00 USD" in told.replace("\xa0", " ")
    assert {name: now_of(crowd, name).category.code for name in ("Ada", "Ben", "Dan")} == dict.fromkeys(
        ("Ada", "Ben", "Dan"), "student"
    )
    assert [each.add_on.code for each in now_of(crowd, "Dan").bookings] == ["dinner"]
    assert sum(each.amount_minor for each in db.session.query(payments.Refund)) == 3 * 34000
    assert set(settled(crowd)) == {0}


def test_a_dearer_category_asks_for_the_rest_by_letter_as_far_as_places_go(crowd, cleo, student):
    typed = {"category": "vip", "how": "today", "reason": ""}

    told = checked(cleo, "category", typed)
    begin(cleo, "category", typed)
    work()

    assert "no place is left" in told
    assert "Move 1 registration" in told
    assert [kind for _who, kind in recipients()] == ["to_pay"]
    (waiting,) = [
        each for each in db.session.query(payments.Order) if each.state == "open" and each.total_minor == 46000
    ]
    assert settle(waiting).state == "paid"
    assert sorted(now_of(crowd, name).category.code for name in ("Ada", "Ben", "Dan")) == ["full", "full", "vip"]


def test_another_category_at_the_price_that_was_paid_moves_no_money_and_says_why(crowd, cleo, student):
    mute = cleo.post(f"{NEW}/category/check", data={"category": "student", "how": "kept", "reason": ""})
    begin(cleo, "category", {"category": "student", "how": "kept", "reason": "Wrong form"}, "q=dan")
    work()

    dan = now_of(crowd, "Dan")
    assert mute.status_code == 422
    assert (dan.category.code, dan.state, [each.add_on.code for each in dan.bookings]) == (
        "student",
        "confirmed",
        ["dinner"],
    )
    assert db.session.query(payments.Refund).count() == 0
    assert set(settled(crowd)) == {0}
    (line,) = [each for each in db.session.query(payments.Line) if each.rule.get("kept_from")]
    assert (line.amount_minor, line.why) == (44000, ["Price kept: Wrong form"])
    assert taken() == 3  # the places of Full that the others have


def test_who_has_the_category_already_is_left_out(crowd, cleo):
    told = checked(cleo, "category", {"category": "full", "how": "kept", "reason": "x"})

    assert "has this category already" in told
    assert "seen" not in told


def test_unpaid_places_are_held_longer_and_their_holders_told(crowd, cleo, meeting):
    day = (clock.now().date() + timedelta(days=20)).isoformat()

    told = checked(cleo, "hold-longer", {"until": day, "letter": "y"})
    begin(cleo, "hold-longer", {"until": day, "letter": "y"})
    work()

    assert "Hold 1 place longer" in told
    assert "does not wait for a payment" in told
    order = payments.order_by_ref(crowd["Eve"][1].ref)
    assert order.expires_at > clock.now() + timedelta(days=19)
    assert recipients() == [("eve", "to_pay")]
    assert "is held as long already" in checked(cleo, "hold-longer", {"until": day})


@pytest.mark.parametrize("until", ["", "2020-01-01", "2999-01-01", "x"])
def test_places_are_held_until_a_day_that_makes_sense(crowd, cleo, until):
    assert cleo.post(f"{NEW}/hold-longer/check", data={"until": until}).status_code == 422


def test_unpaid_places_are_let_go_and_their_holders_told(crowd, cleo):
    begin(cleo, "let-go")
    work()

    assert (now_of(crowd, "Eve").state, taken()) == ("draft", 3)
    assert payments.order_by_ref(crowd["Eve"][1].ref).state == "lapsed"
    assert recipients() == [("eve", "lapsed")]


def test_who_pays_before_the_worker_comes_keeps_the_place(crowd, cleo):
    begin(cleo, "let-go")
    settle(crowd["Eve"][1])
    work()

    assert now_of(crowd, "Eve").state == "confirmed"
    assert became()["Eve"][0] == "refused"
