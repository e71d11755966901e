"""What a category asks, and what is sold to whom at which price."""

from datetime import timedelta

import pytest

from conference import people, registration
from conference.kernel import transaction
from conference.registration import eligibility
from conference.registration.eligibility import ProofState, UntilCleared
from conference.registration.rules import NotSold
from tests.cast import a_draft, a_person
from tests.registration.eligibility.documents import a_document

LATER = timedelta(minutes=5)


def price_of(meeting, person, now, code="student", **more):
    wish = registration.Wish(code)
    category = registration.category_by_code(meeting, code)
    return registration.price_of(wish, category, "", meeting=meeting, person=person, now=now, **more)


def ask(meeting, by, now, code="student", **facts):
    with transaction():
        eligibility.require(registration.category_by_code(meeting, code), by=by, now=now, **facts)


def decide_on(policy, meeting, by, now, **facts):
    with transaction():
        eligibility.set_policy(meeting, by=by, now=now, until_cleared=policy, **facts)


def cleared(person, meeting, by, now, until=None):
    category = registration.category_by_code(meeting, "student")
    with transaction():
        facts = {"person": person, "meeting": meeting, "category": category}
        proof = eligibility.proofs.hand_in(document=a_document(), now=now, **facts)
        eligibility.proofs.decide(proof, ProofState.CLEARED, by=by, now=now, good_until=until)
    with transaction():
        eligibility.proofs.follow(proof.id, now=now + LATER)


def test_who_has_not_told_their_stage_is_told_to_say_it(meeting, ada, cleo, now):
    ask(meeting, cleo, now, stages=["graduate"])

    with pytest.raises(NotSold, match="Say your career stage"):
        price_of(meeting, ada, now)


def test_a_stage_that_is_over_does_not_count(meeting, ada, cleo, now):
    ask(meeting, cleo, now, stages=["graduate"])
    with transaction():
        people.update(ada, by=ada, now=now, career_stage="graduate", stage_until=(now - timedelta(days=1)).date())

    with pytest.raises(NotSold):
        price_of(meeting, ada, now)


def test_residents_of_the_right_countries_get_the_price_and_the_line_says_which_list(meeting, ada, cleo, now):
    ask(meeting, cleo, now, tiers=["low"])
    with transaction():
        people.update(ada, by=ada, now=now, country="ET")
        eligibility.tiers.put_in_force({"ET": "low"}, name="List 2026", valid_from=now.date(), by=cleo, now=now)

    line = price_of(meeting, ada, now).lines[0]

    assert line.amount.minor == 10000
    assert line.rule["eligibility"]["tier"] == "low"
    assert "You live in Ethiopia: low income in the list “List 2026”" in line.why


def test_a_list_counts_from_its_day_on(meeting, ada, cleo, now):
    ask(meeting, cleo, now, tiers=["low"])
    with transaction():
        people.update(ada, by=ada, now=now, country="ET")
        tomorrow = now.date() + timedelta(days=1)
        eligibility.tiers.put_in_force({"ET": "high"}, name="Old", valid_from=now.date(), by=cleo, now=now)
        eligibility.tiers.put_in_force({"ET": "low"}, name="New", valid_from=tomorrow, by=cleo, now=now)

    with pytest.raises(NotSold, match="high income"):
        price_of(meeting, ada, now)
    assert price_of(meeting, ada, now + timedelta(days=1)).total.minor == 10000


def test_it_is_refused_when_placing_too(meeting, ada, cleo, now):
    with transaction():
        draft = a_draft(meeting, ada, now, category="student")
    ask(meeting, cleo, now, members_only=True)

    with pytest.raises(NotSold, match="For members"):
        registration.offer_for(draft, meeting=meeting, person=ada, now=now)


def test_the_office_may_register_somebody_all_the_same_and_the_line_says_why(meeting, ada, cleo, now):
    ask(meeting, cleo, now, members_only=True, proof="letter")

    line = price_of(meeting, ada, now, waived="Guest of the president").lines[0]

    assert line.amount.minor == 10000
    assert "Guest of the president" in line.why[-1]


def test_until_a_proof_is_cleared_the_higher_price_is_paid(meeting, ada, cleo, now):
    full = registration.category_by_code(meeting, "full")
    ask(meeting, cleo, now, proof="letter", fallback_id=full.id)
    decide_on(UntilCleared.HIGHER, meeting, cleo, now)

    line = price_of(meeting, ada, now).lines[0]

    assert (line.amount.minor, line.rule["priced_as"], line.rule["pending"]["other_minor"]) == (44000, "full", 10000)


def test_or_the_lower_one_with_a_deadline(meeting, ada, cleo, now):
    full = registration.category_by_code(meeting, "full")
    ask(meeting, cleo, now, proof="letter", fallback_id=full.id)
    decide_on(UntilCleared.LOWER, meeting, cleo, now, hand_in_days=7)

    line = price_of(meeting, ada, now).lines[0]

    assert (line.amount.minor, line.rule["pending"]["other_minor"]) == (10000, 44000)
    assert line.rule["pending"]["until"].startswith("2026-12-01T05:00")  # the end of the seventh day in New York


def test_or_nothing_is_sold_before(meeting, ada, cleo, now):
    ask(meeting, cleo, now, proof="letter")
    decide_on(UntilCleared.FIRST, meeting, cleo, now)

    with pytest.raises(NotSold, match="hand it in first"):
        price_of(meeting, ada, now)


def test_a_cleared_proof_is_not_asked_for_again_while_it_is_good(meeting, ada, cleo, now):
    ask(meeting, cleo, now, proof="letter", fallback_id=registration.category_by_code(meeting, "full").id)
    cleared(ada, meeting, cleo, now, until=meeting.starts)

    line = price_of(meeting, ada, now + LATER).lines[0]

    assert (line.amount.minor, "pending" in line.rule) == (10000, False)


def test_a_proof_that_is_over_before_the_meeting_is_asked_for_again(meeting, ada, cleo, now):
    ask(meeting, cleo, now, proof="letter", fallback_id=registration.category_by_code(meeting, "full").id)
    cleared(ada, meeting, cleo, now, until=meeting.starts - timedelta(days=1))

    assert price_of(meeting, ada, now + LATER).total.minor == 44000


def test_anothers_proof_is_no_proof_of_mine(meeting, ada, cleo, now):
    ask(meeting, cleo, now, proof="letter", fallback_id=registration.category_by_code(meeting, "full").id)
    with transaction():
        ben = a_person("Ben", now)
    cleared(ben, meeting, cleo, now)

    assert price_of(meeting, ada, now + LATER).total.minor == 44000
