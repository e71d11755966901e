"""Whether something can be wished for a seat, and its lines in the words for a payer."""

from dataclasses import replace

from flask_babel import gettext as _

from conference.kernel import Refusal
from conference.registration import queries
from conference.registration.offers import price
from conference.registration.rules import CategoryKind, Wish, clashes

# Reasons that say nothing of the attendee but what is bought.
_FOR_ALL = ("window", "add_on", "no_member_price")


def check_wish(group, wish, now):
    """The category of a wish for a seat; Refusal at its field when the group cannot have it today or it clashes in itself."""
    meeting = group.meeting
    category = queries.category_by_code(meeting, wish.category)
    if category is None or not _is_for(group, category):
        raise Refusal(_("There is no category “%(code)s”.", code=wish.category), field="category")
    if wish.extras and not group.with_add_ons:
        raise Refusal(_("No add-ons are ordered with these badges."), field="extras")
    try:
        offer = price(
            wish, category, "", meeting=meeting, person=None, now=now, waived="-"
        )  # asked of each at the order
    except Refusal as refusal:
        refusal.field = refusal.field or "category"
        raise
    for first, second in clashes(offer.add_ons):
        titles = {"first": first.title, "second": second.title}
        raise Refusal(_("%(first)s and %(second)s overlap in time: choose one of them.", **titles), field="extras")
    return category


def sold_to(group, sold, *, is_member=False):
    """Of all that a meeting sells (OnSale), what a group may order, at the prices of somebody who is a member or not."""
    sold = replace(sold, is_member=is_member, add_ons=sold.add_ons if group.with_add_ons else [])
    if group.category is None:
        return sold
    cells = [cell for cell in sold.prices if cell.category == group.category.code]
    return replace(
        sold,
        categories=[group.category],
        modes=[mode for mode in sold.modes if any(cell.mode == mode for cell in cells)],
        spans=[span for span in sold.spans if any(cell.span == span for cell in cells)],
    )


def wish_of_seat(seat):
    """What a seat stands for."""
    return Wish(seat.category.code, seat.span, seat.mode, tuple(seat.wanted))


def for_payer(offer, seat):
    """An Offer for a seat with its lines as its payer may read them."""
    pairs = zip(offer.lines, offer.quote.lines, strict=True)
    return replace(offer, lines=tuple(_for_payer(line, quoted, seat) for line, quoted in pairs))


def as_billed(line, seat, *, name=""):
    """A line of a change of the seat as its payer may read it, for its person or for somebody of another `name`."""
    title = line.title.removeprefix(f"{seat.name}: ")
    if line.kind == "fee" and f"{seat.name}: " in title:
        return _named(line, title, seat)
    is_shared = "allotment" in line.rule or "beyond" in line.rule
    why = (_standing(line.rule), *line.why[1:]) if line.kind == "registration" and not is_shared else line.why
    return _named(replace(line, why=tuple(why)), f"{name or seat.name}: {title}", seat)


def _is_for(group, category):
    if group.category_id is not None:
        return category.id == group.category_id
    return category.is_on_offer and category.kind == CategoryKind.ATTENDEE


def _for_payer(line, quoted, seat):
    """Whose it is, under which grant; that somebody is a member is needed for the price, since when and until when is not."""
    standing = [] if line.kind != "registration" else [_standing(quoted.rule)]
    known = [text for (key, _facts), text in zip(quoted.why, line.why, strict=True) if key in _FOR_ALL]
    return _named(replace(line, why=(*standing, *known)), f"{seat.name}: {line.title}", seat)


def _named(line, title, seat):
    return replace(line, title=title[:600], rule={**line.rule, "seat": seat.id, "grant": seat.grant})


def _standing(rule):
    return _("Member price") if rule.get("member") else _("Non-member price")
