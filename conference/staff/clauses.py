"""The filters of the list of registrations as WHERE clauses."""

from datetime import date, timedelta

from sqlalchemy import and_, or_, select

from conference import people
from conference.door import CheckIn
from conference.kernel import begin_of, is_ref, whole_number
from conference.payments import LIVE, Line, Order
from conference.people import Person
from conference.registration import (
    AddOn,
    Booking,
    Category,
    CodeUse,
    DiscountCode,
    Place,
    Registration,
    State,
)
from conference.staff import answers, belonging, gathering
from conference.staff.wishes import NO_COUNTRY


def clauses_of(meeting, wish, questions=(), *, without_state=False):
    """Every WHERE clause of a wish; `questions` are those whose answers may be looked at."""
    yield Registration.meeting_id == meeting.id
    if wish.state and not without_state:
        yield Registration.state == wish.state
    if wish.pick:
        yield Registration.ref.in_(wish.pick)
    yield from _plain(wish)
    yield from _of_others(wish)
    yield from _days(meeting, wish)
    known = {each.code: each for each in questions}
    for code, text in wish.answers:
        if code in known:
            yield answers.is_given(known[code], text)


def in_order(*clauses):
    """A WHERE clause: the registration stands in an order, and is not taken back, for which all `clauses` hold."""
    return _line(Line.ended_at.is_(None), *clauses)


def on_days(meeting, first, last):
    """As `confirmed_between`; those whose order waits for its payment count on the day on which it was placed."""
    instant = gathering.ordered_at()
    waits = Registration.state == State.HELD
    return or_(
        and_(~waits, confirmed_between(meeting, first, last)), and_(waits, _between(instant, meeting, first, last))
    )


def confirmed_between(meeting, first, last):
    """A WHERE clause: confirmed on one of these days at the venue; None for any."""
    return _between(Registration.confirmed_at, meeting, first, last)


def _plain(wish):
    if wish.q:
        yield _matching(wish.q)
    for column, value in (
        (Category.code, wish.category),
        (Registration.mode, wish.mode),
        (Registration.span, wish.span),
        (Person.country, wish.country),
    ):
        if value:
            yield column == ("" if value == NO_COUNTRY else value)


def _of_others(wish):
    """What stands in other tables."""
    for value, clause_of in (
        (wish.price, lambda price: _at_price(price == "member")),
        (wish.window, lambda code: gathering.window_sold() == code),
        (wish.extra, _with_add_on),
        (wish.redeemed, _with_code),
        (wish.invited, belonging.is_invited),
        (wish.group, belonging.in_group),
        (wish.exhibitor, belonging.of_exhibitor),
    ):
        if value:
            yield clause_of(value)
    if wish.pool or wish.place:
        yield _with_place(whole_number(wish.pool, 9), wish.place)
    yes_or_no = ((wish.balance, _owes), (wish.here, _arrived), (wish.printed, _printed), (wish.guest, _is_guest))
    for answer, clause in yes_or_no:
        if answer:
            yield clause() if answer == "yes" else ~clause()


def _days(meeting, wish):
    if wish.sold:
        yield on_days(meeting, date.fromisoformat(wish.sold), date.fromisoformat(wish.sold))
    if wish.since or wish.until:
        first, last = (date.fromisoformat(text) if text else None for text in (wish.since, wish.until))
        yield on_days(meeting, first, last)


def _between(instant, meeting, first, last):
    found = [] if first is None else [instant >= _midnight(meeting, first)]
    if last is not None:
        found.append(instant < _midnight(meeting, last + timedelta(days=1)))
    return and_(True, *found)


def _midnight(meeting, day):
    return begin_of(day, meeting.zone)


def _matching(text):
    """Name, e-mail, institution; or the reference of the registration or of its order, or the badge's code."""
    words, ref = and_(*people.matching(text)), text.strip().upper()
    if not is_ref(ref):
        return words
    return or_(words, Registration.ref == ref, Registration.badge_code == ref, _line(Order.ref == ref))


def _at_price(member):
    return _line(Order.state.in_(LIVE), Line.ended_at.is_(None), Line.member.is_(member))


def _owes():
    told = gathering.sums().subquery()
    return Registration.id.in_(select(told.c.entry_id).where(told.c.owed > 0))


def _arrived():
    return Registration.id.in_(select(CheckIn.registration_id).where(CheckIn.undone_at.is_(None)))


def _printed():
    return Registration.id.in_(select(gathering.prints().subquery().c.entry_id))


def _is_guest():
    return Registration.host_id.is_not(None)


def _with_place(pool_id, state):
    statement = select(Place.registration_id)
    if pool_id is not None:
        statement = statement.where(Place.pool_id == pool_id)
    return Registration.id.in_(statement.where(Place.state == state) if state else statement)


def _with_code(code):
    statement = select(CodeUse.registration_id).join(DiscountCode, CodeUse.code_id == DiscountCode.id)
    return Registration.id.in_(statement.where(DiscountCode.code == code))


def _line(*clauses):
    """Whether the registration has a line of which all clauses are true."""
    statement = select(Line.id).join(Order, Line.order_id == Order.id)
    own = (Line.kind == "registration", Line.reference == Registration.id)
    return statement.where(*own, *clauses).correlate(Registration).exists()


def _with_add_on(code):
    statement = select(Booking.id).join(AddOn, Booking.add_on_id == AddOn.id)
    own = (Booking.registration_id == Registration.id, AddOn.code == code)
    return statement.where(*own).correlate(Registration).exists()
