"""The next step of somebody's automatic renewal: announce, remind, charge, or hand it over to the member. Each in one transaction."""

from sqlalchemy import update

from conference import accounts, membership, payments, people
from conference.checkout.placing import waiting_for
from conference.checkout.renewals import mails, ordering, queries, rules
from conference.checkout.renewals.models import Renewal
from conference.checkout.renewals.rules import RenewalState, Why
from conference.kernel import Refusal, claimed, db, insert_once
from conference.membership import OfferKind
from conference.payments import OrderState, cards


def look(person_id, *, now):
    """Take the step that is due for somebody who agreed to it, if any; whether one was taken. Inside a transaction."""
    today = membership.local_day(now)
    person, renewal = _locked(person_id)
    last = membership.last_days_of([person_id]).get(person_id)
    if cards.agreeing.agreement_of(person_id, cards.Use.DUES) is None or not _has_account(person):
        return False
    if renewal is not None and (last is None or renewal.ends != last[0]):  # renewed another way, or a member for life
        ordering.close_unneeded(renewal, now=now)
        return end(renewal, RenewalState.MOOT, now=now)
    if last is None:
        return False
    if renewal is None:
        renewal = _planned(person_id, last, today, now)
    return renewal is not None and _step(renewal, person, today, now)


def _has_account(person):
    """Whoever cannot sign in cannot stop it: nothing is charged then."""
    account = accounts.of_person(person)
    return account is not None and account.disabled_at is None


def end(renewal, state, *, now):
    """Bring an unfinished renewal to its end; whether it was unfinished."""
    open_still = update(Renewal).where(Renewal.id == renewal.id, Renewal.state.in_(rules.UNFINISHED))
    return claimed(open_still.values(state=str(state), ended_at=now, try_on=None))


def goes_on(renewal):
    """Whether a renewal, None when there is none any more, still wants its charge: tried, its dues not paid and its term not had another way.

    The term is asked for last: money that has come since the question before is one by then.
    """
    if renewal is None or renewal.state != RenewalState.TRYING:
        return False
    if queries.may_be_paid(renewal.person_id, own={renewal.order_id}):
        return False
    last = membership.last_days_of([renewal.person_id]).get(renewal.person_id)
    return last is not None and last[0] == renewal.ends


def reopen(person_id):
    """What somebody has stopped and now agrees to again is announced anew."""
    stopped = update(Renewal).where(Renewal.person_id == person_id, Renewal.state == RenewalState.STOPPED)
    anew = stopped.values(
        state=str(RenewalState.PLANNED), order_id=None, tries=0, notices=0, told_on=None, ended_at=None
    )
    db.session.execute(anew, execution_options={"synchronize_session": False})


def _locked(person_id):
    """(person, their unfinished renewal or None), kept from other workers; orders are locked before anything else."""
    renewal = queries.unfinished_of(person_id)
    own = {renewal.order_id} if renewal is not None and renewal.order_id else set()
    for order_id in sorted(own | queries.waiting_dues(person_id), reverse=True):
        payments.locked(order_id)
    return people.locked(people.by_id(person_id)), queries.unfinished_of(person_id)


def _planned(person_id, last, today, now):
    """The renewal of a term that ends soon, or has ended and can still be renewed without a gap; None when it is not its time."""
    ends, type_code = last
    if not rules.is_near(ends, today) or not cards.had_card(person_id):  # who has left Stripe's page has no card yet
        return None
    values = {
        "person_id": person_id, "ends": ends, "state": "planned", "type_code": type_code, "amount_minor": 0, "currency": "",
        "notices": 0, "tries": 0, "made_at": now,
    }  # fmt: skip
    insert_once(Renewal.__table__, values)
    return queries.unfinished_of(person_id)


def _step(renewal, person, today, now):
    match renewal.state:
        case RenewalState.PLANNED:
            return _announce(renewal, person, today, now)
        case RenewalState.TOLD if today < renewal.charge_on:
            return _remind(renewal, person, today, now)
        case RenewalState.TOLD | RenewalState.TRYING if renewal.try_on and today >= renewal.try_on:
            return _try(renewal, person, today, now)
    return False


def _announce(renewal, person, today, now, order=None):
    """Tell amount, date and card of what will be charged, of its `order` where one stands; what is not on offer any more is told too."""
    offer = _offer(renewal, person, today) if order is None else None
    if offer is None and order is None:
        return _not_offered(renewal, person, today, now)
    amount = offer.amount if order is None else ordering.keep_open(renewal, order, person, now=now).due
    renewal.amount_minor, renewal.currency = amount.minor, amount.currency
    renewal.charge_on = renewal.try_on = rules.charge_day(renewal.ends, today)
    renewal.state, renewal.told_on, renewal.notices = RenewalState.TOLD, today, 1
    db.session.flush()
    mails.ahead(renewal, person, cards.card_of(person.id), now=now)
    return True


def _remind(renewal, person, today, now):
    if not rules.is_time_for_notice(renewal.notices, renewal.charge_on, renewal.told_on, today):
        return False
    renewal.notices, renewal.told_on = renewal.notices + 1, today
    db.session.flush()
    mails.ahead(renewal, person, cards.card_of(person.id), now=now)
    return True


def _try(renewal, person, today, now):
    """Charge what was announced; anything else, or what was announced for a day long past, is announced first."""
    offer, order = _offer(renewal, person, today), ordering.standing_of(renewal)
    must_wait = _must_wait(person, order or (waiting_for(person, offer, now) if offer else None))
    if offer is None and (order is None or order.state in (OrderState.ONGOING, OrderState.PARKED)):
        return _not_offered(renewal, person, today, now, perhaps_paid=must_wait)
    if must_wait:
        return _wait_a_day(renewal, today)
    if not _is_expected(renewal, offer, order, today):
        renewal.state = RenewalState.PLANNED
        return _announce(renewal, person, today, now, order)
    if not _take_turn(renewal):
        return False
    return _with_order(renewal, order or ordering.place(renewal, person, now=now), person, today, now)


def _must_wait(person, order):
    """Whether dues may be paid otherwise than by an order that stands or waits, or a charge of it is under way since before it was stopped."""
    own = {order.id} if order is not None else set()
    return queries.may_be_paid(person.id, own=own) or any(cards.charging.is_under_way(each) for each in own)


def _is_expected(renewal, offer, order, today):
    """Whether what is to be charged is what was announced, for about today.

    An order that stands keeps its price, and each letter about it has told its next try; but for one that waited for a debit.
    """
    is_late = rules.is_long_past(renewal.charge_on, today)
    if order is not None:
        return order.state != OrderState.OPEN or not (is_late and payments.debits.has_failed(order))
    return not is_late and (offer.amount, offer.type_code) == (renewal.amount, renewal.type_code)


def _with_order(renewal, order, person, today, now):
    if order.state == OrderState.OPEN:
        return _charge(renewal, order, person, today, now)
    if order.state == OrderState.PAID:  # it costs nothing, or was paid a moment ago
        return end(renewal, RenewalState.PAID, now=now)
    return _not_offered(renewal, person, today, now)


def _wait_a_day(renewal, today):
    """Its dues are perhaps paid already, or will be: no card is charged before that is known, and none is bought twice."""
    renewal.try_on = today + rules.DAY
    db.session.flush()
    return False


def _take_turn(renewal):
    """Whether this worker is the one that makes the next try: counted by a guarded update."""
    mine = update(Renewal).where(
        Renewal.id == renewal.id, Renewal.tries == renewal.tries, Renewal.state == renewal.state
    )
    taken = claimed(mine.values(tries=Renewal.tries + 1, state=str(RenewalState.TRYING), try_on=None))
    if taken:
        db.session.refresh(renewal)
    return taken


def _charge(renewal, order, person, today, now):
    card = cards.card_of(person.id)
    if card is None or card.is_expired(today):
        why = Why.NO_CARD if card is None else Why.EXPIRED
        return hand_over(renewal, order, person, why, card, now=now)
    try:
        cards.charging.promise(order, card, now=now)
    except Refusal:  # it is paid in part, or being paid another way: its own page goes on with it
        return end(renewal, RenewalState.TO_PAY, now=now)
    return True


def hand_over(renewal, order, person, why, card, *, now):
    """The member must pay by themselves: the order stays open, and a letter has the way to it."""
    if end(renewal, RenewalState.TO_PAY, now=now):
        mails.to_pay(renewal, order, person, why, card, now=now)
    return True


def _offer(renewal, person, today):
    """What renewing costs today; None when that cannot be renewed without a gap any more."""
    type_ = membership.type_by_code(renewal.type_code)
    if type_ is None or not type_.is_on_offer:
        return None
    try:
        offer = membership.offer_for(person, type_, today)
    except Refusal:
        return None
    return offer if offer.kind == OfferKind.RENEW else None


def _not_offered(renewal, person, today, now, *, perhaps_paid=False):
    was_promised = renewal.told_on is not None or today <= renewal.ends
    if end(renewal, RenewalState.GIVEN_UP, now=now) and was_promised:
        mails.failed(renewal, person, perhaps_paid=perhaps_paid, now=now)
    return True
