"""The sweep of cards: pages that nobody told of are looked at, and cards to be let go of are let go of at Stripe."""

from sqlalchemy import select, update

from conference import jobs
from conference.kernel import claimed, clock, db, end_read, transaction
from conference.payments import calls, gateway
from conference.payments.cards import at_stripe, keeping
from conference.payments.cards.models import SavedCard
from conference.payments.cards.rules import CardState
from conference.payments.stripe_models import CallKind

WAITING = (CardState.ASKED, CardState.REMOVING)


def work_on_next(kept):
    """Whether there was a card to look at or to let go of; `kept(seen, now)` is called in the transaction in which one may be saved."""
    card = _claim()
    if card is None:
        return False
    try:
        (_look if card.state == CardState.ASKED else _let_go)(card, kept)
    except gateway.Unreachable as error:
        pause = gateway.heed(error)
        jobs.trouble(f"card {card.ref}: Stripe could not be asked: {gateway.words_of(error)}")
        with transaction():
            wait = max(keeping.LOOK_EVERY * min(card.attempts + 1, 20), pause or keeping.LOOK_EVERY)
            claimed(update(SavedCard).where(SavedCard.id == card.id).values(due_at=clock.now() + wait))
    return True


def _claim():
    """One card that waits, taken for as long as a call to Stripe may last; None when there is none."""
    now = clock.now()
    with transaction():
        due = select(SavedCard).where(SavedCard.state.in_(WAITING), SavedCard.due_at <= now).order_by(SavedCard.id)
        free = due.limit(1).with_for_update(skip_locked=True)
        card = db.session.scalar(free.execution_options(populate_existing=True))
        if card is None:
            return None
        taken = update(SavedCard).where(
            SavedCard.id == card.id, SavedCard.attempts == card.attempts, SavedCard.state == card.state
        )
        taken = taken.values(attempts=SavedCard.attempts + 1, due_at=now + keeping.LEASE)
        return card if claimed(taken) else None


def _look(card, kept):
    """What became of the page; one of which nobody knows whether it was made is closed, and the card given up."""
    end_read()
    if card.session_id:
        seen = at_stripe.page_seen(card.session_id)
        with transaction():
            kept(seen, clock.now())
            waits = update(SavedCard).where(SavedCard.id == card.id, SavedCard.state == CardState.ASKED)
            claimed(waits.values(due_at=clock.now() + keeping.LOOK_EVERY))
        return
    strays = _strays(card)
    for session_id in strays:
        gateway.close_page(session_id)
    with transaction():
        key = calls.latest_key(CallKind.CARD, card.id)
        if strays:
            calls.answered(key, answer=strays[-1])
        elif key:
            calls.never_made(key)
        given_up = update(SavedCard).where(SavedCard.id == card.id, SavedCard.session_id.is_(None))
        claimed(given_up.values(state=str(CardState.ABANDONED)))


def _strays(card):
    if not card.customer_ref:
        return []
    return at_stripe.pages_opened(card.ref, customer=card.customer_ref, since=card.asked_at - keeping.LEASE)


def _let_go(card, _kept):
    key = calls.key_for(CallKind.DETACH, card.id, base=f"detach-{card.ref}")
    with transaction():
        calls.ask(key=key, kind=CallKind.DETACH, subject=card.id, now=clock.now())
    try:
        at_stripe.let_go(card.method_ref, key)
    except gateway.Unreachable as error:
        with transaction():
            calls.failed(key, error, now=clock.now())
        raise
    with transaction():
        calls.answered(key, answer=card.method_ref)
        keeping.gone(card.method_ref, now=clock.now())
