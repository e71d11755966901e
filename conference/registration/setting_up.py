"""Setting up what a meeting sells: categories, prices, add-ons, the conduct code."""

from conference import meetings
from conference.kernel import db
from conference.registration.code_models import DiscountCode
from conference.registration.models import AddOn, Category, ConductCode, Pool, Price
from conference.registration.rules import WHOLE, Mode


def new_meeting(**facts):
    """A meeting as `meetings.create` makes it, with one free category `regular`, whole meeting, in person."""
    meeting = meetings.create(**facts)
    category = add_category(meeting, code="regular", name="Regular")
    for window in meeting.windows:
        set_price(category, window, amount_minor=0)
    return meeting


def add_pool(meeting, *, name, places):
    """A number of places that categories or an add-on draw from; None is no limit."""
    pool = Pool(meeting_id=meeting.id, name=name, places=places)
    db.session.add(pool)
    db.session.flush()
    return pool


def add_category(meeting, *, code, name, pool=None, **details):
    """A category without any price yet: nothing of it is sold."""
    category = Category(meeting_id=meeting.id, code=code, name=name, pool=pool, **details)
    db.session.add(category)
    db.session.flush()
    return category


def set_price(category, window, *, amount_minor, member=False, span=WHOLE, mode=Mode.IN_PERSON):
    """Sell one cell of the matrix at an amount in minor units; an existing cell gets the new amount."""
    keys = {"category_id": category.id, "window_id": window.id, "member": member, "span": span, "mode": str(mode)}
    cell = db.session.query(Price).filter_by(**keys).one_or_none()
    if cell is None:
        cell = Price(**keys, amount_minor=amount_minor)
        db.session.add(cell)
    cell.amount_minor = amount_minor
    db.session.flush()
    return cell


def offer_add_on(meeting, *, code, title, amount_minor, places, **details):
    """A workshop or dinner with places of its own."""
    pool = add_pool(meeting, name=title, places=places)
    add_on = AddOn(
        meeting_id=meeting.id,
        pool=pool,
        pool_id=pool.id,
        code=code,
        title=title,
        amount_minor=amount_minor,
        currency=meeting.currency,
        **details,
    )
    db.session.add(add_on)
    db.session.flush()
    return add_on


def add_code(meeting, *, code, effect, reason, **details):
    """A code that takes something off from now on."""
    made = DiscountCode(
        meeting_id=meeting.id, code=code, effect=effect, reason=reason, currency=meeting.currency, **details
    )
    db.session.add(made)
    db.session.flush()
    return made


def publish_conduct_code(meeting, *, version, text, now):
    """A version of the code of conduct that people accept from now on."""
    code = ConductCode(meeting_id=meeting.id, version=version, text=text, published_at=now)
    db.session.add(code)
    db.session.flush()
    return code
