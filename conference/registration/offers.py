"""What a draft costs its person now: the quote's values read from the database, and its lines ready to be frozen."""

from dataclasses import dataclass, replace

from flask_babel import gettext as _

from conference import membership
from conference.kernel import Money, Refusal
from conference.payments import NewLine, about_term
from conference.registration import codes, discounts, extras, queries, words
from conference.registration.decided import decided_for
from conference.registration.discounts import Redeemed
from conference.registration.eligibility.fitting import Buyer, fitted
from conference.registration.pricing import queries as pricing
from conference.registration.pricing.snapshots import frozen
from conference.registration.rules import CategoryKind, Quote, Standing, Wish, quote
from conference.registration.titles import title_of


@dataclass(frozen=True)
class Offer:
    """A draft's quote, its lines for an order, and the add-ons and dues it includes."""

    quote: Quote
    lines: tuple[NewLine, ...]
    total: Money
    add_ons: tuple
    dues: membership.DuesOffer | None
    redeemed: Redeemed | None = None


def offer_for(registration, *, meeting, person, now, waived=""):
    """The Offer for a draft at the instant `now`; NotSold, NotRedeemable or Refusal in words when there is none.

    `waived` is why the office does not ask what the category asks of a person.
    """
    if registration.category is None:
        raise Refusal(_("Choose a category first"))
    whose = {"meeting": meeting, "person": person, "now": now, "reference": registration.id, "waived": waived}
    wish, dues_code = wish_of(registration), registration.dues_code
    offer = price(wish, registration.category, dues_code, code=registration.discount_code, **whose)
    return replace(offer, lines=let_off(offer.lines, waived=waived)) if waived else offer


def let_off(lines, **what):
    """NewLines whose tickets keep in their rule what the office did not ask when they were ordered: so it is when they are priced anew."""
    return tuple(replace(line, rule={**line.rule, **what}) if line.kind == "registration" else line for line in lines)


def price(wish, category, dues_code, *, meeting, person, now, reference=0, code="", discount=None, waived="", kept=()):
    """As `offer_for`, for a wish that nobody has written down yet.

    `discount` is what a registration uses already, `kept` the codes of the add-ons that it has already.
    """
    decided = decided_for(category, person, code)
    if code:
        discount = codes.discount_of(decided.code, person=person, now=now)
    policy, today = decided.policy, membership.local_day(now, zone=decided.zone)
    dues = _dues(dues_code, person, today)
    window, submitted_at = pricing.window_for(policy, meeting, person, now, reference or decided.entry_id)
    add_ons, sold = extras.priced(meeting, wish.extras, category=category, window=window)
    prices = queries.prices_of(meeting, category=category, window=window) if window else {}
    priced = quote(
        wish,
        prices=prices,
        extras=sold,
        window=window,
        standing=_standing(category, person, dues, today, meeting=meeting, policy=policy),
        currency=meeting.currency,
    )
    extras.refuse_unfit(add_ons, category=category.code, have=kept, now=now)
    priced = frozen(priced, wish, prices, window=window, policy=policy, submitted_at=submitted_at)
    buyer = _buyer(Buyer(person, meeting, now, dues, waived), discount, category)
    priced = fitted(priced, wish, decided.requirement, window, buyer)
    redeemed = None
    if discount is not None:
        priced, redeemed = _with_code(priced, discount, category)
    lines = lines_for(priced.lines, reference, category, meeting, wish, add_ons, dues)
    total = Money.total([line.amount for line in lines], meeting.currency)
    return Offer(quote=priced, lines=lines, total=total, add_ons=tuple(add_ons), dues=dues, redeemed=redeemed)


def _standing(category, person, dues, today, **decided):
    """Guests have no standing of their own: their category has one price for all."""
    if category.kind == CategoryKind.GUEST:
        return Standing(member=False, reason="guest")
    return pricing.standing_for(person, dues, today, **decided)


def _buyer(buyer, discount, category):
    """The buyer, for whose invitation to the category its requirement is waived, or a proof must be cleared first."""
    if discount is None or discount.category != category.code:
        return buyer
    return replace(buyer, waived=buyer.waived or discount.waived, needs_cleared=discount.needs_cleared)


def _with_code(priced, discount, category):
    lines = discounts.reduced(priced.lines, discount, category=category.code)
    off = discounts.taken_off(lines, priced.total.currency)
    redeemed = Redeemed(discount.code, off, discount.version, is_invited=bool(discount.because))
    return priced.with_lines(lines, saving=discounts.saving_left(priced.lines, priced.saving, discount)), redeemed


def wish_of(registration):
    """The draft as a Wish."""
    code = registration.category.code if registration.category else ""
    return Wish(category=code, span=registration.span, mode=registration.mode, extras=tuple(registration.wanted))


def _dues(code, person, today):
    if not code:
        return None
    type_ = membership.type_by_code(code)
    if type_ is None or not type_.is_on_offer:
        raise Refusal(_("That membership is no longer offered"), field="dues")
    return membership.offer_for(person, type_, today)


def lines_for(priced, reference, category, meeting, wish, add_ons, dues=None):
    """The NewLines of quoted lines, ready to be frozen in an order, and that of the dues bought with them."""
    titles = {each.code: each for each in add_ons}
    lines = []
    for line in priced:
        why = tuple(words.why(key, facts, meeting) for key, facts in line.why)
        if line.kind == "registration":
            title, about = title_of(category, wish, meeting), reference
        else:
            title, about = titles[line.code].title, titles[line.code].id
        rule = {**line.rule, "registration": reference, "choosing": words.choosing(line, meeting)}
        lines.append(NewLine(line.kind, about, title, line.amount, why, rule))
    return tuple(lines) if dues is None else (*lines, dues_line(dues))


def dues_line(dues):
    """The line of a membership term."""
    rule = {
        "type": dues.type_code,
        "kind": str(dues.kind),
        "starts": dues.starts.isoformat(),
        "ends": dues.ends.isoformat() if dues.ends else None,
    }
    type_ = membership.type_by_code(dues.type_code)
    scope = about_term(dues.starts, dues.ends)
    return NewLine("dues", type_.id, dues.title, dues.amount, tuple(dues.why), rule, scope)
