"""What is on sale to one person now, and writing down what they chose of it."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from conference import membership
from conference.kernel import Refusal
from conference.registration import actions, extras, invited, queries
from conference.registration.discounts import NotRedeemable
from conference.registration.eligibility import fitting
from conference.registration.forms import modes_sold
from conference.registration.offers import price
from conference.registration.pricing import queries as pricing
from conference.registration.rules import (
    WHOLE,
    CategoryKind,
    Mode,
    NotSold,
    Wish,
    cheapest_cell,
    check_day,
    clashes,
    day_at,
    spans_of,
)
from conference.registration.waiting.queries import pools_offered_to


@dataclass(frozen=True)
class OnSale:
    """What the choice page shows: categories, spans, modes, add-ons, dues offers, and prices for this person."""

    meeting: Any
    categories: list
    spans: list
    modes: list
    add_ons: list
    dues_types: list
    prices: dict
    window: Any
    is_member: bool
    now: Any = None
    offered: frozenset = frozenset()
    extra_prices: dict = field(default_factory=dict)  # {add-on key: {category code: Money}} where they depend on it
    closed: dict = field(default_factory=dict)  # {category code: why it is not open to this person}
    asked: dict = field(default_factory=dict)  # {category key: what it asks}
    invitation: Any = None  # that of this person, as long as it holds

    def choices(self):
        """What the form offers."""
        return {
            "categories": self.categories,
            "spans": self.spans,
            "modes": self.modes,
            "add_ons": self.add_ons,
            "dues_types": self.dues_types,
            "days": {each.code: day_at(self.meeting, each.starts_at) for each in self.add_ons},
            "gone": {
                "category": self.categories_gone | set(self.closed),
                "mode": self.modes_gone,
                "extras": self.add_ons_gone,
            },
        }

    @property
    def add_ons_gone(self):
        """Codes of the add-ons without a place left, or not on sale now."""
        return {each.code for each in self.add_ons if self.lacks(each.pool) or not extras.is_sold_at(each, self.now)}

    @property
    def categories_gone(self):
        """Codes of the categories that nobody can get any more: no place on site, and not sold in another way."""
        return {each.code for each in self.categories if self.is_full(each) and not self.is_sold(each, Mode.VIRTUAL)}

    @property
    def modes_gone(self):
        """In person, when every category that is sold so has no place left."""
        on_site = [each for each in self.categories if self.is_sold(each, Mode.IN_PERSON)]
        return {str(Mode.IN_PERSON)} if on_site and all(self.is_full(each) for each in on_site) else set()

    def lacks(self, pool):
        """Whether this person can have no place of a pool: nobody can, and none is offered to them."""
        return pool is not None and pool.is_full and pool.id not in self.offered

    def is_full(self, category):
        """Whether no place on site is left for a category."""
        return self.lacks(category.pool)

    @property
    def is_something_full(self):
        """Whether there is anything that this person could wait for."""
        return bool(self.add_ons_gone) or any(self.is_full(each) for each in self.categories)

    def is_sold(self, category, mode):
        """Whether this category has any price for taking part like that."""
        return any((cell.category, cell.mode) == (category.code, mode) for cell in self.prices)

    def amount(self, category, *, member, span=WHOLE, mode=Mode.IN_PERSON):
        """The price of a category now, or None when it is not sold like that."""
        found = cheapest_cell(Wish(category.code, span, mode), self.prices, self.window.code, member=member)
        return found[1] if found else None

    def price_here(self, category):
        """What this person would pay for the whole meeting in person, else for the first thing that is sold and left."""
        for mode in self.modes:
            if mode == Mode.IN_PERSON and self.is_full(category):
                continue
            for span in self.spans:
                amount = self.amount(category, member=self.is_member, span=span, mode=mode)
                if amount is not None:
                    return amount
        return None


def on_sale(meeting, person, now, *, kind=CategoryKind.ATTENDEE):
    """Everything of a meeting that can be chosen now in categories of a kind, with this person's own prices."""
    policy, today = pricing.policy_of(meeting), membership.local_day(now)
    window, _submitted_at = pricing.window_for(policy, meeting, person, now)
    every = {each.code: each for each in queries.categories_of(meeting, all_of_them=True, kind=kind)}
    prices = {cell: each for cell, each in queries.prices_of(meeting, window=window).items() if cell.category in every}
    sold = {cell.category for cell in prices}
    invitation = invited.holding(person, meeting, now)
    closed, asked = fitting.closed_to(person, meeting, today)
    if invitation and invited.waived(invitation):
        closed.pop(invitation.category.code, None)
    spans = [span for span in spans_of(meeting.starts, meeting.ends) if any(cell.span == span for cell in prices)]
    return OnSale(
        meeting=meeting,
        categories=_on_offer(every.values(), sold, invitation if kind == CategoryKind.ATTENDEE else None),
        spans=spans or [WHOLE],
        modes=modes_sold(prices),
        add_ons=queries.add_ons_of(meeting),
        dues_types=_dues_offers(person, today),
        prices=prices,
        window=window,
        now=now,
        extra_prices=extras.prices_now(meeting, window),
        is_member=pricing.standing_for(person, None, today, meeting=meeting, policy=policy).member,
        offered=invited.set_aside(invitation) | (pools_offered_to(person, meeting, now) if person else frozenset()),
        closed=closed,
        asked=asked,
        invitation=invitation,
    )


def _on_offer(categories, sold, invitation):
    """Those on offer, and the one that somebody is invited to, of which anything is sold (`sold`: codes)."""
    everybodys = [each for each in categories if each.is_on_offer]
    return [each for each in invited.with_category(everybodys, invitation) if each.code in sold]


def choose(draft, *, meeting, person, form, now):
    """Write the choice into the draft; Refusal at the field when it is not sold, sold out or clashes."""
    category = queries.category_by_code(meeting, form.category.data)
    wish = form.wish()
    sold = on_sale(meeting, person, now)
    check_ticket(wish, category, sold)
    _check_open(category, sold, person, form.dues.data or "", now)
    check_add_ons(wish, category, sold)
    actions.choose(draft, category=category, wish=wish, dues_code=form.dues.data or "", now=now)


def check_ticket(wish, category, sold):
    """Refusal at the field when a category is not sold like that, or no place of it is left."""
    if cheapest_cell(wish, sold.prices, sold.window.code, member=True) is None:
        raise NotSold(
            _("This category is not offered for these days in this way. Choose another combination."), field="category"
        )
    if wish.mode == Mode.IN_PERSON and sold.is_full(category):
        field = "mode" if sold.is_sold(category, Mode.VIRTUAL) else "category"
        raise Refusal(_("%(what)s: no place is left at the venue.", what=category.name), field=field)


def check_add_ons(wish, category, sold):
    """Refusal at the field when an add-on cannot be had: not for the category, not today, full, or at the time of another."""
    chosen = [each for each in sold.add_ons if each.code in wish.extras]
    extras.refuse_unfit(chosen, category=category.code, now=sold.now)
    check_kept(chosen, wish, sold.meeting, full=[each.title for each in chosen if sold.lacks(each.pool)])
    refuse_clashes(chosen)


def try_price(form, *, meeting, person, now, code=""):
    """(Offer, None) for what the form says, or (None, why not in words); with the code of the draft, which will be charged with it.

    Where the code does not hold for this choice, (Offer without it, why in words).
    """
    category = queries.category_by_code(meeting, form.category.data or "")
    if category is None:
        return None, _("Choose a category to see the price.")
    asked = (form.wish(), category, form.dues.data or "")
    whose = {"meeting": meeting, "person": person, "now": now}
    try:
        return _with_or_without(code, *asked, **whose)
    except Refusal as refusal:
        return None, str(refusal)


def _with_or_without(code, *asked, **whose):
    try:
        return price(*asked, code=code, **whose), None
    except NotRedeemable as refusal:
        return price(*asked, **whose), str(refusal)


def _check_open(category, sold, person, dues_code, now):
    """NotSold at the field unless the category is open to the person, with the membership that they buy in the same order."""
    if sold.invitation and sold.invitation.category_id == category.id and invited.waived(sold.invitation):
        return
    dues = next((each for each in sold.dues_types if each.type_code == dues_code), None)
    fitting.check(category, person, today=membership.local_day(now), dues=dues)


def check_kept(chosen, wish, meeting, *, full=()):
    """Refusal at the field unless the add-ons `chosen` go with a ticket; `full` are titles of those without a place."""
    if chosen and wish.mode == Mode.VIRTUAL:
        raise Refusal(
            _("Workshops and dinners take place on site: take part in person, or leave them out."), field="extras"
        )
    if full:
        raise Refusal(_("No place is left: %(titles)s", titles=", ".join(full)), field="extras")
    for each in chosen:
        check_day(each.title, day_at(meeting, each.starts_at), wish.span)


def refuse_clashes(chosen):
    """Refusal at the field when two of the add-ons overlap in time."""
    for first, second in clashes(chosen):
        text = _(
            "%(first)s and %(second)s overlap in time: choose one of them.", first=first.title, second=second.title
        )
        raise Refusal(text, field="extras")


def _dues_offers(person, today):
    """What joining or renewing would cost this person; nothing for somebody who has nothing to buy."""
    offers = []
    for type_ in membership.types_on_offer():
        try:
            offers.append(membership.offer_for(person, type_, today))
        except Refusal:
            continue
    return offers
