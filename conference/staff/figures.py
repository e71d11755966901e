"""What stands today, counted in SQL."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, func, select

from conference import mail, payments
from conference.kernel import Money, db
from conference.payments import Order, OrderState, Payment, Refund
from conference.registration import Category, Pool, Registration, State
from conference.staff import gathering
from conference.staff.clauses import confirmed_between

DAYS = 14


@dataclass(frozen=True)
class Trouble:
    """What waits for a person: how many parked orders, noted orders, failed letters, refunds, messages and disputes."""

    parked: int
    letters: int
    refunds: int
    by_hand: int
    events: int
    disputes: int

    @property
    def all(self):
        """All of them together."""
        return self.parked + self.letters + self.refunds + self.by_hand + self.events + self.disputes


def trouble():
    """The Trouble that there is now."""
    parked = select(func.count()).select_from(Order).where(payments.needs_staff())
    return Trouble(
        parked=db.session.scalar(parked),
        letters=mail.counts()[mail.State.FAILED],
        refunds=db.session.scalar(select(func.count()).select_from(payments.refunds_in_trouble().subquery())),
        by_hand=db.session.scalar(select(func.count()).select_from(payments.refunds_by_hand().subquery())),
        events=db.session.scalar(select(func.count()).select_from(payments.events_in_trouble().subquery())),
        disputes=payments.disputes.waiting_count(),
    )


def by_state(meeting):
    """{State: how many registrations}; every state is named."""
    rows = select(Registration.state, func.count()).where(Registration.meeting_id == meeting.id)
    counted = db.session.execute(rows.group_by(Registration.state))
    return dict.fromkeys(State, 0) | {State(state): count for state, count in counted}


def by_category(meeting):
    """[(code, name, confirmed, held)] in the meeting's order."""
    confirmed, held = (
        func.count(Registration.id).filter(Registration.state == state) for state in (State.CONFIRMED, State.HELD)
    )
    statement = select(Category.code, Category.name, confirmed, held).outerjoin(
        Registration, Registration.category_id == Category.id
    )
    statement = statement.where(Category.meeting_id == meeting.id).group_by(Category.id)
    return list(db.session.execute(statement.order_by(Category.position, Category.id)))


def by_day(meeting, now):
    """[(day, confirmed that day)] for the last days on the meeting's clock, the latest first."""
    today = now.astimezone(meeting.zone).date()
    days = [today - timedelta(days=number) for number in range(DAYS)]
    counts = [func.count().filter(confirmed_between(meeting, day, day)) for day in days]
    row = db.session.execute(select(*counts).where(_confirmed(meeting))).one()
    return list(zip(days, row, strict=True))


def pools(meeting):
    """The meeting's places, those with a limit first."""
    statement = select(Pool).where(Pool.meeting_id == meeting.id).order_by(Pool.places.is_(None), Pool.id)
    return list(db.session.scalars(statement))


def money_of(meeting):
    """(received, sent back, on its way back) for orders that sold something for this meeting."""
    orders = gathering.orders_about(meeting)
    came = select(func.sum(Payment.amount_minor)).where(Payment.order_id.in_(orders))
    sent = select(func.sum(Refund.amount_minor)).where(Refund.order_id.in_(orders))
    return tuple(
        Money(int(db.session.scalar(each.where(_in(meeting, table))) or 0), meeting.currency)
        for each, table in (
            (came, Payment),
            (sent.where(Refund.state == "succeeded"), Refund),
            (sent.where(Refund.state.in_(("requested", *payments.rules.UNDER_WAY))), Refund),
        )
    )


def waiting_orders():
    """How many orders wait for their payment."""
    waiting = select(func.count()).select_from(Order).where(Order.state.in_((OrderState.OPEN, OrderState.ONGOING)))
    return db.session.scalar(waiting)


def _in(meeting, table):
    return table.currency == meeting.currency


def _confirmed(meeting):
    return and_(Registration.meeting_id == meeting.id, Registration.state == State.CONFIRMED)
