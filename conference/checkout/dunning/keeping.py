"""How far dunning has come with an order, and whether its places are still held for it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from conference import meetings, payments, people, society
from conference.checkout.dunning import rules
from conference.checkout.dunning.models import DunningCase, DunningLetter, DunningPolicy
from conference.checkout.dunning.rules import Course, Release, Schedule, Step, Wait
from conference.checkout.models import TransferTerms
from conference.checkout.queries import had_elsewhere
from conference.kernel import db, end_of
from conference.payments import OrderState, bank

GRACE = 3  # days, where a meeting says nothing of it


@dataclass(frozen=True)
class Standing:
    """An order's dunning as it stands now, with all that was asked for it."""

    order: Any
    case: DunningCase
    policy: DunningPolicy
    schedule: Schedule
    course: Course
    letters: list
    meeting: Any
    zone: ZoneInfo
    today: date
    account: Any
    promised: Any
    known_until: date | None
    wait: Wait | None

    @property
    def next(self):
        """(step, the first day on which it may be sent), or None."""
        return rules.next_step(self.schedule, self.course, today=self.today)

    @property
    def is_due(self):
        """Whether a step is to be sent today, if nothing keeps it back."""
        found = self.next
        return found is not None and found[1] <= self.today

    @property
    def is_over(self):
        """Whether the last day has passed."""
        return self.course.ends_on is not None and self.course.ends_on < self.today

    @property
    def held_until(self):
        """The instant until which the places are held as things stand."""
        waits = self.wait not in (None, Wait.BANK, Wait.ADDRESS)
        facts = {"today": self.today, "waits": waits, "known_until": self.known_until}
        return end_of(rules.held_until(self.schedule, self.course, **facts), self.zone)


def standing_of(order, *, now):
    """The Standing of one order, or None: see `standings`."""
    return standings([order], now=now).get(order.id)


def standings(orders, *, now):
    """{order id: Standing} of those of these orders that are dunned, in a fixed number of queries.

    Not among them are those that do not wait, that nobody promised to pay by a day, or that no policy is for; nor dues whose
    term their member has got another way, as nothing is wanted for them any more.
    """
    waiting = {order.id: order for order in orders if order.state == OrderState.OPEN}
    cases, dates = cases_of(waiting), dates_of(waiting)
    ours = [key for key in waiting if key in cases and key in dates]
    of_dues = [key for key in ours if cases[key].meeting_id is None]
    had = had_elsewhere(of_dues) if of_dues else ()
    ours = [key for key in ours if key not in had]
    at_hand = _AtHand(ours, [waiting[key] for key in ours]) if ours else None
    found = {key: _standing(waiting[key], cases[key], dates[key], at_hand, now) for key in ours}
    return {key: each for key, each in found.items() if each is not None}


def holds(order, *, now):
    """Whether the places of a locked order whose time is over are held all the same, as its dunning has not come to its end.

    Its time is moved as far as they are held; it is looked at again then.
    """
    found = standing_of(order, now=now)
    if found is None or found.held_until <= now:
        return False
    if found.next != (found.case.next_step and (found.case.next_step, found.case.next_on)):
        found.case.looked_at = None  # what is noted is out of date: the sweep looks at it anew
    order.expires_at = found.held_until
    db.session.flush()
    return True


def zone_of(meeting):
    """Where days are counted: at the venue; of dues, where the society is."""
    return meeting.zone if meeting is not None else society.zone()


def case_of(order):
    """The case of an order, or None."""
    return cases_of([order.id]).get(order.id)


def cases_of(order_ids):
    """{order id: DunningCase} as they are now."""
    wanted = select(DunningCase).where(DunningCase.order_id.in_(order_ids)).execution_options(populate_existing=True)
    return {case.order_id: case for case in db.session.scalars(wanted)}


def letters_of(order_ids):
    """{order id: [DunningLetter], the first first} of these orders."""
    wanted = select(DunningLetter).where(DunningLetter.order_id.in_(order_ids)).order_by(DunningLetter.id)
    found = defaultdict(list)
    for letter in db.session.scalars(wanted):
        found[letter.order_id].append(letter)
    return found


def due_on_of(order, meeting):
    """The day until which an order is to be paid as was promised or invoiced, or None."""
    found = dates_of([order.id]).get(order.id)
    return _due_on(found, zone_of(meeting)) if found else None


def dates_of(order_ids):
    """{order id: (instant of the promise or the invoice, [until when it is to be paid, as an instant or a day])}."""
    wanted = select(bank.Promise).where(bank.Promise.order_id.in_(order_ids))
    found: dict[int, tuple[datetime, list]] = {}
    for promised in db.session.scalars(wanted):
        found[promised.order_id] = (promised.made_at, [promised.until])
    for invoice in db.session.scalars(payments.documents.queries.due_invoices(order_ids)):
        made_at, until = found.get(invoice.order_id, (invoice.issued_at, []))
        found[invoice.order_id] = (made_at, [*until, date.fromisoformat(invoice.content["due_on"])])
    return found


class _AtHand:
    """What the standings of many orders rest on, asked once."""

    def __init__(self, order_ids, orders):
        self.policies, self.letters, self.known = policies(), letters_of(order_ids), bank.known_until()
        self.waits = _waits_by_money(order_ids)
        promises = select(bank.Promise).options(joinedload(bank.Promise.account))
        found = db.session.scalars(promises.where(bank.Promise.order_id.in_(order_ids)))
        self.promises = {each.order_id: each for each in found}
        self.accounts = bank.accounts(closed=False)
        self._meetings: dict[int | None, tuple] = {}
        payers = {order.person_id for order in orders}
        nowhere = select(people.Person.id).where(people.Person.id.in_(payers), people.Person.email.is_(None))
        self.nowhere = set(db.session.scalars(nowhere))

    def meeting_of(self, case, policy):
        """(the meeting of a case or None, its zone, its schedule by a policy)."""
        key = case.meeting_id
        if key not in self._meetings:
            meeting = meetings.by_id(key) if key else None
            self._meetings[key] = (meeting, zone_of(meeting), schedule_of(policy, meeting))
        return self._meetings[key]

    def account_of(self, order):
        """The account into which an order is paid: as promised, else the first that is open in its currency; or None."""
        promised = self.promises.get(order.id)
        if promised is not None:
            return promised.account
        return next((each for each in self.accounts if each.currency == order.currency), None)


def policies():
    """{key of the meeting, or None for the society: DunningPolicy with its steps}."""
    wanted = select(DunningPolicy).options(selectinload(DunningPolicy.steps)).execution_options(populate_existing=True)
    return {policy.meeting_id: policy for policy in db.session.scalars(wanted)}


def schedule_of(policy, meeting):
    """What a policy says for a meeting's orders, as values."""
    terms = db.session.get(TransferTerms, meeting.id) if meeting is not None else None
    return Schedule(
        days={Step(each.step): each.days for each in policy.steps if each.is_on},
        days_to_pay=policy.days_to_pay,
        grace_days=terms.grace_days if terms else GRACE,
        bank_days=policy.bank_days,
        release=Release(policy.release),
    )


def _standing(order, case, dates, at_hand, now):
    policy = at_hand.policies.get(case.meeting_id) or at_hand.policies.get(None)
    if policy is None or not policy.is_on:
        return None
    meeting, zone, schedule = at_hand.meeting_of(case, policy)
    letters, account, today = at_hand.letters[order.id], at_hand.account_of(order), now.astimezone(zone).date()
    course = _course(case, letters, dates, zone)
    known = at_hand.known.get(account.id) if account else None
    wait = _wait(order, schedule, course, at_hand, today, known)
    facts = {"order": order, "case": case, "policy": policy, "letters": letters, "meeting": meeting, "zone": zone}
    facts |= {"schedule": schedule, "course": course, "today": today, "account": account, "known_until": known}
    return Standing(**facts, promised=at_hand.promises.get(order.id), wait=wait)


def _course(case, letters, dates, zone):
    return Course(
        made_on=dates[0].astimezone(zone).date(),
        due_on=_due_on(dates, zone),
        sent={Step(each.step): each.sent_on for each in letters},
        last_day=case.last_day,
        paused_until=case.paused_until,
    )


def _due_on(dates, zone):
    """Of a promise and an invoice, the later: an instant at which a day is over is that day."""
    instants = [each for each in dates[1] if isinstance(each, datetime)]
    days = [each for each in dates[1] if not isinstance(each, datetime)]
    return max(days + [(each - timedelta(seconds=1)).astimezone(zone).date() for each in instants])


def _wait(order, schedule, course, at_hand, today, known_until):
    if course.is_paused(today):
        return Wait.PAUSED
    if order.id in at_hand.waits:
        return at_hand.waits[order.id]
    if not rules.is_bank_known(schedule, course, today=today, known_until=known_until):
        return Wait.BANK
    return Wait.ADDRESS if order.person_id in at_hand.nowhere else None


def _waits_by_money(order_ids):
    """{order id: Wait} of orders that a dispute, a mark or a line keeps from being dunned."""
    disputed = select(payments.Payment.order_id).where(
        payments.Payment.order_id.in_(order_ids), payments.Payment.disputes_open > 0
    )
    found = dict.fromkeys(db.session.scalars(disputed), Wait.DISPUTE)
    found |= dict.fromkeys(payments.marks.waiting_marks(order_ids), Wait.MARK)
    return found | dict.fromkeys(bank.waited_for(order_ids), Wait.MONEY)
