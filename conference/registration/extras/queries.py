"""What add-ons cost now."""

from sqlalchemy import Integer, and_, bindparam, select
from sqlalchemy.orm import lazyload

from conference.kernel import Money, db
from conference.registration.extras.models import AddOnPrice
from conference.registration.models import AddOn, Category
from conference.registration.rules import Extra, day_at

_OWN = and_(
    AddOnPrice.add_on_id == AddOn.id,
    AddOnPrice.category_id == bindparam("category"),
    AddOnPrice.window_id == bindparam("window", type_=Integer),
)
_PRICED = (
    select(AddOn, AddOnPrice.amount_minor)
    .options(lazyload(AddOn.pool))
    .outerjoin(AddOnPrice, _OWN)
    .where(
        AddOn.meeting_id == bindparam("meeting"), AddOn.code.in_(bindparam("codes", expanding=True)), AddOn.is_on_offer
    )
    .order_by(AddOn.position, AddOn.id)
)


def priced(meeting, codes, *, category, window):
    """(add-ons on offer among `codes`, {code: Extra}) with the prices of a category in a window (None: their own prices)."""
    if not codes:
        return [], {}
    asked = {
        "meeting": meeting.id,
        "codes": list(codes),
        "category": category.id,
        "window": window.id if window else None,
    }
    rows = db.session.execute(_PRICED, asked).all()
    return [row[0] for row in rows], {row[0].code: _extra(*row, meeting) for row in rows}


def prices_now(meeting, window):
    """{add-on id: {category code: Money}} of the add-ons whose price depends on the category in a window."""
    statement = select(AddOnPrice.add_on_id, Category.code, AddOnPrice.amount_minor)
    statement = statement.join(Category, AddOnPrice.category_id == Category.id)
    found = {}
    for add_on_id, code, minor in db.session.execute(statement.where(AddOnPrice.window_id == window.id)):
        found.setdefault(add_on_id, {})[code] = Money(minor, meeting.currency)
    return found


def priced_ones(meeting):
    """Keys of the add-ons of which some category has another price than the add-on's own."""
    mine = select(AddOn.id).where(AddOn.meeting_id == meeting.id, AddOn.id.in_(select(AddOnPrice.add_on_id)))
    return set(db.session.scalars(mine))


def _extra(add_on, minor, meeting):
    amount = add_on.amount if minor is None else Money(minor, add_on.currency)
    day = day_at(meeting, add_on.starts_at)
    return Extra(add_on.id, add_on.code, add_on.title, amount, day, by_category=minor is not None)
