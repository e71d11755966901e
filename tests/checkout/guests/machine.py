"""Three people who bring guests, order, pay, change and cancel in any order; what must be true of the guests at any time."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from sqlalchemy import select

from conference import checkout, payments, registration
from conference.kernel import db, transaction
from conference.payments import OrderState
from conference.registration import Registration, State, Wish
from tests.checkout.changing.machine import Changes, any_number

extras = st.sampled_from([(), (), ("dinner",)])


class Guests(Changes):
    """As Changes, with two places for guests, of whom each may bring two; guests are people without an address."""

    places = 3

    @initialize()
    def begin(self):
        super().begin()
        with transaction():
            pool = registration.add_pool(self.meeting, name="Guests", places=2)
            guest = registration.add_category(self.meeting, code="guest", name="Guest", kind="guest", pool=pool)
            registration.set_price(guest, self.meeting.windows[0], amount_minor=5501)
            registration.guests.set_policy(self.meeting, most=2, hosts=[], by=None, now=self.now)

    @rule(who=any_number, wanted=extras)
    def name_a_guest(self, who, wanted):
        host = self.host(who)
        if host is None:
            return
        category = registration.category_by_code(self.meeting, "guest")
        with self.tried():
            facts = {"names": {"given_name": f"Guest {self.count}"}, "category": category, "by": None}
            registration.guests.add(host, wish=Wish("guest", extras=wanted), now=self.later(), **facts)

    @rule(who=any_number)
    def take_a_guest_off(self, who):
        named = self.keys(Registration.id, Registration.host_id.is_not(None), Registration.state == State.DRAFT)
        if named:
            with self.tried():
                guest = registration.by_id(named[who % len(named)])
                registration.guests.remove(guest, by=None, now=self.later())

    @rule(who=any_number, pays=st.booleans())
    @precondition(lambda self: self.hosts())
    def order_the_guests(self, who, pays):
        hosts = self.hosts()
        with self.tried():
            order = checkout.place_guests(hosts[who % len(hosts)], now=self.later())
            if pays and order.state == OrderState.OPEN:
                self.settle(order)

    @rule(which=any_number, alone=st.booleans())
    def staff_take_something_back(self, which, alone):
        """All lines of an order, or its first alone; nothing is kept."""
        orders = [order for order in self.settled() if any(not line.ended_at for line in order.lines)]
        if orders:
            with self.tried():
                order = orders[which % len(orders)]
                lines = payments.returnable_lines(order)[: 1 if alone else None]
                keys = [line.id for line in lines if line.kind != "fee"]
                amount = checkout.price_of([line for line in lines if line.id in keys], order.currency)
                how = {"reason": "ill", "by": None, "now": self.later()}
                checkout.end_lines_and_refund(order_id=order.id, line_ids=keys, amount=amount, **how)

    @invariant()
    def no_guest_stands_alone(self):
        hosts = {each.id: each.state for each in db.session.scalars(select(Registration))}
        for guest in db.session.scalars(select(Registration).where(Registration.host_id.is_not(None))):
            if guest.state == State.CONFIRMED:
                assert hosts[guest.host_id] == State.CONFIRMED
            if guest.state == State.HELD:
                assert hosts[guest.host_id] in (State.HELD, State.CONFIRMED)

    @invariant()
    def whoever_brings_guests_is_at_the_venue_and_brings_no_more_than_they_may(self):
        for host in self.hosts():
            count = registration.guests.count_of(host)
            assert count <= 2
            if registration.guests.guests_of(host, (State.HELD, State.CONFIRMED)):
                assert host.mode == "in_person"

    @invariant()
    def guests_are_guests_and_nobody_else_is(self):
        for entry in self.confirmed():
            assert (entry.category.kind == "guest") == (entry.host_id is not None) == (entry.person.email is None)

    @invariant()
    def whoever_brings_a_guest_has_paid_for_them(self):
        for entry in self.confirmed():
            paid = {order.person_id for order in checkout.orders_about(entry) if order.state == OrderState.PAID}
            assert entry.host_id is None or entry.contact_id in paid

    def host(self, who):
        """The registration of one of the three, begun or standing."""
        mine = Registration.person_id == self.people[who % len(self.people)].id
        found = self.keys(Registration.id, mine, Registration.state.in_((State.DRAFT, State.CONFIRMED)))
        host = registration.by_id(found[0]) if found else None
        return host if host and host.category else None

    def hosts(self):
        return [entry for entry in self.confirmed() if entry.host_id is None]
