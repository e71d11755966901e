"""Carrying charges of saved cards to Stripe, and what their answers mean for orders and renewals."""

from conference import jobs, membership, payments, people
from conference.checkout import paying
from conference.checkout.renewals import looking, mails, queries, rules
from conference.checkout.renewals.rules import RenewalState, Why
from conference.checkout.settling import settle
from conference.kernel import clock, db, end_read, transaction
from conference.payments import CallKind, OrderState, calls, cards, gateway

MOST_TRIES = 20  # in about ten hours: what Stripe has refused until then, for its own reasons, it will not take


def send_charges():
    """Ask Stripe for every charge that waits; how many were asked for."""
    done = 0
    while not gateway.is_paused() and (claimed := _claim()) is not None:
        done += jobs.tried_apart(claimed, lambda charge: _send(*charge), what="charges")
    return done


def note(seen, *, now):
    """What Stripe is `seen` to say of a charge becomes what our rows say; safe to repeat. Money settles its order as any other does."""
    row = cards.charging.charge_by_ref(seen.charge_ref)
    if row is None:
        return
    order = payments.locked(row.order_id)
    is_news = cards.charging.conclude(row, seen, now=now)
    if seen.state == cards.ChargeState.SUCCEEDED:
        order = settle(order.id, seen.as_paid(), now=now)
    if is_news:
        _follow(cards.charging.charge_by_ref(row.ref), order, now)


def _follow(row, order, now):
    """What a concluded charge means for the renewal behind it."""
    renewal, (card, _order) = queries.of_order(order.id), cards.charging.behind(row)
    if row.code == cards.GONE:
        cards.gone(card.method_ref, now=now)
    if renewal is None:
        return
    if order.state == OrderState.PAID:  # by this charge, or another way before its answer was found
        looking.end(renewal, RenewalState.PAID, now=now)
        return
    person, today = people.by_id(renewal.person_id), membership.local_day(now)
    match cards.ChargeState(row.state):
        case cards.ChargeState.SUCCEEDED:
            looking.end(renewal, RenewalState.PAID, now=now)
        case cards.ChargeState.AUTHENTICATION:
            looking.hand_over(renewal, order, person, Why.AUTHENTICATION, card, now=now)
        case cards.ChargeState.DECLINED if renewal.state == RenewalState.TRYING:
            _declined(renewal, row, order, person, card, today, now)


def _declined(renewal, row, order, person, card, today, now):
    """Tried again on its day, or given up; either way the member is told."""
    renewal.try_on = None if row.code in cards.FINAL else rules.next_try(renewal.tries, today)
    db.session.flush()
    if renewal.try_on is None:
        looking.end(renewal, RenewalState.GIVEN_UP, now=now)
        mails.failed(renewal, person, order=order, card=card, code=row.code, now=now)
    else:
        mails.declined(renewal, order, person, card, code=row.code, now=now)


def _claim():
    with transaction():
        row = cards.charging.claim_due(clock.now())
        if row is None:
            return None
        key = calls.key_for(CallKind.CHARGE, row.id, base=f"charge-{row.ref}")
        calls.ask(key=key, kind=CallKind.CHARGE, subject=row.id, now=clock.now())
        return row, key


def _send(row, key):
    card, order = cards.charging.behind(row)
    end_read()  # the call to Stripe stands between two transactions
    try:
        seen = _made_before(row, card) or _ask(row, card, order, key)
    except gateway.Unreachable as error:
        pause, told = gateway.heed(error), gateway.words_of(error)
        jobs.trouble(f"charge {row.ref}: Stripe did not take it: {told}")
        with transaction():
            calls.failed(key, error, now=clock.now())
            cards.charging.put_off(row, failure=told, now=clock.now(), pause=pause)
        return
    with transaction():
        if seen is None:
            calls.never_made(key)
        else:
            calls.answered(key, answer=seen.intent)
            note(seen, now=clock.now())


def _made_before(row, card):
    """`attempts` is what it was before this try: after a first one, Stripe may have done it and only the answer was lost."""
    return cards.at_stripe.charge_made(row, card.customer_ref) if row.attempts else None


def _ask(row, card, order, key):
    """What Stripe says to the charge; None when it is not wanted any more. A payment page of the order is closed first, so that nobody pays twice."""
    paying.close_and_look(order)
    with transaction():
        if not _is_wanted(row):
            if cards.charging.call_off(row):  # by nobody else, who would have gone on with it
                _go_on(row.order_id, clock.now())
            return None
    try:
        return cards.at_stripe.charge(row, card, order, key)
    except gateway.Unreachable as error:
        if row.attempts < MOST_TRIES or not gateway.is_about_this(error):
            raise
        jobs.trouble(f"charge {row.ref}: given up, as Stripe refuses it: {gateway.words_of(error)}")
        return cards.at_stripe.refused(row, order, gateway.words_of(error))


def _is_wanted(row):
    """Whether the order still waits for exactly this, its renewal still goes on, and the card is still there."""
    order = payments.locked(row.order_id)
    card, _order = cards.charging.behind(row)
    db.session.refresh(card)
    waits = order.state == OrderState.OPEN and payments.missing(order) == row.amount
    return waits and card.state == cards.CardState.SAVED and looking.goes_on(queries.of_order(order.id))


def _go_on(order_id, now):
    """A charge that was called off is no end: what is left of its renewal is looked at once more today."""
    renewal = queries.of_order(order_id)
    if renewal is not None and renewal.state == RenewalState.TRYING:
        renewal.try_on, renewal.tries = membership.local_day(now), renewal.tries - 1
        db.session.flush()
