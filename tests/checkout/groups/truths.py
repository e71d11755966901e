"""What must be true of a group's seats, places and everybody's money at any time."""

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import func, select

from conference import payments, people, registration
from conference.kernel import db
from conference.payments import Line, Order, Payment, Refund
from conference.registration import Registration, State, groups
from conference.registration.groups import SeatState


class Truths(RuleBasedStateMachine):
    """Looked at after every step of whoever inherits it, and has a `group`."""

    @invariant()
    def everything_ties_out(self):
        db.session.rollback()
        assert (payments.differences(), registration.miscounted()) == ([], [])

    @invariant()
    def a_seat_says_what_its_registration_is(self):
        for seated in self.seats():
            entry = registration.by_id(seated.seat.registration_id) if seated.seat.registration_id else None
            if seated.state is SeatState.PAID:
                assert entry.state == State.CONFIRMED and entry.person.email == seated.seat.email
                assert (entry.category_id, entry.mode) == (seated.seat.category_id, seated.seat.mode)
            if seated.state is SeatState.HELD:
                assert entry.state == State.HELD
            assert bool(seated.lines) == (seated.state in (SeatState.HELD, SeatState.PAID))

    @invariant()
    def whoever_is_registered_was_sold_it_once(self):
        """A registration that is held or confirmed stands in one order that waits or is paid, and no other does."""
        for entry in db.session.scalars(select(Registration)):
            expected = {State.HELD: ["open"], State.CONFIRMED: ["paid"]}.get(State(entry.state), [])
            assert self.sold(entry) == expected, entry.person.email

    @invariant()
    def nobodys_money_pays_for_another(self):
        """What somebody paid and did not get back is what stands in their own paid orders."""
        for person in db.session.scalars(select(people.Person)):
            came = self.sum(Payment.amount_minor, Payment, person)
            back = self.sum(Refund.amount_minor, Refund, person)
            stands = self.sum(
                Line.amount_minor, Line, person, Line.ended_at.is_(None), Line.kind != "credit", Order.state == "paid"
            )
            assert came - back == stands, (person.email, came, back, stands)

    def sold(self, entry):
        """The states of the orders by which a registration is held or paid; a change of what is paid that waits is none of them."""
        ticket = ("registration", entry.id, None)
        found = [
            (order, line)
            for order in payments.orders_with_line("registration", entry.id)
            for line in order.lines
            if (line.kind, line.reference, line.ended_at) == ticket and order.state in ("open", "paid")
        ]
        return [
            order.state
            for order, _line in found
            if order.state == "paid" or registration.changes.change_of(order.id) is None
        ]

    def sum(self, amount, table, person, *where):
        mine = select(func.coalesce(func.sum(amount), 0)).select_from(table).join(Order, table.order_id == Order.id)
        return db.session.scalar(mine.where(Order.person_id == person.id, *where))

    def seats(self, *states):
        return [each for each in groups.seats_of(self.group) if not states or each.state in states]
