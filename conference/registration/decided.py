"""What counts for the price of a category beside its matrix, read in one statement: a quote is asked for at every turn."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, and_, bindparam, select
from sqlalchemy.orm import lazyload

from conference import society
from conference.kernel import db
from conference.registration.code_models import DiscountCode
from conference.registration.eligibility.models import CategoryRequirement
from conference.registration.models import Category, Registration
from conference.registration.pricing.models import PricePolicy
from conference.registration.pricing.rules import Policy


@dataclass(frozen=True)
class Decided:
    """A meeting's policy on prices, what a category asks of people (None: nothing), and the society's time zone.

    `entry_id` is the key of a person's registration in the meeting, 0 for none; `code` the row of the code that they have typed, if
    there is such a one.
    """

    policy: Policy
    requirement: Any
    zone: str
    entry_id: int = 0
    code: Any = None


_THEIRS = (
    select(Registration.id)
    .where(Registration.meeting_id == Category.meeting_id, Registration.person_id == bindparam("person", type_=Integer))
    .scalar_subquery()
)

_TYPED = and_(
    DiscountCode.meeting_id == Category.meeting_id, DiscountCode.code == bindparam("code"), DiscountCode.is_on_offer
)
_DECIDED = (
    select(PricePolicy, CategoryRequirement, society.Society.timezone, _THEIRS, DiscountCode)
    .select_from(Category)
    .outerjoin(PricePolicy, PricePolicy.meeting_id == Category.meeting_id)
    .outerjoin(CategoryRequirement, CategoryRequirement.category_id == Category.id)
    .outerjoin(society.Society, society.Society.id == 1)
    .outerjoin(DiscountCode, _TYPED)
    .where(Category.id == bindparam("category"))
    # Most codes are bound to neither, and a category that is being priced is known already.
    .options(lazyload(DiscountCode.category), lazyload(DiscountCode.add_on))
    .execution_options(populate_existing=True)
)


def decided_for(category, person, code=""):
    """The Decided of a category for a person (None: nobody in particular), as it is now."""
    asked = {"category": category.id, "person": person.id if person else None, "code": code}
    policy, requirement, zone, entry_id, typed = db.session.execute(_DECIDED, asked).one()
    return Decided(policy.policy if policy else Policy(), requirement, zone or "UTC", entry_id or 0, typed)
