"""The small print beside each choice: what it is, what it costs this person, what is left."""

from flask_babel import gettext as _
from flask_babel import ngettext

from conference.registration import extras
from conference.registration.eligibility import words as eligibility
from conference.web import day, money, time_of_day

FEW = 10


def category_details(sold):
    """{category code: (summary, price for this person)} for the choice page."""
    gone = sold.categories_gone
    return {
        each.code: (_category_words(sold, each), _sold_out() if each.code in gone else _price_words(sold, each))
        for each in sold.categories
    }


def mode_details(sold):
    """{mode: (hint, "Sold out")} when one of them is, else nothing."""
    if not sold.modes_gone:
        return {}
    full = (_("All places at the venue are taken."), _sold_out())
    return {mode: full if mode in sold.modes_gone else ("", "") for mode in sold.modes}


def add_on_details(sold):
    """{add-on code: (time and places left, price or "Sold out")}."""
    gone = sold.add_ons_gone
    return {each.code: (_add_on_words(each, sold), _price_or_not(each, sold, gone)) for each in sold.add_ons}


def dues_details(sold):
    """{membership type code: (reasons, price)}."""
    return {
        each.type_code: (" ".join(f"{reason}." for reason in each.why), money(each.amount)) for each in sold.dues_types
    }


def _category_words(sold, category):
    parts = [category.summary, _places(category.pool), *_asked_words(sold, category)]
    if sold.is_full(category) and category.code not in sold.categories_gone:
        parts.append(_("In person: sold out."))
    if not sold.is_member:
        member = sold.amount(category, member=True)
        if member is not None and member != sold.amount(category, member=False):
            parts.append(_("Members: %(price)s.", price=money(member)))
    return " ".join(part for part in parts if part)


def _asked_words(sold, category):
    """Why it is not open to this person, or which proof it asks for."""
    if category.code in sold.closed:
        yield sold.closed[category.code]
    elif category.id in sold.asked and sold.asked[category.id].proof:
        row = sold.asked[category.id]
        yield _("A proof is needed: %(kind)s.", kind=str(eligibility.PROOFS[row.proof]).lower())


def _price_words(sold, category):
    return _("Not open to you") if category.code in sold.closed else _from(sold.price_here(category))


def _price_or_not(add_on, sold, gone):
    """What it costs, over all categories; or why nobody can have it."""
    if not extras.is_sold_at(add_on, sold.now):
        return _("Not on sale")
    if add_on.code in gone:
        return _sold_out()
    by_category = sold.extra_prices.get(add_on.id, {})
    amounts = [by_category.get(each.code, add_on.amount) for each in sold.categories] or [add_on.amount]
    least, most = (pick(amounts, key=lambda amount: amount.minor) for pick in (min, max))
    return money(least) if least == most else _("%(least)s to %(most)s", least=money(least), most=money(most))


def _add_on_words(add_on, sold):
    parts = [add_on.summary, *extras.asked_in_words(add_on, sold.categories, sold.add_ons)]
    when = extras.sale_in_words(add_on, sold.meeting, sold.now)
    parts += [f"{when}."] if when else []
    if add_on.starts_at:
        zone = sold.meeting.timezone
        parts.append(
            f"{day(add_on.starts_at, zone)}, {time_of_day(add_on.starts_at, zone)}–{time_of_day(add_on.ends_at, zone)}."
        )
    parts.append(_places(add_on.pool))
    return " ".join(part for part in parts if part)


def _places(pool):
    """How many places are left, when they are few; a pool that is empty is said to be sold out beside the price."""
    if pool is None or pool.free is None or pool.is_full or not 0 < pool.free <= FEW:
        return ""
    return ngettext("%(num)s place left.", "%(num)s places left.", pool.free)


def _sold_out():
    return _("Sold out")


def _from(amount):
    return money(amount) if amount is not None else _("not sold now")
