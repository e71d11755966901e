"""The verbs of a saved card: begin, keep, replace, let go of. Inside transactions, but for the opening of a page."""

from datetime import timedelta

from sqlalchemy import select, update

from conference import audit, jobs, people
from conference.kernel import claimed, clock, db, transaction
from conference.payments import calls, customers
from conference.payments.cards import agreeing, at_stripe
from conference.payments.cards.models import SavedCard
from conference.payments.cards.rules import CardState, Use
from conference.payments.stripe_client import Unreachable
from conference.payments.stripe_models import CallKind

LEASE = timedelta(minutes=2)
LOOK_EVERY = timedelta(minutes=3)


def card_of(person_id):
    """The card that somebody has saved, or None."""
    mine = select(SavedCard).where(SavedCard.person_id == person_id, SavedCard.state == CardState.SAVED)
    return db.session.scalar(mine.execution_options(populate_existing=True))


def had_card(person_id):
    """Whether somebody ever saved a card, be it gone by now."""
    mine = select(SavedCard.id).where(SavedCard.person_id == person_id, SavedCard.saved_at.is_not(None)).limit(1)
    return db.session.scalar(mine) is not None


def card_by_ref(ref):
    """A card by our reference, as it is now, or None."""
    return _fresh(SavedCard.ref == ref)


def card_by_method(method_ref):
    """A card by Stripe's id, as it is now, or None."""
    return _fresh(SavedCard.method_ref == method_ref)


def last_asked(person_id):
    """The card that somebody set out to save last, whatever became of it; or None."""
    mine = select(SavedCard).where(SavedCard.person_id == person_id).order_by(SavedCard.id.desc()).limit(1)
    return db.session.scalar(mine.execution_options(populate_existing=True))


def begin(person, *, now):
    """Somebody agrees that a card of theirs is kept and sets out to give it: the row by which Stripe will know it."""
    agreeing.note(person.id, Use.KEEP, is_given=True, now=now)
    card = SavedCard(person_id=person.id, asked_at=now, due_at=now + LOOK_EVERY)
    db.session.add(card)
    db.session.flush()
    return card


def open_page(card, person, *, email, saved, left, locale):
    """The address at Stripe where the card is given. Raises Unreachable. Outside a transaction; made once more without a customer that is gone."""
    try:
        return _open(card, person, email, saved, left, locale)
    except Unreachable as error:
        if not customers.forget_deleted(person.id, error):
            raise
    return _open(card, person, email, saved, left, locale)


def _open(card, person, email, saved, left, locale):
    customer = customers.customer_of(person, email=email)
    parameters, key = at_stripe.page_wanted(card, customer=customer, saved=saved, left=left, locale=locale)
    key = f"{key}-{customer[-12:]}"
    with transaction():
        calls.ask(key=key, kind=CallKind.CARD, subject=card.id, now=clock.now())
        claimed(update(SavedCard).where(SavedCard.id == card.id).values(customer_ref=customer))
    try:
        session = at_stripe.client().v1.checkout.sessions.create(parameters, {"idempotency_key": key})
    except Unreachable as error:
        with transaction():
            calls.failed(key, error, now=clock.now())
        raise
    with transaction():
        calls.answered(key, answer=session.id)
        claimed(update(SavedCard).where(SavedCard.id == card.id).values(session_id=session.id))
    return session.url


def keep(seen, *, now):
    """What Stripe is `seen` to say of a page becomes a saved card: the SavedCard when this has saved it, else None. Safe to repeat.

    The card that its owner had before is let go of.
    """
    card = card_by_ref(seen.card_ref)
    if card is None:
        return None
    person = people.locked(people.by_id(card.person_id))  # two pages at once wait for each other
    card = card_by_ref(seen.card_ref)
    if card.state != CardState.ASKED:
        return None
    if not seen.is_saved:
        if seen.is_over:
            card.state = CardState.ABANDONED
        db.session.flush()
        return None
    former = card_of(person.id)
    if former is not None:
        _let_go(former, now)
    card.state, card.saved_at = CardState.SAVED, now
    card.customer_ref, card.method_ref = seen.customer, seen.method
    card.brand, card.last4, card.exp_month, card.exp_year = seen.brand, seen.last4, seen.exp_month, seen.exp_year
    db.session.flush()
    verb = "saved a card" if former is None else "replaced a card"
    audit.record(by=person, verb=verb, subject=person, now=now, after={"card": card.last4})
    return card


def remove(card, *, by, now):
    """The owner takes the card away: it is used no more from now on, and Stripe is told by the worker; whether it was there."""
    people.locked(people.by_id(card.person_id))
    card = card_by_ref(card.ref)
    if card.state != CardState.SAVED:
        return False
    _let_go(card, now)
    agreeing.note(card.person_id, Use.KEEP, is_given=False, now=now)
    audit.record(by=by, verb="removed a card", subject=by, now=now, before={"card": card.last4})
    return True


def gone(method_ref, *, now):
    """Stripe has let go of a card by itself, or somebody did so there: it is used no more. The SavedCard if it was saved until now, else None."""
    card = card_by_method(method_ref)
    if card is None or card.state not in (CardState.SAVED, CardState.REMOVING):
        return None
    was_saved = card.state == CardState.SAVED
    card.state, card.removed_at = CardState.REMOVED, now
    db.session.flush()
    return card if was_saved else None


def renewed(method_ref, face):
    """Its bank has sent the owner a new card with other digits or another expiry."""
    card = card_by_method(method_ref)
    if card is not None and card.state == CardState.SAVED:
        card.brand, card.last4 = face["brand"], face["last4"]
        card.exp_month, card.exp_year = face["exp_month"], face["exp_year"]
        db.session.flush()


def _let_go(card, now):
    card.state, card.removed_at, card.due_at, card.attempts = CardState.REMOVING, now, now, 0
    db.session.flush()
    jobs.soon("cards")


def _fresh(clause):
    return db.session.scalar(select(SavedCard).where(clause).execution_options(populate_existing=True))
