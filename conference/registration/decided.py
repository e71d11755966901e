"""What counts for the price of a category beside its matrix, read in one statement: a quote is asked for at every turn."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from conference import society
from conference.kernel import db
from conference.registration.eligibility.models import CategoryRequirement
from conference.registration.models import Category
from conference.registration.pricing.models import PricePolicy
from conference.registration.pricing.rules import Policy


@dataclass(frozen=True)
class Decided:
    """A meeting's policy on prices, what a category asks of people (None: nothing), and the society's time zone."""

    policy: Policy
    requirement: Any
    zone: str


_DECIDED = (
    select(PricePolicy, CategoryRequirement, society.Society.timezone)
    .select_from(Category)
    .outerjoin(PricePolicy, PricePolicy.meeting_id == Category.meeting_id)
    .outerjoin(CategoryRequirement, CategoryRequirement.category_id == Category.id)
    .outerjoin(society.Society, society.Society.id == 1)
    .where(Category.id == bindparam("category"))
    .execution_options(populate_existing=True)
)


def decided_for(category):
    """The Decided of a category, as it is now."""
    policy, requirement, zone = db.session.execute(_DECIDED, {"category": category.id}).one()
    return Decided(policy.policy if policy else Policy(), requirement, zone or "UTC")
