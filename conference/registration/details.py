"""The small print beside each choice: what it is, what it costs this person, what is left."""

from flask_babel import gettext as _
from flask_babel import ngettext

from conference.web import day, money, time_of_day

FEW = 10


def category_details(sold):
    """{category code: (summary, price for this person)} for the choice page."""
    return {each.code: (_category_words(sold, each), _from(sold.price_here(each))) for each in sold.categories}


def add_on_details(sold):
    """{add-on code: (time and places left, price)}."""
    return {each.code: (_add_on_words(each, sold.meeting), money(each.amount)) for each in sold.add_ons}


def dues_details(sold):
    """{membership type code: (reasons, price)}."""
    return {
        each.type_code: (" ".join(f"{reason}." for reason in each.why), money(each.amount)) for each in sold.dues_types
    }


def _category_words(sold, category):
    parts = [category.summary]
    if category.pool and category.pool.free is not None and category.pool.free <= FEW:
        parts.append(_places(category.pool.free))
    if not sold.is_member:
        member = sold.amount(category, member=True)
        if member is not None and member != sold.amount(category, member=False):
            parts.append(_("Members: %(price)s.", price=money(member)))
    return " ".join(part for part in parts if part)


def _add_on_words(add_on, meeting):
    parts = [add_on.summary]
    if add_on.starts_at:
        zone = meeting.timezone
        parts.append(
            f"{day(add_on.starts_at, zone)}, {time_of_day(add_on.starts_at, zone)}–{time_of_day(add_on.ends_at, zone)}."
        )
    if add_on.pool.free is not None:
        parts.append(_places(add_on.pool.free))
    return " ".join(part for part in parts if part)


def _places(free):
    if free <= 0:
        return _("No place left.")
    return ngettext("%(num)s place left.", "%(num)s places left.", free)


def _from(amount):
    return money(amount) if amount is not None else _("not sold now")
