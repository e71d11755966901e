"""Any sequence of orders, payments, expiry, waiting, changes, codes and refunds: money to the minor unit, places to the last one."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from conference import checkout, registration
from conference.checkout import waiting as queueing
from conference.kernel import Money, db, transaction
from conference.payments import OrderState
from conference.registration import Place, State
from conference.registration.changes import Change
from conference.registration.waiting import LIVE, Wait, WaitState, actions, queries
from tests.cast import a_draft
from tests.checkout.changing.machine import NAMES, Changes, any_number
from tests.conftest import empty_tables
from tests.trying import tries


class Waiting(Changes):
    """The same people, who also wait for what is full; staff who reorder the lists and take lines back."""

    places = 1

    @initialize()
    def begin(self):
        """Ada has the only place, and the dinner; Ben and Cy wait for it."""
        Changes.begin(self)
        self.place(0, ("full", "whole", "in_person"), {"dinner"}, False, True)
        for who in (1, 2):
            self.wait(who, 0)

    @rule(who=any_number, other=any_number, extras=st.booleans())
    @precondition(lambda self: self.waits(WaitState.WAITING) and self.confirmed())
    def somebody_gives_up_and_somebody_else_is_faster(self, who, other, extras):
        self.cancel(who, True)
        self.place(other, ("full", "whole", "in_person"), {"dinner"} if extras else set(), False, True)

    @rule(who=any_number, which=any_number)
    def wait(self, who, which):
        person = self.people[who % len(NAMES)]
        full = queueing.things_to_wait_for(self.meeting, person, self.later())
        if full:
            with self.tried():
                key = full[which % len(full)].key
                queueing.join(key, meeting=self.meeting, person=person, now=self.now)

    @rule(fully=st.booleans())
    def the_sweep_comes(self, fully):
        self.each(queries.past_closing, actions.close)
        self.each(queries.ended_offers, actions.lapse)
        self.each(queries.needless, lambda key, now: actions.close(key, now=now, letter=False))
        while self.each(queries.pools_to_fill, self.offer) and fully:
            pass

    @rule(which=any_number, pays=st.booleans())
    @precondition(lambda self: self.waits(WaitState.OFFERED))
    def take_what_is_offered(self, which, pays):
        found = self.waits(WaitState.OFFERED)
        with self.tried():
            order = self.taken(found[which % len(found)])
            if pays and order and order.state == OrderState.OPEN:
                self.settle(order)

    @rule(which=any_number)
    @precondition(lambda self: self.waits(*LIVE))
    def wait_no_more(self, which):
        found = self.waits(*LIVE)
        with self.tried():
            actions.leave(found[which % len(found)], now=self.later())

    @rule(which=any_number, number=st.integers(1, 3))
    @precondition(lambda self: self.waits(WaitState.WAITING))
    def staff_move_somebody(self, which, number):
        found = self.waits(WaitState.WAITING)
        with self.tried():
            wait = found[which % len(found)]
            registration.waiting.move_to(wait, number, reason="because", by=None, now=self.later())

    @rule(which=any_number, lines=st.sets(st.integers(0, 3), min_size=1), share=st.sampled_from([0, 50, 100]))
    @precondition(lambda self: self.settled())
    def staff_take_lines_back(self, which, lines, share):
        found = self.settled()
        order = found[which % len(found)]
        ended = [line for number, line in enumerate(order.lines) if number in lines and not line.ended_at]
        price = sum(line.amount_minor for line in ended)
        facts = {"line_ids": [line.id for line in ended], "amount": Money(price * share // 100, "USD")}
        with self.tried():
            checkout.end_lines_and_refund(order_id=order.id, reason="because", by=None, now=self.later(), **facts)
            self.fees += price - price * share // 100

    @invariant()
    def nobody_gets_past_those_who_wait(self):
        """A place claimed while somebody waited for it was offered, or came with a registration that was handed over."""
        handed = {key for key in self.keys(Change.heir_id) if key}
        for place in db.session.scalars(select(Place).where(Place.state != "offered")):
            waits = list(db.session.scalars(select(Wait).where(Wait.pool_id == place.pool_id)))
            mine = [each for each in waits if each.registration_id == place.registration_id and each.offered_at]
            if not mine and place.registration_id not in handed:
                assert [each.ref for each in waits if waited_at(each, place.claimed_at)] == []

    def taken(self, wait):
        """The order over what is offered, of a draft or added to what is paid; None when nothing is due."""
        entry = registration.by_id(wait.registration_id)
        if entry.state == State.CONFIRMED:
            seen = queueing.quote(wait, now=self.later()).seen
            return queueing.add(wait, seen=seen, by=None, now=self.now)
        queueing.prepare(wait, now=self.later())
        draft = a_ready(entry, self.meeting, self.now)
        return checkout.place(draft=draft, meeting=self.meeting, person=entry.person, now=self.now)

    def offer(self, pool_id, now):
        first = db.session.scalar(
            select(func.min(Wait.position)).where(Wait.pool_id == pool_id, Wait.state == WaitState.WAITING)
        )
        wait = actions.offer_next(pool_id, now=now)
        assert wait is None or wait.position == first
        return wait

    def each(self, find, act):
        """Do it to each that is found now; whether anything was done."""
        done = False
        for key in find(self.later()):
            with transaction():
                done = bool(act(key, now=self.now)) or done
        return done

    def waits(self, *states):
        return [queries.wait_by_id(key) for key in self.keys(Wait.id, Wait.state.in_(states))]


def a_ready(entry, meeting, now):
    """The same draft, of which all is chosen and answered."""
    if entry.category is None:
        return a_draft(meeting, entry.person, now, extras=tuple(entry.wanted))
    registration.answer(entry, answers={}, conduct_code=registration.conduct_code_of(meeting), now=now)
    return registration.registration_in(meeting, entry.person)


def waited_at(wait, instant):
    """Whether somebody was on the list, without an offer, at that instant."""
    until = wait.offered_at or wait.ended_at
    return wait.joined_at < instant and (until is None or instant < until)


def test_any_sequence_keeps_sends_back_and_counts_everything(context):
    run_state_machine_as_test(
        Waiting,
        settings=settings(
            max_examples=tries(20),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    empty_tables()
