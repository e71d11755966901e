"""A card is saved, replaced and taken away: whatever is lost on the way, Stripe and our rows end up saying the same."""

import pytest
from sqlalchemy import select

from conference import checkout, payments
from conference.kernel import clock, db, transaction
from conference.payments import cards, gateway
from conference.payments.cards import CardState, Use
from tests.checkout.renewals.acting import a_member, begin, letters, save, sweep
from tests.payments.settled import calls, hear, later
from tests.payments.settled import sweep as sweep_anew


@pytest.fixture
def member(ada):
    a_member(ada, days_left=200)
    return ada


def all_cards():
    db.session.rollback()
    return [str(each) for each in db.session.scalars(select(cards.SavedCard.state).order_by(cards.SavedCard.id))]


def at_stripe(stripe, card):
    return stripe.client().v1.payment_methods.retrieve(card.method_ref)


def test_a_card_is_saved_with_brand_last_four_and_expiry_and_what_was_agreed(member, stripe):
    card = save(member, stripe)

    assert (card.brand, card.last4, card.expiry) == ("visa", "4242", "12/2034")
    assert at_stripe(stripe, card).customer == card.customer_ref
    kept = cards.agreeing.agreement_of(member.id, Use.KEEP)
    assert (kept.version, kept.language) == (cards.agreeing.VERSION, "en")
    assert kept.text.startswith("I agree that Society of Tests has my card kept by Stripe")
    assert letters(member) == ["card_saved"]
    assert stripe.client().v1.payment_intents.list({"customer": card.customer_ref}).data == []


def test_a_message_that_comes_twice_or_late_saves_once(member, stripe):
    card = save(member, stripe)
    seen = cards.at_stripe.page_seen(card.session_id)

    for _time in range(2):
        with transaction():
            checkout.renewals.kept(seen, clock.now())

    assert all_cards() == ["saved"]
    assert letters(member) == ["card_saved"]


def test_a_lost_message_is_found_by_the_sweep(member, stripe):
    begun = begin(member)
    stripe.save_card(begun.session_id)

    with later(minutes=4):
        sweep("cards")

    assert cards.card_of(member.id).last4 == "4242"


def test_a_page_that_is_left_saves_nothing(member, stripe):
    begun = begin(member)

    stripe.expire(begun.session_id)
    hear(stripe)

    assert all_cards() == ["abandoned"]
    assert cards.card_of(member.id) is None


def test_a_card_that_its_bank_refuses_is_not_saved(member, stripe):
    begun = begin(member)

    stripe.save_card(begun.session_id, "declined")
    hear(stripe)

    assert all_cards() == ["asked"]


def test_another_card_takes_the_place_of_the_first_which_stripe_forgets(member, stripe):
    first = save(member, stripe)

    second = save(member, stripe)
    sweep("cards")

    assert all_cards() == ["removed", "saved"]
    assert at_stripe(stripe, first).customer is None
    assert at_stripe(stripe, second).customer == second.customer_ref


def test_a_card_that_is_taken_away_is_forgotten_at_stripe_and_renewal_ends(member, stripe, tap):
    card = save(member, stripe)

    with transaction():
        assert checkout.renewals.remove(card, member, now=clock.now())
    sweep("cards")

    assert all_cards() == ["removed"]
    assert at_stripe(stripe, card).customer is None
    assert [cards.agreeing.agreement_of(member.id, use) for use in Use] == [None, None]
    (sent,) = tap.of("POST /v1/payment_methods/{payment_method}/detach")
    assert sent.headers["Idempotency-Key"] == f"detach-{card.ref}"


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_answer_that_is_lost_while_a_card_is_let_go_of_is_asked_for_again(member, stripe, when):
    card = save(member, stripe)
    stripe.faults(reset_calls=3, reset_when=when, only_path="/v1/payment_methods")
    with transaction():
        checkout.renewals.remove(card, member, now=clock.now())

    sweep("cards")
    assert all_cards() == ["removing"]
    assert calls()[-1][:2] == ("detach", "unknown")
    with later(minutes=7):
        sweep("cards")

    assert all_cards() == ["removed"]
    assert calls()[-1][:2] == ("detach", "answered")


def test_a_page_whose_answer_was_lost_is_closed_and_nothing_hangs(context, member, stripe):
    stripe.faults(reset_calls=3, only_path="/v1/checkout/sessions")
    with pytest.raises(gateway.Unreachable):
        begin(member)

    with later(minutes=4):
        sweep_anew(context, "cards")

    assert all_cards() == ["abandoned"]
    (page,) = [each for each in stripe.sessions() if each["mode"] == "setup" and each["metadata"]["card"] in refs()]
    assert page["status"] == "expired"
    assert calls()[-1] == ("card", "answered", page["id"])


def refs():
    return set(db.session.scalars(select(cards.SavedCard.ref)))


def test_a_card_that_is_let_go_of_at_stripe_itself_is_gone_here_and_its_owner_told(member, stripe):
    card = save(member, stripe)

    stripe.client().v1.payment_methods.detach(card.method_ref)
    hear(stripe)

    assert all_cards() == ["removed"]
    assert letters(member) == ["card_saved", "card_gone"]


def test_a_new_card_from_the_bank_is_shown(member, stripe):
    card = save(member, stripe)

    stripe.change_card(card.method_ref, last4="1881", exp_month=1, exp_year=2040)
    hear(stripe)

    found = cards.card_of(member.id)
    assert (found.last4, found.expiry) == ("1881", "01/2040")


def test_a_customer_that_was_deleted_at_stripe_is_made_anew_for_the_page(member, stripe):
    first = save(member, stripe)
    stripe.delete_customer(first.customer_ref)

    second = save(member, stripe)

    assert second.customer_ref != first.customer_ref
    assert cards.card_of(member.id).ref == second.ref


def test_what_was_agreed_to_cannot_be_changed(member, stripe):
    save(member, stripe)
    row = cards.agreeing.agreement_of(member.id, Use.KEEP)

    row.text = "Something else"

    with pytest.raises(RuntimeError, match="only ever added"):
        db.session.flush()
    db.session.rollback()


def test_the_words_that_people_agreed_to_change_only_with_the_version(app):
    with app.test_request_context("/"):
        assert cards.agreeing.HASHES[cards.agreeing.VERSION] == cards.agreeing.digest(), (
            "what is agreed to has changed: raise VERSION, add its hash to HASHES"
        )


def test_only_what_is_on_the_card_is_kept(member, stripe):
    card = save(member, stripe)

    columns = set(cards.SavedCard.__table__.columns.keys())
    assert not columns & {"number", "cvc", "fingerprint", "name"}
    assert card.state == CardState.SAVED
    assert payments.differences() == []
