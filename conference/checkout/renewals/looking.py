"""The next step of somebody's automatic renewal: announce, remind, charge, or hand it over to the member. Each in one transaction."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import update

from conference import accounts, audit, membership, payments, people, society
from conference.checkout.placing import place_dues
from conference.checkout.renewals import mails, queries, rules
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
    waiting = {renewal.order_id} if renewal is not None and renewal.order_id else queries.waiting_dues(person_id)
    for order_id in sorted(waiting, reverse=True):
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


def _announce(renewal, person, today, now):
    """Tell amount, date and card of what will be charged; what is not on offer any more is told too."""
    offer = _offer(renewal, person, today)
    if offer is None:
        return _not_offered(renewal, person, today, now)
    renewal.amount_minor, renewal.currency = offer.amount.minor, offer.amount.currency
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
    """Charge what was announced; anything else is announced first."""
    offer = _offer(renewal, person, today)
    if renewal.order_id is None and offer is None:
        return _not_offered(renewal, person, today, now)
    if renewal.order_id is None and (offer.amount, offer.type_code) != (renewal.amount, renewal.type_code):
        renewal.state = RenewalState.PLANNED
        return _announce(renewal, person, today, now)
    if queries.dues_under_way(person.id):
        return _wait_a_day(renewal, today)
    if not _take_turn(renewal):
        return False
    order = _order(renewal, person, now)
    if order.state != OrderState.OPEN:  # it costs nothing, or was paid a moment ago
        paid = order.state == OrderState.PAID
        return end(renewal, RenewalState.PAID if paid else RenewalState.GIVEN_UP, now=now)
    return _charge(renewal, order, person, today, now)


def _wait_a_day(renewal, today):
    """Its dues are perhaps being paid already: no card is charged before that is known, and none is bought twice."""
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
    if is_money_seen(order):
        renewal.tries -= 1  # nobody was asked
        return _wait_a_day(renewal, today)
    try:
        cards.charging.promise(order, card, now=now)
    except Refusal:  # it is paid in part, or being paid another way: its own page goes on with it
        return end(renewal, RenewalState.TO_PAY, now=now)
    return True


def is_money_seen(order):
    """Whether somebody says that it was paid, or a line of the bank waits that seems to pay it: then no card is charged."""
    return bool(payments.marks.waiting_marks([order.id]) or payments.bank.waited_for([order.id]))


def hand_over(renewal, order, person, why, card, *, now):
    """The member must pay by themselves: the order stays open, and a letter has the way to it."""
    if end(renewal, RenewalState.TO_PAY, now=now):
        mails.to_pay(renewal, order, person, why, card, now=now)
    return True


def _order(renewal, person, now):
    """The order of a renewal: placed as the page places it, and open until the days of grace are over."""
    if renewal.order_id:
        return payments.locked(renewal.order_id)
    until = _open_until(renewal, person, now)
    order = place_dues(type_code=renewal.type_code, person=person, now=now, held_for=until - now)
    order = payments.locked(order.id)
    if order.state == OrderState.OPEN and order.expires_at < until:  # one that waited already
        order.expires_at = until
    renewal.order_id = order.id
    db.session.flush()
    audit.record(by=None, verb="renews by itself", subject=order, now=now, after={"total": order.total_minor})
    return order


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


def _not_offered(renewal, person, today, now):
    was_promised = renewal.told_on is not None or today <= renewal.ends
    if end(renewal, RenewalState.GIVEN_UP, now=now) and was_promised:
        mails.failed(renewal, person, reason=_("This membership cannot be renewed by itself as it was."), now=now)
    return True


def _open_until(renewal, person, now):
    standing = membership.standing_of(person, membership.local_day(now))
    last = rules.open_until(standing.grace_until or renewal.ends, membership.local_day(now))
    midnight = datetime.combine(last + timedelta(days=1), time(), tzinfo=ZoneInfo(society.timezone()))
    return midnight.astimezone(now.tzinfo)
