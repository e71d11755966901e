"""The list of registrations: what is wished for in the address, as one SELECT."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import contains_eager

from conference import people
from conference.kernel import db, is_ref
from conference.payments import Line, Order, OrderState
from conference.people import Person
from conference.registration import AddOn, Booking, Category, Registration
from conference.staff.figures import sold_on
from conference.web import Sorted

LIVE = (OrderState.PAID, OrderState.OPEN, OrderState.ONGOING, OrderState.PARKED)
_WHEN = func.coalesce(Registration.confirmed_at, Registration.started_at)
_ORDERS = {
    "when": (_WHEN,),
    "name": (Person.family_name, Person.given_name),
    "institution": (Person.folded_institution,),
    "country": (Person.country,),
    "category": (Category.position,),
    "state": (Registration.state,),
}
SORTS = tuple(_ORDERS)
PRICES = ("member", "other")


@dataclass(frozen=True)
class Wish(Sorted):
    """What staff would like to see, as it stands in the address; empty means any."""

    q: str = ""
    state: str = ""
    category: str = ""
    mode: str = ""
    span: str = ""
    country: str = ""
    price: str = ""
    extra: str = ""
    sold: str = ""
    sort: str = "-when"

    @property
    def asked(self):
        """The wish as query parameters, without what is empty or usual: for links that keep it."""
        return {name: value for name, value in vars(self).items() if value and (name, value) != ("sort", "-when")}

    @property
    def filters(self):
        """How many filters are set, apart from the state, which has its own tabs."""
        return sum(bool(value) for name, value in vars(self).items() if name not in ("state", "sort"))


def registrations(meeting, wish):
    """An ordered SELECT of registrations with person and category, as wished."""
    statement = (
        select(Registration)
        .join(Registration.person)
        .outerjoin(Registration.category)
        .options(contains_eager(Registration.person), contains_eager(Registration.category))
        .where(*_clauses(meeting, wish))
    )
    columns = _ORDERS[wish.column]
    ordered = [column.desc() if wish.is_descending else column.asc() for column in columns]
    return statement.order_by(*ordered, Registration.id.desc())


def ids(meeting, wish, *clauses):
    """The keys of the registrations that are wished for and for which all `clauses` hold, in order."""
    return _all_of(Registration.id, meeting, wish, clauses)


def refs(meeting, wish, *clauses):
    """As `ids`, their references."""
    return _all_of(Registration.ref, meeting, wish, clauses)


def counts_by_state(meeting, wish):
    """{state: how many the other filters let through}."""
    statement = (
        select(Registration.state, func.count())
        .join(Registration.person)
        .outerjoin(Registration.category)
        .where(*_clauses(meeting, wish, without_state=True))
    )
    return dict(db.session.execute(statement.group_by(Registration.state)).all())


def ids_in(meeting):
    """A SELECT of the keys of all registrations of a meeting."""
    return select(Registration.id).where(Registration.meeting_id == meeting.id)


def lines_of(ids):
    """{registration id: (line, order) of its newest order that counts}, in one query; ids: keys, or a SELECT of them."""
    statement = (
        select(Line, Order)
        .join(Order, Line.order_id == Order.id)
        .where(Line.kind == "registration", Line.reference.in_(ids))
        .where(Order.state.in_(LIVE), Line.ended_at.is_(None))
        .order_by(Order.id)
    )
    return {line.reference: (line, order) for line, order in db.session.execute(statement)}


def add_ons_booked(ids):
    """{registration id: [titles of its add-ons]}, in one query; ids: keys, or a SELECT of them."""
    statement = select(Booking.registration_id, AddOn.title).join(AddOn, Booking.add_on_id == AddOn.id)
    statement = statement.where(Booking.registration_id.in_(ids))
    titles = {}
    for registration_id, title in db.session.execute(statement.order_by(Booking.id)):
        titles.setdefault(registration_id, []).append(title)
    return titles


def in_order(*clauses):
    """A WHERE clause: the registration stands in an order, and is not taken back, for which all `clauses` hold."""
    return _line(Line.ended_at.is_(None), *clauses)


def countries(meeting):
    """The country codes of those registered, in order."""
    statement = select(Person.country).join(Registration, Registration.person_id == Person.id)
    statement = statement.where(Registration.meeting_id == meeting.id, Person.country != "")
    return list(db.session.scalars(statement.distinct().order_by(Person.country)))


def _all_of(column, meeting, wish, clauses):
    statement = select(column).join(Registration.person).outerjoin(Registration.category)
    return list(db.session.scalars(statement.where(*_clauses(meeting, wish), *clauses).order_by(Registration.id)))


def _clauses(meeting, wish, *, without_state=False):
    yield Registration.meeting_id == meeting.id
    if wish.q:
        yield _matching(wish.q)
    if wish.state and not without_state:
        yield Registration.state == wish.state
    for column, value in (
        (Category.code, wish.category),
        (Registration.mode, wish.mode),
        (Registration.span, wish.span),
        (Person.country, wish.country),
    ):
        if value:
            yield column == value
    if wish.price:
        yield _at_price(wish.price == "member")
    if wish.extra:
        yield _with_add_on(wish.extra)
    if wish.sold:
        yield sold_on(meeting, date.fromisoformat(wish.sold))


def _matching(text):
    """Name, e-mail, institution; or the reference of the registration or of its order, or the badge's code."""
    words, ref = and_(*people.matching(text)), text.strip().upper()
    if not is_ref(ref):
        return words
    return or_(words, Registration.ref == ref, Registration.badge_code == ref, _line(Order.ref == ref))


def _at_price(member):
    return _line(Order.state.in_(LIVE), Line.ended_at.is_(None), Line.rule["member"].as_boolean().is_(member))


def _line(*clauses):
    """Whether the registration has a line of which all clauses are true."""
    statement = select(Line.id).join(Order, Line.order_id == Order.id)
    own = (Line.kind == "registration", Line.reference == Registration.id)
    return statement.where(*own, *clauses).correlate(Registration).exists()


def _with_add_on(code):
    statement = select(Booking.id).join(AddOn, Booking.add_on_id == AddOn.id)
    own = (Booking.registration_id == Registration.id, AddOn.code == code)
    return statement.where(*own).correlate(Registration).exists()
