"""What can be chosen for a guest, and what was chosen, checked as it is for everybody."""

from dataclasses import dataclass, field, replace

from conference.registration.choosing import check_add_ons, check_ticket, on_sale
from conference.registration.forms import choice_form
from conference.registration.guests.forms import NAMES, GuestForm
from conference.registration.rules import WHOLE, CategoryKind, Mode


@dataclass(frozen=True)
class Nobody:
    """A guest who is not named yet, as the form reads them."""

    category: object = None
    mode: str = Mode.IN_PERSON
    span: str = WHOLE
    wanted: list = field(default_factory=list)
    dues_code: str = ""


def guests_on_sale(host, now):
    """What is on sale for guests of a registration (OnSale): at the venue only, and nothing that a waiting list keeps for the host."""
    sold = on_sale(host.meeting, host.person, now, kind=CategoryKind.GUEST)
    prices = {cell: amount for cell, amount in sold.prices.items() if cell.mode == Mode.IN_PERSON}
    priced = {cell.category for cell in prices}
    spans = [span for span in sold.spans if any(cell.span == span for cell in prices)]
    categories = [each for each in sold.categories if each.code in priced]
    return replace(
        sold,
        categories=categories,
        add_ons=[each for each in sold.add_ons if _is_for(each, categories)],
        spans=spans or [WHOLE],
        modes=[str(Mode.IN_PERSON)],
        prices=prices,
        dues_types=[],
        offered=frozenset(),
        is_member=False,
    )


def _is_for(add_on, categories):
    """Whether a guest of any category can have it."""
    return not add_on.only_for or any(each.code in add_on.only_for for each in categories)


def guest_form(posted, guest, sold):
    """The form on a guest (None: one who is not named yet), filled from their draft or from what was posted."""
    names = {name: getattr(guest.person, name) for name in NAMES} if guest else {}
    form = choice_form(posted, guest or Nobody(), **sold.choices(), kind=GuestForm, also=names)
    del form.dues
    return form


def chosen(form, sold):
    """(category, Wish) of a form that is valid; Refusal at the field when it is not sold, full or clashes."""
    wish = form.wish()
    category = next(each for each in sold.categories if each.code == wish.category)
    check_ticket(wish, category, sold)
    check_add_ons(wish, category, sold)
    return category, wish
