"""Whether an add-on may be taken: decided from its own facts, the ticket's category and what else is taken.

An add-on has `title`, `code`, `sold_from`, `sold_until` (instants or None), `only_for` (codes of categories; none is all) and
`needs` (codes of add-ons of which one must be taken too; none is nothing).
"""

from flask_babel import gettext as _

from conference.registration.rules import NotSold


def is_sold_at(add_on, now):
    """Whether `now` is within its days of sale: from the first instant, before the last."""
    return not is_too_early(add_on, now) and not is_over(add_on, now)


def is_too_early(add_on, now):
    """Whether its sale has not begun."""
    return add_on.sold_from is not None and now < add_on.sold_from


def is_over(add_on, now):
    """Whether its sale has ended, at the desk too."""
    return add_on.sold_until is not None and now >= add_on.sold_until


def refuse_unfit(chosen, *, category, have=(), now):
    """NotSold at the field unless each of `chosen` is on sale now and goes with the category and what is taken; `have` are codes
    of add-ons that the registration has already."""
    for each in chosen:
        if not is_sold_at(each, now):
            early = is_too_early(each, now)
            raise _not_sold(
                _("%(what)s is not on sale yet.", what=each.title)
                if early
                else _("%(what)s is not sold any more.", what=each.title)
            )
    refuse_unmet(chosen, category=category, have=have)


def refuse_unmet(chosen, *, category, have=()):
    """NotSold at the field unless each of `chosen` goes with the category, and one of what it needs is taken or had."""
    taken = {each.code for each in chosen} | set(have)
    for each in chosen:
        if each.only_for and category not in each.only_for:
            raise _not_sold(_("%(what)s is not offered to the category that you chose.", what=each.title))
        if each.needs and not taken & set(each.needs):
            text = _(
                "%(what)s builds on something else that is not chosen: take both, or leave both out.", what=each.title
            )
            raise _not_sold(text)


def _not_sold(text):
    return NotSold(text, field="extras")
