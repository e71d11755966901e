"""Whatever staff edit of a meeting's rules after something was sold: each edit by its name, different with each number."""

from datetime import date, timedelta

from sqlalchemy import select

from conference import meetings, membership, registration
from conference.kernel import db, transaction
from conference.registration import DiscountCode, eligibility, extras, form, pricing
from conference.registration.eligibility import Tier, UntilCleared
from tests.cast import EARLY_ENDS
from tests.conftest import NOW

BY_NOBODY = {"by": None, "now": NOW}


def edit(what, number):
    """Edit what is named in meeting T1, the `number`th time."""
    meeting = meetings.by_code("T1")
    if what == "windows":
        return set_windows(meeting, EARLY_ENDS + timedelta(days=number + 1))
    with transaction():
        EDITS[what](meeting, number)


def set_windows(meeting, early_ends):
    """Two windows, of which the first ends then."""
    last = meeting.windows[-1]
    windows = [("early", "Early", early_ends), (last.code, last.name, last.ends_at)]
    with transaction():
        meetings.set_dates(meeting, opens_at=None, windows=windows, deadlines=[], version=meeting.version, **BY_NOBODY)


def _prices(meeting, number):
    for window in meeting.windows:
        registration.set_price(_full(meeting), window, amount_minor=100 + number, member=bool(number % 2))


def _price_policy(meeting, number):
    facts = {"needs": pricing.Needs.END, "lapse": pricing.Lapse.BALANCE, "price_date": pricing.PriceDate.PAYMENT}
    seen = pricing.policy_of(meeting).version
    pricing.set_policy(meeting, seen=seen, credit_days=number, **facts, **BY_NOBODY)


def _category(meeting, number):
    registration.change(_full(meeting), name=f"Other {number}", is_on_offer=False, **BY_NOBODY)


def _requirement(meeting, number):
    facts = {"stages": ["student"], "tiers": ["low"], "proof": ("letter", "press")[number % 2], "members_only": True}
    fallback = registration.category_by_code(meeting, "trainee").id
    eligibility.require(_full(meeting), proof_words=f"Letter {number}", fallback_id=fallback, **facts, **BY_NOBODY)


def _proof_policy(meeting, number):
    until_cleared = list(UntilCleared)[number % len(UntilCleared)]
    eligibility.set_policy(
        meeting, until_cleared=until_cleared, hand_in_days=number + 1, pay_days=number + 1, **BY_NOBODY
    )


def _countries(_meeting, number):
    valid_from = date(2026, 1, 1) + timedelta(days=number)
    eligibility.tiers.put_in_force({"US": Tier.LOW}, name=f"List {number}", valid_from=valid_from, **BY_NOBODY)


def _add_on(meeting, number):
    registration.change(_dinner(meeting), amount_minor=number, title=f"Supper {number}", **BY_NOBODY)


def _add_on_prices(meeting, number):
    dinner = _dinner(meeting)
    categories = {each.id: each for each in registration.categories_of(meeting)}
    windows = {each.id: each for each in meeting.windows}
    cells = {(category, window): 700 + number for category in categories for window in windows}
    seen = extras.version_of(dinner)
    extras.set_prices(dinner, cells, categories=categories, windows=windows, seen=seen, **BY_NOBODY)


def _code(meeting, number):
    code = db.session.scalars(select(DiscountCode).where(DiscountCode.meeting_id == meeting.id)).one()
    registration.change_code(code, most_uses=None, percent=90 + number, reason=f"Other {number}", **BY_NOBODY)


def _change_fees(meeting, number):
    kinds = ("switch", "add", "drop", "cancel", "substitute")
    steps = [{"kind": kind, "until": meeting.windows[-1].ends_at, "amount_minor": 5000 + number} for kind in kinds]
    registration.changes.set_steps(meeting, steps, **BY_NOBODY)


def _form(meeting, number):
    (food,) = [each for block in form.form_of(meeting) for each in block.fields]
    choices = [{"code": "a", "label": f"Meat {number}"}, {"code": "b", "label": f"None {number}"}]
    form.change_field(food, meeting=meeting, label=f"Food {number}", choices=choices, **BY_NOBODY)


def _dues(_meeting, number):
    registration.change(membership.type_by_code("active"), name=f"Other {number}", price_minor=number, **BY_NOBODY)


def _full(meeting):
    return registration.category_by_code(meeting, "full")


def _dinner(meeting):
    return registration.add_ons_of(meeting, all_of_them=True)[0]


EDITS = {
    "prices": _prices,
    "price policy": _price_policy,
    "category": _category,
    "requirement": _requirement,
    "proof policy": _proof_policy,
    "countries": _countries,
    "add-on": _add_on,
    "add-on prices": _add_on_prices,
    "code": _code,
    "change fees": _change_fees,
    "form": _form,
    "dues": _dues,
}
NAMES = [*EDITS, "windows"]
