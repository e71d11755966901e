"""Reports on a meeting's registrations: by category, day, country, code, add-on, price and way of taking part.

Every number is that of the list under the filter that its row links to.
"""

from dataclasses import dataclass

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import case, func, select

from conference.kernel import db
from conference.payments import LIVE, Line, Order
from conference.people import Person, country_name
from conference.registration import (
    AddOn,
    Booking,
    Category,
    CodeUse,
    DiscountCode,
    Registration,
    State,
    mode_name,
)
from conference.staff.reporting_days import days_of
from conference.staff.wishes import NO_COUNTRY
from conference.web import day

COUNTED = (State.CONFIRMED, State.HELD)
SUBJECTS = ("category", "day", "country", "code", "add-on", "price", "mode")


@dataclass(frozen=True)
class Figure:
    """A row of a report: what is counted, how many are registered and how many wait, and the filter that shows them."""

    label: str
    confirmed: int
    held: int
    asked: dict

    @property
    def all(self):
        """Both together."""
        return self.confirmed + self.held


def report(meeting, subject):
    """The Figures of one subject, the largest first, days and categories in their own order."""
    if subject == "day":
        return list(_by_day(meeting))
    rows = [Figure(*each) for each in _READERS[subject](meeting)]
    return rows if subject == "category" else sorted(rows, key=lambda row: (-row.all, row.label))


def titles():
    """{subject: heading}."""
    return {
        "category": _("By category"),
        "day": _("By day"),
        "country": _("By country"),
        "code": _("By code"),
        "add-on": _("By add-on"),
        "price": _("Members and others"),
        "mode": _("In person and virtual"),
    }


def _counts():
    return [func.count(Registration.id.distinct()).filter(Registration.state == state) for state in COUNTED]


def _grouped(meeting, *keys, joined=lambda statement: statement):
    statement = joined(select(*keys, *_counts()).select_from(Registration))
    statement = statement.where(Registration.meeting_id == meeting.id, Registration.state.in_(COUNTED))
    return db.session.execute(statement.group_by(*keys).order_by(*keys))


def _by_category(meeting):
    keys = (Category.position, Category.code, Category.name)
    rows = _grouped(meeting, *keys, joined=lambda found: found.join(Registration.category))
    return [(name, confirmed, held, {"category": code}) for _place, code, name, confirmed, held in rows]


def _by_country(meeting):
    rows = _grouped(meeting, Person.country, joined=lambda found: found.join(Registration.person))
    language = str(get_locale())
    return [
        (country_name(code, language) or _("not given"), confirmed, held, {"country": code or NO_COUNTRY})
        for code, confirmed, held in rows
    ]


def _by_code(meeting):
    def joined(found):
        used = found.join(CodeUse, CodeUse.registration_id == Registration.id)
        many = (CodeUse.code_id == DiscountCode.id) & DiscountCode.person_id.is_(None)
        return used.join(
            DiscountCode, many
        )  # those of invitations are one person's each: they have figures of their own

    rows = _grouped(meeting, DiscountCode.code, joined=joined)
    return [(code, confirmed, held, {"redeemed": code}) for code, confirmed, held in rows]


def _by_add_on(meeting):
    def joined(found):
        booked = found.join(Booking, Booking.registration_id == Registration.id)
        return booked.join(AddOn, Booking.add_on_id == AddOn.id)

    rows = _grouped(meeting, AddOn.code, AddOn.title, joined=joined)
    return [(title, confirmed, held, {"extra": code}) for code, title, confirmed, held in rows]


def _by_price(meeting):
    is_member = case((Line.member, "member"), else_="other").label("price")

    def joined(found):
        about = (Line.kind == "registration") & (Line.reference == Registration.id) & Line.ended_at.is_(None)
        bought = found.join(Line, about).join(Order, Line.order_id == Order.id)
        return bought.where(Order.state.in_(LIVE))

    words = {"member": _("Member price"), "other": _("Other price")}
    rows = _grouped(meeting, is_member, joined=joined)
    return [(words[price], confirmed, held, {"price": price}) for price, confirmed, held in rows]


def _by_mode(meeting):
    rows = _grouped(meeting, Registration.mode)
    return [(str(mode_name(mode)), confirmed, held, {"mode": mode}) for mode, confirmed, held in rows]


def _by_day(meeting):
    for each, (confirmed, held) in days_of(meeting).items():
        yield Figure(day(each), confirmed, held, {"sold": each.isoformat()})


_READERS = {
    "category": _by_category,
    "country": _by_country,
    "code": _by_code,
    "add-on": _by_add_on,
    "price": _by_price,
    "mode": _by_mode,
}
