"""What a change of a registration costs now: the lines that end, the lines that come instead, the fee, and what is due or goes back."""

from dataclasses import dataclass, replace
from itertools import chain

from flask_babel import gettext as _

from conference import registration
from conference.checkout.changing.billing import paid_by_another, seen_by_payer
from conference.checkout.changing.sold import going_along, lines_of
from conference.kernel import Money, Refusal
from conference.payments import NewLine
from conference.registration import NotRedeemable, State, Wish, changes


@dataclass(frozen=True)
class Quoted:
    """A change as it would be now. `ends` are sold lines, `lines` what is sold instead, fees among them, without credits.

    What was paid for `ends` pays for `lines` first; `due` is the rest to pay, `refund` what goes back: one of them is nothing.
    `returned` are lines that end too, of somebody else who paid: their money goes back to them whole.
    """

    kind: changes.Kind
    wish: Wish | None
    category_id: int
    add_ons: tuple
    ends: tuple
    lines: tuple[NewLine, ...]
    credit: Money
    due: Money
    refund: Money
    returned: tuple = ()
    guests: tuple = ()  # registrations that end with it

    @property
    def seen(self):
        """What somebody was shown, to be compared when they confirm it."""
        return f"{self.due.minor}:{self.refund.minor}:{len(self.ends)}:{len(self.lines)}:{len(self.returned)}"

    @property
    def ending(self):
        """Every line that ends."""
        return (*self.ends, *self.returned)


def wish_now(entry):
    """What a registration stands for now, as a Wish."""
    extras = tuple(booking.add_on.code for booking in entry.bookings)
    return Wish(entry.category.code, entry.span, entry.mode, extras)


def quote_change(entry, wish, *, now, waived=False):
    """The Quoted of another ticket or other add-ons; NotSold or Refusal in words where it cannot be.

    `waived`: staff take no fee and are not bound by the table's dates.
    """
    refuse_unless_confirmed(entry)
    differs = registration.changes.difference(wish_now(entry), wish)
    if not differs.kinds:
        raise Refusal(_("Nothing is different from what you have."), field="category")
    steps = {kind: step_now(entry, kind, now, waived) for kind in differs.kinds}
    add_ons, new = _instead(entry, wish, differs, now)
    new = [_named(line, entry) for line in new]
    sold = lines_of(entry)
    ticket = [line for line in sold if line.kind == "registration" and differs.is_switch]
    dropped = _dropped(entry, sold, differs)
    theirs = paid_by_another(entry, dropped)
    fees = _fees(entry, steps, ticket, new, [line for line in dropped if line not in theirs])
    kept = [booking.add_on for booking in entry.bookings if booking.add_on.code not in differs.dropped]
    category = registration.category_by_code(entry.meeting, wish.category)
    if (entry.category_id, entry.mode) != (category.id, wish.mode):
        registration.guests.refuse_unfit(entry, category=category, mode=wish.mode)
    ends, lines = [*ticket, *dropped], [*new, *fees]
    return quoted(differs.kinds[0], entry, ends, lines, wish=wish, category=category, add_ons=[*kept, *add_ons])


def _fees(entry, steps, ticket, new, dropped):
    """The fee lines of a change: for another ticket, for each add-on that is added, of what is kept of each that is dropped."""
    switch, add, drop = (steps.get(kind) for kind in (changes.Kind.SWITCH, changes.Kind.ADD, changes.Kind.DROP))
    added = [line for line in new if line.kind == "add_on"]
    return [
        *(fee for line in ticket for fee in fee_lines(entry, switch, line.amount, line.title)),
        *(fee for line in added for fee in fee_lines(entry, add, line.amount, line.title)),
        *(fee for line in dropped for fee in _kept(entry, drop, line.amount, line.title)),
    ]


def quote_cancel(entry, *, now, waived=False):
    """The Quoted of ending a registration with all its add-ons and guests; Refusal in words where the table's dates are over."""
    guests = going_along(entry)
    ends, fees = zip(*(ending(each, entry, now=now, waived=waived) for each in (entry, *guests)), strict=True)
    return quoted(changes.Kind.CANCEL, entry, [*chain(*ends)], [*chain(*fees)], guests=guests)


def ending(entry, seated, *, now, waived):
    """(the lines that end when a registration does, the fee lines that are kept of them); Refusal as `quote_cancel`.

    The table is about money: what was free of charge within an allotment ends at any time, and so does what goes back whole to
    whoever has bought it beside the place of `seated` (the registration, or that of whoever brings it) that another has paid.
    """
    refuse_unless_confirmed(entry)
    ends = lines_of(entry)
    theirs = paid_by_another(seated, ends)
    step = step_now(entry, changes.Kind.CANCEL, now, waived or is_unbound(ends, theirs))
    return ends, fees_kept(entry, ends, theirs, step)


def is_unbound(ends, theirs):
    """Whether the table says nothing of what ends: free of charge within an allotment, or paid by somebody else altogether."""
    is_free = any("allotment" in line.rule for line in ends) and not any(line.amount for line in ends)
    return is_free or (bool(theirs) and len(theirs) == len(ends))


def fees_kept(entry, ends, theirs, step):
    """The fee lines that are kept when a registration that stands on the lines `ends` is cancelled; none without a step."""
    paid = Money.total([line.amount for line in ends if line not in theirs], entry.meeting.currency)
    what = _("Cancelling: %(name)s", name=entry.person.full_name) if entry.host_id else _("Cancelling")
    return list(_kept(entry, step, paid, what))


def quoted(kind, entry, ends, lines, *, wish=None, category=None, add_ons=(), guests=(), theirs=None):
    """The Quoted of lines that end and lines that come instead; `theirs`: those another has paid, where that is known already."""
    currency, theirs = entry.meeting.currency, paid_by_another(entry, ends) if theirs is None else theirs
    ends = [line for line in ends if line not in theirs]
    ended, sold = (Money.total([line.amount for line in each], currency).minor for each in (ends, lines))
    credit, due, refund = (Money(minor, currency) for minor in registration.changes.split(ended, sold))
    category_id = category.id if category else entry.category_id
    parts = (tuple(add_ons), tuple(ends), tuple(lines))
    return Quoted(kind, wish, category_id, *parts, credit, due, refund, tuple(theirs), tuple(guests))


def refuse_unless_confirmed(entry):
    """Refusal unless the registration stands and no change of it waits."""
    if entry.state != State.CONFIRMED:
        raise Refusal(_("Only a registration that is confirmed can be changed."))
    if registration.changes.open_change(entry) is not None:
        raise Refusal(
            _(
                "A change of this registration waits for its payment. Finish it, or give it up, before you ask for another."
            )
        )


def step_now(entry, kind, now, waived):
    """The step of the meeting's table that holds now, None when it is `waived`; Refusal when the time is over."""
    if waived:
        return None
    steps = registration.changes.steps_of(entry.meeting)
    found = registration.changes.step_for(steps, kind, category=entry.category.code, now=now)
    if found is None:
        raise Refusal(registration.changes.not_any_more(kind))
    return found


def _named(line, entry):
    """A line about a guest says whose it is: others of the same order may be about others."""
    return replace(line, title=f"{entry.person.full_name}: {line.title}"[:600]) if entry.host_id else line


def _instead(entry, wish, differs, now):
    """(add-ons added, lines that are sold): nothing when something is only left out, whether or not anything is on sale."""
    if differs.kinds == (changes.Kind.DROP,):
        kept = _kept_add_ons(entry, wish)
        registration.extras.refuse_unmet(kept, category=wish.category)
        return (), []
    try:
        offer = _offer(entry, wish, differs, now)
    except registration.NotSold:
        if differs.is_switch:
            raise
        return _beside_the_ticket(entry, wish, differs, now)
    sold = [
        line for line in offer.lines if line.kind == "add_on" or (line.kind == "registration" and differs.is_switch)
    ]
    return offer.add_ons, sold


def _beside_the_ticket(entry, wish, differs, now):
    """As `_instead`, where the ticket that one has and keeps is not on sale now: what is wrong with an add-on is still said."""
    kept = _kept_add_ons(entry, wish)
    registration.check_kept(kept, wish, entry.meeting)
    registration.extras.refuse_unmet(kept, category=wish.category, have=wish.extras)
    asked = Wish(wish.category, wish.span, wish.mode, differs.added)
    whose = {"meeting": entry.meeting, "person": entry.person, "now": now, "reference": entry.id}
    add_ons, sold = registration.price_add_ons(asked, entry.category, kept=[each.code for each in kept], **whose)
    registration.refuse_clashes([*kept, *add_ons])
    return add_ons, list(sold)


def _kept_add_ons(entry, wish):
    """What was booked and stays."""
    return [booking.add_on for booking in entry.bookings if booking.add_on.code in wish.extras]


def _offer(entry, wish, differs, now):
    """What the new ticket and the added add-ons cost now, with the code that the registration uses where it holds for them."""
    category = registration.category_by_code(entry.meeting, wish.category)
    if category is None or category.kind != entry.category.kind or (differs.is_switch and not category.is_on_offer):
        raise registration.NotSold(_("This category is no longer offered. Choose another one."), field="category")
    kept = _kept_add_ons(entry, wish)
    registration.check_kept(kept, wish, entry.meeting)
    registration.extras.refuse_unmet(kept, category=wish.category, have=wish.extras)
    asked = Wish(wish.category, wish.span, wish.mode, differs.added)
    whose = {"meeting": entry.meeting, "person": entry.person, "now": now, "reference": entry.id}
    whose["kept"] = [each.code for each in kept]
    discount = registration.changes.kept_discount(entry)
    try:
        offer = registration.price_of(asked, category, "", discount=discount, **whose)
    except NotRedeemable:
        offer = registration.price_of(asked, category, "", **whose)
    registration.refuse_clashes([*kept, *offer.add_ons])
    return seen_by_payer(entry, offer) if differs.is_switch else offer


def _dropped(entry, sold, differs):
    gone = {booking.add_on_id for booking in entry.bookings if booking.add_on.code in differs.dropped}
    return [line for line in sold if line.kind == "add_on" and line.reference in gone]


def fee_lines(entry, step, amount, title):
    """The line of a fee that is added to what comes instead, if there is any."""
    if step is not None and registration.changes.fee(step, amount):
        yield _fee_line(entry, step, registration.changes.fee(step, amount), title)


def _kept(entry, step, amount, title):
    if step is not None and registration.changes.kept(step, amount):
        yield _fee_line(entry, step, registration.changes.kept(step, amount), title)


def _fee_line(entry, step, amount, title):
    why = (registration.changes.step_in_words(step, entry.meeting),)
    rule = {
        "registration": entry.id,
        "change": str(step.kind),
        "until": step.until.isoformat(),
        "percent": step.percent,
        "amount_minor": step.amount.minor if step.amount else 0,
        "minimum_minor": step.minimum.minor if step.minimum else 0,
    }
    return NewLine("fee", entry.id, _("Fee: %(what)s", what=title), amount, why, rule)
