"""The few verbs of tests about exhibitors."""

from sqlalchemy import func, select

from conference import checkout, registration
from conference.kernel import db, transaction
from conference.registration import AllotmentUse, allotments, exhibitors, groups
from tests.checkout.groups import acting as of_groups

KIND = {
    "code": "inline", "name": "Inline booth", "basis": "per_booth", "badges": 2, "per_area": 0, "unit": "m2", "rounding": "complete",
    "minimum": 0, "maximum": None, "company_most": 0, "names_until": None, "late": "no_more", "late_fee_minor": 0,
    "remind_days": None, "with_add_ons": False, "budget_code": "EXPO", "position": 0,
}  # fmt: skip
BOOTH = {"booths": "214", "booth_count": 1, "area": None, "override": None, "override_reason": "", "note": ""}


def a_kind(meeting, now, *, category="expo", **facts):
    """A kind of booth that brings two badges, sold as a category that is not on offer."""
    chosen = registration.category_by_code(meeting, category)
    return exhibitors.add_kind(meeting, by=None, now=now, **{**KIND, **facts, "category_id": chosen.id})


def an_exhibitor(meeting, kind, now, *, company="Acme", email="contact@example.org", **facts):
    """A company with booth 214."""
    told = {**BOOTH, **facts, "company": company}
    made = exhibitors.add(meeting, kind=kind, email=email, by=None, now=now, **told)
    return exhibitors.queries.by_ref(meeting, made.ref)


def changed(exhibitor, now, *, kind=None, email=None, **facts):
    """The exhibitor with other facts."""
    told = {name: getattr(exhibitor, name) for name in (*BOOTH, "company")} | facts
    with transaction():
        exhibitors.change(
            exhibitor,
            kind=kind or exhibitor.kind,
            email=email or exhibitor.group.coordinator.email,
            by=None,
            now=now,
            **told,
        )
    return exhibitors.queries.by_ref(exhibitor.meeting, exhibitor.ref)


def badge(exhibitor, name, now, **facts):
    """A seat on the roster."""
    return of_groups.seat(
        exhibitor.group, f"{name.lower()}@example.org", now, category="expo", given_name=name, **facts
    )


def order(exhibitor, now, **facts):
    """Everything on the roster that was not ordered yet."""
    return of_groups.order(groups.by_ref(exhibitor.meeting, exhibitor.group.ref), now, **facts)


def give(entry, email, now, *, by=None):
    """Somebody else gets a badge."""
    with transaction():
        seen = checkout.quote_substitute(entry, email=email, now=now).seen
        return checkout.substitute(entry, email=email, names={}, seen=seen, by=by, now=now)


def count(exhibitor):
    """(allotted, used, rows of uses) as they are now."""
    db.session.rollback()
    row = allotments.of_group(exhibitor.group_id)
    rows = db.session.scalar(select(func.count()).where(AllotmentUse.allotment_id == row.id))
    return row.allotted, row.used, rows


def prices(order):
    """What each ticket of an order costs, in minor units."""
    return [line.amount_minor for line in order.lines if line.kind == "registration"]


def three(acme, now):
    """An order over three badges, of which two are free of charge."""
    for name in ("Ann", "Bo", "Cy"):
        badge(acme, name, now)
    return order(acme, now)
