"""A balance that was asked for because no proof came, when the proof is cleared after all: it is closed, or what was paid goes back."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import checkout, jobs, payments, registration
from conference.checkout import paying
from conference.kernel import clock, db, transaction
from conference.payments import gateway
from conference.registration import eligibility
from conference.registration.eligibility import ProofState, Provision, UntilCleared
from tests.cast import a_draft
from tests.checkout.acting import lapse, letters, paid, settle, state_of
from tests.checkout.test_proofs import a_policy, bought, student
from tests.registration.eligibility.documents import a_document

__all__ = ["student"]
DAY, LATER = timedelta(days=1), timedelta(minutes=5)


@pytest.fixture
def asked(meeting, student, ada, ben):
    """Ada has bought at 100 ten days ago, no proof came within seven: the balance of 340 waits. Its order."""
    then = clock.now() - 10 * DAY
    a_policy(meeting, UntilCleared.LOWER, ben, then)
    bought(meeting, ada, then)
    sweep()
    return balance()


def balance():
    db.session.rollback()
    return payments.order_by_id(db.session.scalar(select(Provision.order_id)))


def sweep():
    """What the worker does about proofs."""
    db.session.rollback()
    jobs.run("proofs")
    db.session.rollback()


def hand_in(meeting, person, category):
    with transaction():
        return eligibility.proofs.hand_in(
            person=person, meeting=meeting, category=category, document=a_document(), now=clock.now() - 2 * LATER
        )


def clear(proof, by):
    """Cleared some minutes ago: the letter is due."""
    with transaction():
        eligibility.proofs.decide(proof, ProofState.CLEARED, by=by, now=clock.now() - LATER)


@pytest.fixture
def cleared(meeting, ada, ben, student, asked):
    """Ada's proof, cleared after the balance was asked for."""
    proof = hand_in(meeting, ada, student)
    clear(proof, ben)
    return proof


def state():
    db.session.rollback()
    return db.session.scalar(select(Provision.state))


def price_of(meeting, person):
    """What the person's ticket costs as it stands."""
    entry = registration.registration_in(meeting, person)
    (line,) = [each for each in checkout.lines_of(entry) if each.kind == "registration"]
    return line.amount_minor


def going_back():
    return sum(db.session.scalars(select(payments.Refund.amount_minor)))


def test_it_is_closed_when_nobody_has_begun_to_pay(meeting, ada, asked, cleared):
    sweep()

    assert (state(), state_of(asked), price_of(meeting, ada), going_back()) == ("kept", "lapsed", 10000, 0)
    assert letters().count("balance_over") == 1 and letters().count("proof_cleared") == 1
    assert registration.registration_in(meeting, ada).state == "confirmed"
    sweep()
    assert letters().count("balance_over") == 1


def test_its_payment_page_is_closed_first(meeting, ada, stripe, asked, cleared):
    paying.payment_page(asked, email=ada.email, locale="en")
    session_id = balance().session_id

    sweep()

    assert gateway.look_up(session_id).status == "expired"
    assert (state(), state_of(asked), price_of(meeting, ada)) == ("kept", "lapsed", 10000)


def test_while_the_payment_service_does_not_answer_nothing_is_closed(meeting, ada, stripe, asked, cleared):
    paying.payment_page(asked, email=ada.email, locale="en")
    stripe.faults(error_calls=-1)
    sweep()
    assert (state(), state_of(asked)) == ("asked", "open")
    stripe.no_faults()
    with transaction():
        db.session.scalars(select(Provision)).one().due_at = clock.now()

    sweep()

    assert (state(), state_of(asked)) == ("kept", "lapsed")


@pytest.mark.parametrize("told", [True, False], ids=["settled", "paid at Stripe a moment ago"])
def test_what_was_paid_while_the_proof_waited_goes_back(meeting, ada, ben, student, stripe, asked, told):
    proof = hand_in(meeting, ada, student)
    if told:
        settle(asked, paid(asked), clock.now())
        sweep()
        assert state() == "paid"
    else:
        paying.payment_page(asked, email=ada.email, locale="en")
        stripe.pay(balance().session_id)
    clear(proof, ben)

    sweep()

    assert (state(), state_of(asked), price_of(meeting, ada), going_back()) == ("credited", "paid", 10000, 34000)
    assert "changed" in letters()
    sweep()
    assert going_back() == 34000


def test_what_was_paid_before_anything_was_handed_in_stays_paid(meeting, ada, ben, student, asked):
    settle(asked, paid(asked), clock.now() - DAY)
    clear(hand_in(meeting, ada, student), ben)

    sweep()

    assert (state(), price_of(meeting, ada), going_back()) == ("paid", 44000, 0)


def test_one_that_lapsed_before_waits_for_nobodys_decision_any_more(meeting, ada, ben, student, asked):
    lapse(asked, clock.now() + 20 * DAY)
    sweep()
    assert (state(), len(eligibility.queries.unpaid_balances(meeting))) == ("unpaid", 1)

    clear(hand_in(meeting, ada, student), ben)
    sweep()

    assert (state(), eligibility.queries.unpaid_balances(meeting), letters().count("balance_over")) == ("kept", [], 1)


def test_money_that_comes_after_it_was_closed_goes_back(meeting, ada, asked, cleared):
    sweep()

    settle(asked, paid(asked), clock.now())
    sweep()

    assert (state(), price_of(meeting, ada), going_back()) == ("credited", 10000, 34000)


def test_a_bank_debit_on_its_way_is_waited_for_and_then_goes_back(meeting, ada, asked, cleared):
    settle(asked, paid(asked, payment_status="unpaid", intent_status="processing"), clock.now())
    sweep()
    assert (state(), state_of(asked)) == ("asked", "ongoing")

    settle(asked, paid(asked), clock.now())
    with transaction():
        db.session.scalars(select(Provision)).one().due_at = clock.now()
    sweep()

    assert (state(), price_of(meeting, ada), going_back()) == ("credited", 10000, 34000)


def test_a_price_with_a_code_comes_back_with_the_code(meeting, student, ada, ben):
    then = clock.now() - 10 * DAY
    a_policy(meeting, UntilCleared.LOWER, ben, then)
    with transaction():
        code = registration.add_code(meeting, code="HALF", effect="percent", percent=50, reason="Speakers")
    bought_with(meeting, ada, then, "half")
    sweep()
    settle(balance(), paid(balance()), clock.now() - DAY / 2)
    with transaction():
        proof = eligibility.proofs.hand_in(
            person=ada, meeting=meeting, category=student, document=a_document(), now=clock.now() - DAY
        )
    clear(proof, ben)

    sweep()

    assert (state(), price_of(meeting, ada), going_back()) == ("credited", 5000, 17000)
    use = db.session.scalars(select(registration.CodeUse)).one()
    assert (use.code_id, use.off_minor) == (code.id, 5000)
    assert registration.miscounted() == []


def bought_with(meeting, person, now, code):
    with transaction():
        draft = a_draft(meeting, person, now, category="student")
        checkout.redeem(draft, code, meeting=meeting, person=person, now=now)
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=person, now=now)
    settle(order, paid(order), now)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_comes_first_the_price_is_the_lower_one_in_the_end(meeting, ada, ben, student, asked, seed):
    """Handed in, then decided, paid, swept and told again in any order."""
    proof, chance = hand_in(meeting, ada, student), random.Random(seed)
    acts = [lambda: clear(proof, ben), lambda: settle(asked, paid(asked), clock.now()), sweep, sweep]
    chance.shuffle(acts)

    for act in acts:
        act()
    sweep()
    settle(asked, paid(asked), clock.now())
    sweep()

    assert price_of(meeting, ada) == 10000
    assert going_back() == 34000
