"""What a price becomes that waits for a proof: credited, kept, or asked for; the sold line itself is never edited."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import checkout, payments, registration
from conference.kernel import db, transaction
from conference.registration import eligibility
from conference.registration.eligibility import ProofState, Provision, UntilCleared
from tests.checkout.acting import lapse, letters, paid, place, settle, state_of
from tests.registration.eligibility.documents import a_document

LATER = timedelta(minutes=5)


@pytest.fixture
def student(meeting, ben, now):
    """A category at 100.00 that asks for a letter; others pay 440.00."""
    with transaction():
        category = registration.add_category(meeting, code="student", name="Student")
        registration.set_price(category, meeting.windows[0], amount_minor=10000)
        full = registration.category_by_code(meeting, "full")
        eligibility.require(category, by=ben, now=now, proof="letter", fallback_id=full.id)
    return category


def a_policy(meeting, policy, by, now):
    with transaction():
        eligibility.set_policy(meeting, by=by, now=now, until_cleared=policy, hand_in_days=7, pay_days=10)


def bought(meeting, person, now):
    order = place(meeting, person, now, category="student")
    settle(order, paid(order), now)
    return order


def decided(person, meeting, category, by, now, state, reason=""):
    with transaction():
        proof = eligibility.proofs.hand_in(
            person=person, meeting=meeting, category=category, document=a_document(), now=now
        )
        eligibility.proofs.decide(proof, state, by=by, now=now, reason=reason)
    with transaction():
        eligibility.proofs.follow(proof.id, now=now + LATER)


def look(now):
    """Let what waits be looked at; its state afterwards."""
    for provision_id in db.session.scalars(select(Provision.id)).all():
        with transaction():
            checkout.proving.settle_provision(provision_id, now=now)
    return db.session.scalar(select(Provision.state))


def test_the_higher_price_is_credited_by_itself_once_the_proof_clears(meeting, student, ada, ben, now):
    a_policy(meeting, UntilCleared.HIGHER, ben, now)
    order = bought(meeting, ada, now)
    assert look(now) == "open"

    decided(ada, meeting, student, ben, now, ProofState.CLEARED)

    assert look(now + LATER) == "credited"
    sold = payments.order_by_ref(order.ref)
    assert (sold.total_minor, sold.lines[0].amount_minor, sold.lines[0].rule["priced_as"]) == (44000, 44000, "full")
    assert [refund.amount_minor for refund in payments.refunds_of(sold)] == [34000]
    assert look(now + 2 * LATER) == "credited"


def test_the_lower_price_stands_once_the_proof_clears(meeting, student, ada, ben, now):
    a_policy(meeting, UntilCleared.LOWER, ben, now)
    order = bought(meeting, ada, now)

    decided(ada, meeting, student, ben, now, ProofState.CLEARED)

    assert (look(now + LATER), payments.order_by_ref(order.ref).lines[0].amount_minor) == ("kept", 10000)


@pytest.mark.parametrize("is_paid", [True, False])
def test_after_the_deadline_the_balance_is_asked_for_and_staff_decide_when_it_is_not_paid(
    meeting, student, ada, ben, now, is_paid
):
    a_policy(meeting, UntilCleared.LOWER, ben, now)
    bought(meeting, ada, now)
    assert look(now + timedelta(days=6)) == "open"
    over = now + timedelta(days=9)

    assert look(over) == "asked"
    balance = payments.order_by_id(db.session.scalar(select(Provision.order_id)))
    assert (balance.total_minor, balance.expires_at) == (34000, over + timedelta(days=10))
    assert "balance_due" in letters()

    if is_paid:
        settle(balance, paid(balance), over)
    else:
        lapse(balance, over + timedelta(days=11))
    assert look(over + timedelta(days=12)) == ("paid" if is_paid else "unpaid")
    assert (state_of(balance), registration.registration_in(meeting, ada).state) == (
        "paid" if is_paid else "lapsed",
        "confirmed",
    )


def test_a_proof_that_waits_for_staff_never_costs_anything(meeting, student, ada, ben, now):
    a_policy(meeting, UntilCleared.LOWER, ben, now)
    bought(meeting, ada, now)
    with transaction():
        eligibility.proofs.hand_in(person=ada, meeting=meeting, category=student, document=a_document(), now=now)

    assert look(now + timedelta(days=60)) == "open"


def test_a_decision_that_can_be_taken_back_moves_no_money(meeting, student, ada, ben, now):
    a_policy(meeting, UntilCleared.LOWER, ben, now)
    bought(meeting, ada, now)
    with transaction():
        proof = eligibility.proofs.hand_in(
            person=ada, meeting=meeting, category=student, document=a_document(), now=now
        )
        eligibility.proofs.decide(proof, ProofState.DECLINED, by=ben, now=now, reason="unreadable")

    assert look(now) == "open"
    with transaction():
        eligibility.proofs.undo(eligibility.queries.proof_by_ref(proof.ref), by=ben, now=now)
    assert eligibility.queries.proof_by_ref(proof.ref).state == "waiting"
