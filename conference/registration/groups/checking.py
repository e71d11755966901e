"""Whether something can be wished for a seat, and what it costs: by the standing of its own person, in the words for a payer."""

from dataclasses import replace

from flask_babel import gettext as _

from conference.kernel import Refusal
from conference.registration import queries
from conference.registration.offers import price
from conference.registration.rules import CategoryKind, Wish, clashes

# Reasons that say nothing of the attendee but what is bought.
_FOR_ALL = ("window", "add_on", "no_member_price")


def check_wish(meeting, wish, now):
    """The category of a wish; Refusal at its field when it is not sold today or clashes in itself."""
    category = queries.category_by_code(meeting, wish.category)
    if category is None or not category.is_on_offer or category.kind != CategoryKind.ATTENDEE:
        raise Refusal(_("There is no category “%(code)s”.", code=wish.category), field="category")
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


def wish_of_seat(seat):
    """What a seat stands for."""
    return Wish(seat.category.code, seat.span, seat.mode, tuple(seat.wanted))


def offer_for_seat(seat, *, meeting, person, now, reference=0):
    """The Offer for a seat at its person's own standing (None: not known yet), its lines as its payer may read them."""
    offer = price(wish_of_seat(seat), seat.category, "", meeting=meeting, person=person, now=now, reference=reference)
    pairs = zip(offer.lines, offer.quote.lines, strict=True)
    return replace(offer, lines=tuple(_for_payer(line, quoted, seat) for line, quoted in pairs))


def _for_payer(line, quoted, seat):
    """Whose it is, under which grant; that somebody is a member is needed for the price, since when and until when is not."""
    standing = [] if line.kind != "registration" else [_standing(quoted)]
    known = [text for (key, _facts), text in zip(quoted.why, line.why, strict=True) if key in _FOR_ALL]
    rule = {**line.rule, "seat": seat.id, "grant": seat.grant}
    return replace(line, title=f"{seat.name}: {line.title}"[:600], why=(*standing, *known), rule=rule)


def _standing(quoted):
    return _("Member price") if quoted.rule.get("member") else _("Non-member price")
