"""Finding categories, prices, add-ons and registrations."""

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from conference.kernel import Money, db
from conference.meetings import Window
from conference.registration.models import (
    AddOn,
    Booking,
    Category,
    ConductCode,
    Place,
    Price,
    Registration,
)
from conference.registration.rules import Cell, Mode, State

_OF_PERSON = (
    select(Registration)
    .where(Registration.meeting_id == bindparam("meeting"), Registration.person_id == bindparam("person"))
    .options(joinedload(Registration.category))
    .execution_options(populate_existing=True)
)

_CONDUCT = (
    select(ConductCode.id)
    .where(ConductCode.meeting_id == bindparam("meeting"))
    .order_by(ConductCode.published_at.desc(), ConductCode.id.desc())
    .limit(1)
)

_PRICES = (
    select(Category.code, Window.code, Price.member, Price.span, Price.mode, Price.amount_minor)
    .join(Category, Price.category_id == Category.id)
    .join(Window, Price.window_id == Window.id)
    .where(
        Category.meeting_id == bindparam("meeting"),
        Price.category_id == func.coalesce(bindparam("category", type_=Integer), Price.category_id),
        Price.window_id == func.coalesce(bindparam("window", type_=Integer), Price.window_id),
    )
)


def categories_of(meeting, *, all_of_them=False, kind=None):
    """The meeting's categories on offer, in order; only those of a kind if it is given."""
    statement = select(Category).where(Category.meeting_id == meeting.id).order_by(Category.position, Category.id)
    if kind is not None:
        statement = statement.where(Category.kind == kind)
    return list(db.session.scalars(statement if all_of_them else statement.where(Category.is_on_offer)))


def category_by_code(meeting, code):
    """One category of a meeting, or None."""
    return db.session.scalar(select(Category).where(Category.meeting_id == meeting.id, Category.code == code))


def prices_of(meeting, *, category=None, window=None):
    """The price matrix as {Cell: Money}, of one category and window if they are given."""
    asked = {"meeting": meeting.id, "category": category.id if category else None}
    rows = db.session.execute(_PRICES, asked | {"window": window.id if window else None})
    return {Cell(*row[:5]): Money(row[5], meeting.currency) for row in rows}


def add_ons_of(meeting, *, codes=None, all_of_them=False):
    """The meeting's add-ons on offer, in order; only those of `codes` if given."""
    statement = select(AddOn).where(AddOn.meeting_id == meeting.id).order_by(AddOn.position, AddOn.id)
    if codes is not None:
        statement = statement.where(AddOn.code.in_(codes))
    return list(db.session.scalars(statement if all_of_them else statement.where(AddOn.is_on_offer)))


def add_ons_by_id(ids):
    """Add-ons by key: {id: add-on}."""
    return {each.id: each for each in db.session.scalars(select(AddOn).where(AddOn.id.in_(ids)))} if ids else {}


def conduct_code_of(meeting):
    """The newest conduct code of the meeting, or None."""
    statement = select(ConductCode).where(ConductCode.meeting_id == meeting.id)
    return db.session.scalar(statement.order_by(ConductCode.published_at.desc(), ConductCode.id.desc()).limit(1))


def conduct_code_id_of(meeting):
    """The key of the newest conduct code of the meeting, or None: its text is long."""
    return db.session.scalar(_CONDUCT, {"meeting": meeting.id})


def registration_in(meeting, person):
    """The person's registration for a meeting with its category, or None."""
    return db.session.scalar(_OF_PERSON, {"meeting": meeting.id, "person": person.id})


def by_ref(ref):
    """A registration with all that its pages show, or None: for staff."""
    return db.session.scalar(_whole().where(Registration.ref == ref))


def by_badge_code(code):
    """The registration a badge belongs to, or None."""
    return db.session.scalar(_whole().where(Registration.badge_code == code))


def by_id(registration_id):
    """A registration with all that its pages show."""
    return db.session.scalar(_whole().where(Registration.id == registration_id))


def by_ids(ids):
    """Registrations with all that their pages show by key: {id: registration}."""
    found = db.session.scalars(_whole().where(Registration.id.in_(ids))) if ids else ()
    return {each.id: each for each in found}


def registrations_of(person):
    """The person's registrations, those of the latest meeting first."""
    statement = _whole().where(Registration.person_id == person.id).order_by(Registration.id.desc())
    return list(db.session.scalars(statement))


def registered_people(meeting):
    """The ids of the people whose registration for a meeting is confirmed."""
    statement = select(Registration.person_id).where(Registration.meeting_id == meeting.id)
    return frozenset(db.session.scalars(statement.where(Registration.state == State.CONFIRMED)))


def pools_for(registration, add_ons):
    """The pools in which a registration needs a place: {id: what it is called}. Virtual ones need none on site."""
    pools = {each.pool_id: each.title for each in add_ons}
    category = db.session.get(Category, registration.category_id)
    if category.pool_id and registration.mode == Mode.IN_PERSON:
        pools[category.pool_id] = category.pool.name
    return pools


def pools_of(registration):
    """Keys of the pools of which a registration has a place, held or kept; of None, none."""
    if registration is None:
        return set()
    mine = select(Place.pool_id).where(Place.registration_id == registration.id, Place.state != "offered")
    return set(db.session.scalars(mine))


def _whole():
    return (
        select(Registration)
        .execution_options(populate_existing=True)
        .options(
            joinedload(Registration.person),
            joinedload(Registration.hosted_by),
            joinedload(Registration.meeting),
            joinedload(Registration.category),
            selectinload(Registration.bookings).joinedload(Booking.add_on),
        )
    )
