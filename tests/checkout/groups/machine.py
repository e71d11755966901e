"""A payer, four people and the office, in any order; and what must be true of seats, places and everybody's money at any time."""

from contextlib import contextmanager
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import select

from conference import checkout, payments, people, registration
from conference.kernel import Refusal, db, transaction
from conference.payments import Order, OrderState
from conference.registration import Wish, groups
from conference.registration.groups import SeatState
from tests.cast import a_draft, a_meeting, a_membership, a_person
from tests.checkout.acting import paid
from tests.checkout.groups.truths import Truths
from tests.conftest import NOW, empty_tables

NAMES = ("Ben", "Cleo", "Dov", "Eve")
which = st.integers(0, 100)
tickets = st.sampled_from(["in_person", "virtual"])
dinner = st.booleans()


class Group(Truths):
    """Ada pays; Cleo is a member; four places at the venue, two at the dinner; giving a seat away costs 25, ending one 100."""

    @initialize()
    def begin(self):
        empty_tables()
        with transaction():
            self.meeting = a_meeting(NOW, places=4)
            registration.offer_add_on(self.meeting, code="dinner", title="Dinner", amount_minor=8503, places=2)
            until = NOW + timedelta(days=900)
            costs = {"switch": 0, "add": 0, "drop": 0, "substitute": 2500, "cancel": 10000}
            steps = [{"kind": kind, "until": until, "amount_minor": minor} for kind, minor in costs.items()]
            registration.changes.set_steps(self.meeting, steps, by=None, now=NOW)
            self.ada = a_person("Ada", NOW)
            self.people = [a_person(name, NOW) for name in NAMES]
            a_membership(self.people[1], NOW)
            made = groups.make(meeting=self.meeting, coordinator=self.ada, by=self.ada, now=NOW, name="Lab")
            for number, person in enumerate(self.people[:3]):
                wish = Wish("full", extras=("dinner",) if number == 0 else ())
                groups.add_seat(
                    groups.by_ref(self.meeting, made.ref),
                    email=person.email,
                    wish=wish,
                    by=self.ada,
                    now=NOW,
                    grant="R",
                )
        self.group, self.now, self.count = groups.by_ref(self.meeting, made.ref), NOW, 0
        with transaction():
            checkout.place_group(self.group, by=self.ada, now=self.later(), by_transfer=True)

    @rule(who=which, mode=tickets, with_dinner=dinner)
    @precondition(lambda self: self.unwritten())
    def write_down(self, who, mode, with_dinner):
        found = self.unwritten()
        wish = Wish("full", mode=mode, extras=("dinner",) if with_dinner and mode == "in_person" else ())
        with self.tried():
            email = found[who % len(found)].email
            groups.add_seat(self.group, email=email, wish=wish, by=self.ada, now=self.later(), grant=email[:1])

    @rule(pays=st.booleans())
    @precondition(lambda self: self.seats(SeatState.OPEN))
    def order(self, pays):
        with self.tried():
            checkout.place_group(self.group, by=self.ada, now=self.later(), by_transfer=True)
        self.pay_newest(pays)

    @rule(number=which, amount=st.sampled_from(["due", "total"]))
    @precondition(lambda self: self.orders(OrderState.OPEN, OrderState.LAPSED))
    def money_comes_at_last(self, number, amount):
        found = self.orders(OrderState.OPEN, OrderState.LAPSED)
        self.pay(found[number % len(found)], amount)

    @rule(amount=st.sampled_from(["due", "total"]))
    @precondition(lambda self: self.orders(OrderState.OPEN))
    def the_payer_pays(self, amount):
        self.pay(self.orders(OrderState.OPEN)[-1], amount)

    @rule(number=which)
    @precondition(lambda self: self.orders(OrderState.OPEN))
    def an_order_lapses(self, number):
        found = self.orders(OrderState.OPEN)
        with self.tried():
            checkout.lapse_if_due(found[number % len(found)].id, now=self.later(), at_once=True)

    @rule(number=which)
    @precondition(lambda self: self.willing())
    def say_no(self, number):
        found = self.willing()
        seated = found[number % len(found)]
        person = self.person_of(seated)
        with self.tried():
            checkout.decline_seat(seated.seat, self.group, by=person, now=self.later())

    @rule(number=which, amount=st.sampled_from(["due", "total"]), lapses=st.booleans())
    @precondition(lambda self: self.seats(SeatState.HELD))
    def say_no_while_the_money_is_under_way(self, number, amount, lapses):
        """Before or after the order lapses, and then the money comes all the same."""
        seated = self.one(number, SeatState.HELD)
        order = payments.order_by_id(seated.seat.order_id)
        with self.tried():
            if lapses:
                checkout.lapse_if_due(order.id, now=self.later(), at_once=True)
            checkout.decline_seat(seated.seat, self.group, by=self.person_of(seated), now=self.later())
        self.pay(order, amount)

    @rule(number=which)
    @precondition(lambda self: self.unwilling())
    def say_yes(self, number):
        found = self.unwilling()
        seated = found[number % len(found)]
        with self.tried():
            checkout.accept_seat(seated.seat, self.group, by=self.person_of(seated), now=self.later())

    @rule(number=which)
    @precondition(lambda self: self.seats(SeatState.HELD, SeatState.ENDED))
    def take_out_or_put_back(self, number):
        seated = self.one(number, SeatState.HELD, SeatState.ENDED)
        with self.tried():
            act = checkout.put_back_seat if seated.state is SeatState.ENDED else checkout.take_out_seat
            act(seated, self.group, by=self.ada, now=self.later())

    @rule(number=which, who=which, pays=st.booleans())
    @precondition(lambda self: self.seats(SeatState.PAID))
    def give_away(self, number, who, pays):
        entry, email = self.entry(number), self.people[who % 4].email
        with self.tried():
            seen = checkout.quote_substitute(entry, email=email, now=self.later()).seen
            checkout.substitute(entry, email=email, names={}, seen=seen, by=self.ada, now=self.now)
        self.pay_newest(pays)

    @rule(number=which, waived=st.booleans())
    @precondition(lambda self: self.seats(SeatState.PAID))
    def end(self, number, waived):
        entry = self.entry(number)
        with self.tried():
            seen = checkout.quote_cancel(entry, now=self.later(), waived=waived).seen
            checkout.cancel(entry, seen=seen, by=self.ada, now=self.now, waived=waived)

    @rule(number=which, mode=tickets, with_dinner=dinner, pays=st.booleans(), by_desk=st.booleans())
    @precondition(lambda self: self.seats(SeatState.PAID))
    def change(self, number, mode, with_dinner, pays, by_desk):
        entry = self.entry(number)
        wish = Wish("full", mode=mode, extras=("dinner",) if with_dinner and mode == "in_person" else ())
        with self.tried():
            seen = checkout.quote_change(entry, wish, now=self.later()).seen
            by = self.ada if by_desk else entry.person
            checkout.change(entry, wish, seen=seen, by=by, now=self.now)
        self.pay_newest(pays)

    @rule(who=which, pays=st.booleans())
    @precondition(lambda self: self.unregistered())
    def register_alone(self, who, pays):
        found = self.unregistered()
        person = found[who % len(found)]
        with self.tried():
            draft = a_draft(self.meeting, person, self.later())
            checkout.place(draft=draft, meeting=self.meeting, person=person, now=self.now)
        self.pay_newest(pays)

    def pay(self, order, amount):
        """By card: what was due, or the whole, as a page asked for it that was opened before somebody was taken out."""
        made = payments.order_by_id(order.id)
        self.count += 1
        minor = made.due.minor if amount == "due" else made.total_minor
        with self.tried():
            seen = paid(made, amount=minor, payment_intent=f"pi_{self.count}")
            if minor:
                checkout.settle(made.id, seen, now=self.later())

    def pay_newest(self, pays):
        found = self.orders(OrderState.OPEN)
        if pays and found and found[-1].placed_at == self.now:
            self.pay(found[-1], "total")

    def orders(self, *states):
        return list(db.session.scalars(select(Order).where(Order.state.in_(states)).order_by(Order.id)))

    def unwritten(self):
        written = {each.seat.email for each in self.seats()}
        return [person for person in self.people if person.email not in written]

    def willing(self):
        return [each for each in self.seats() if not each.is_declined]

    def unwilling(self):
        return [each for each in self.seats() if each.is_declined]

    def unregistered(self):
        """Who has said no, or is in no order of the payer."""
        held = {each.seat.email for each in self.seats(SeatState.HELD, SeatState.PAID)}
        found = [person for person in self.people if person.email not in held]
        entries = {person.id: registration.registration_in(self.meeting, person) for person in found}
        return [each for each in found if entries[each.id] is None or entries[each.id].state in ("draft", "cancelled")]

    def one(self, number, *states):
        found = self.seats(*states)
        return found[number % len(found)]

    def entry(self, number):
        return registration.by_id(self.one(number, SeatState.PAID).seat.registration_id)

    def person_of(self, seated):
        return people.by_email(seated.seat.email)

    def later(self):
        self.now += timedelta(hours=7)
        return self.now

    @contextmanager
    def tried(self):
        """Done, or refused with nothing kept."""
        try:
            with transaction():
                yield
        except Refusal:
            db.session.rollback()
