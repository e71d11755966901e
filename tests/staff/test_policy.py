"""A meeting's price policy at the desk: decided, remembered, never overwritten unseen."""

import pytest

from conference import audit, registration
from conference.registration import pricing
from tests.staff.cast import follow, page

POLICY = "/staff/prices/T1/policy"
TYPED = {
    "needs": "end", "order_counts": "y", "recheck_on": "2027-03-01", "lapse": "grace", "grace_days": "14",
    "credit_days": "30", "price_date": "grace", "pay_days": "14", "hard_at": "2027-03-15T23:59", "version": "0",
}  # fmt: skip


def test_a_policy_is_decided_and_remembered(meeting, cleo):
    follow(cleo, cleo.post(POLICY, data=TYPED))

    found = registration.pricing.policy_of(meeting)
    assert (found.needs, found.lapse, found.price_date, found.credit_days, found.hard_at.isoformat()) == (
        pricing.Needs.END,
        pricing.Lapse.GRACE,
        pricing.PriceDate.GRACE,
        30,
        "2027-03-16T03:59:00+00:00",
    )
    assert next(entry.verb for entry in audit.story_of(meeting)) == "decided prices of"
    shown = page(cleo.get(POLICY))
    assert 'value="2027-03-15T23:59"' in shown
    assert "Price policy decided" in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"needs": "never"}, "Not a valid choice"),
        ({"grace_days": "0"}, "how many days they have to renew"),
        ({"pay_days": ""}, "how many days they have to pay"),
        ({"credit_days": "400"}, "0 to 366"),
        ({"recheck_on": "2031-01-01"}, "after the meeting"),
        ({"hard_at": "0001-01-01T00:00"}, "between 2000 and 2199"),
    ],
)
def test_what_cannot_be_a_policy_is_refused_at_its_field_and_nothing_typed_is_lost(meeting, cleo, wrong, said):
    answer = cleo.post(POLICY, data=TYPED | wrong)

    assert answer.status_code == 422
    assert said in page(answer)
    assert registration.pricing.policy_of(meeting) == registration.pricing.Policy()


def test_a_policy_changed_elsewhere_is_not_overwritten_unseen(meeting, cleo):
    follow(cleo, cleo.post(POLICY, data=TYPED))
    follow(cleo, cleo.post(POLICY, data=TYPED | {"credit_days": "20", "version": "2"}))

    answer = cleo.post(POLICY, data=TYPED | {"credit_days": "10", "version": "2"})

    assert (answer.status_code, registration.pricing.policy_of(meeting).credit_days) == (409, 20)


def test_it_is_for_the_registration_desk_alone(meeting, dov, fay, stranger):
    assert [each.get(POLICY).status_code for each in (dov, fay, stranger)] == [403, 403, 303]
