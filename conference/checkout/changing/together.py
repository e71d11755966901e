"""What ending many registrations would cost, worked out in few questions; and another category at the price that was paid."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select

from conference import registration
from conference.checkout.changing.asking import ask
from conference.checkout.changing.quoting import fees_kept, is_unbound, quoted, refuse_unless_confirmed, wish_now
from conference.checkout.changing.sold import lines_of, refuse_waiting
from conference.kernel import Refusal, db, in_parts
from conference.payments import Line, NewLine, Order, OrderState
from conference.registration import CategoryKind, State, changes, groups

GroupOrder = groups.GroupOrder
# What a line keeps of what its category asks of people: another category does not ask it.
_OF_THE_CATEGORY = ("pending", "eligibility")


def quote_cancels(entries, *, meeting, now, waived=False):
    """{registration id: Quoted, or the Refusal} of ending each of these registrations, as `quote_cancel` has it for one."""
    known = _Known.of(entries, meeting, now, waived)
    found = {}
    for entry in entries:
        try:
            found[entry.id] = _quote_one(entry, known)
        except Refusal as refusal:
            found[entry.id] = refusal
    return found


def quote_move(entry, category, *, reason):
    """The Quoted of another category for the same ticket at the price that was paid; Refusal in words where it cannot be."""
    refuse_unless_confirmed(entry)
    if category.id == entry.category_id:
        raise Refusal(_("has this category already"))
    if (category.kind == CategoryKind.GUEST) != (entry.host_id is not None):
        raise Refusal(_("Guests have categories of their own."))
    registration.guests.refuse_unfit(entry, category=category, mode=entry.mode)
    ends = [line for line in lines_of(entry) if line.kind == "registration"]
    if not ends:
        raise Refusal(_("Nothing was sold for this registration: write to the office."))
    wish = replace(wish_now(entry), category=category.code)
    lines = [_at_the_same_price(line, entry, category, wish, reason) for line in ends]
    add_ons = [booking.add_on for booking in entry.bookings]
    registration.extras.refuse_unmet(add_ons, category=category.code)
    return quoted(changes.Kind.SWITCH, entry, ends, lines, wish=wish, category=category, add_ons=add_ons)


def move(entry, category, *, seen, reason, by, now):
    """Another category at the price that was paid, with a reason; the Change, done at once. Refusal, and nothing is changed."""
    quote = quote_move(entry, category, reason=reason)
    return ask(entry, quote, seen=seen, by=by, now=now, reason=reason)


@dataclass(frozen=True)
class _Known:
    """What ending registrations and their guests depends on: the meeting's steps, and by registration its guests, lines and payer."""

    steps: list
    guests: dict
    waiting: set
    sold: dict
    payers: dict
    now: datetime
    waived: bool

    @classmethod
    def of(cls, entries, meeting, now, waived):
        guests = registration.guests.guests_among(entries)
        everybody = list({each.id: each for each in chain(entries, *guests.values())}.values())
        steps, waiting = registration.changes.steps_of(meeting), registration.changes.waiting_among(everybody)
        keys = [each.id for each in everybody]
        payers = groups.payers_among([each.id for each in entries])
        return cls(steps, guests, waiting, _standing(keys), payers, now, waived)

    def ending(self, entry, seated):
        """(lines that end, those of them another has paid, fee lines) as `quoting.ending` has them."""
        _refuse_moving(entry, self.waiting)
        lines, (group, payer) = self.sold[entry.id], self.payers.get(seated.id, (None, None))
        ends = [line for line, *_whose in lines]
        theirs = [line for line, person, of in lines if payer is not None and person != payer and of != group]
        step = None if self.waived or is_unbound(ends, theirs) else self._step(entry)
        return ends, theirs, fees_kept(entry, ends, theirs, step)

    def _step(self, entry):
        code = entry.category.code if entry.category else ""
        found = registration.changes.step_for(self.steps, changes.Kind.CANCEL, category=code, now=self.now)
        if found is None:
            raise Refusal(registration.changes.not_any_more(changes.Kind.CANCEL))
        return found


def _refuse_moving(entry, waiting):
    if entry.state != State.CONFIRMED:
        raise Refusal(_("Only a registration that is confirmed can be changed."))
    if entry.id in waiting:
        raise Refusal(_("A change of it waits for its payment."))


def _quote_one(entry, known):
    guests = known.guests.get(entry.id, [])
    refuse_waiting(guests)
    ends, theirs, fees = zip(*(known.ending(each, entry) for each in (entry, *guests)), strict=True)
    sums = {"theirs": [*chain(*theirs)], "guests": guests}
    return quoted(changes.Kind.CANCEL, entry, [*chain(*ends)], [*chain(*fees)], **sums)


def _at_the_same_price(line, entry, category, wish, reason):
    rule = {name: value for name, value in line.rule.items() if name not in _OF_THE_CATEGORY}
    rule |= {"category": category.code, "kept_from": line.id}
    title = registration.title_of(category, wish, entry.meeting)
    return NewLine("registration", entry.id, title, line.amount, (_("Price kept: %(reason)s", reason=reason),), rule)


def _standing(entry_ids):
    """{registration id: [(line that it stands on, who paid it, for which group)]}, the ticket first, as `lines_of` for one."""
    found = defaultdict(list)
    for some in in_parts(entry_ids):
        ticket = and_(Line.kind == "registration", Line.reference.in_(some))
        add_on = and_(Line.kind == "add_on", Line.subject.in_(some))
        statement = select(Line, Order.person_id, GroupOrder.group_id).join(Order, Line.order_id == Order.id)
        statement = statement.outerjoin(GroupOrder, GroupOrder.order_id == Order.id).where(or_(ticket, add_on))
        standing = statement.where(Line.ended_at.is_(None), Order.state == OrderState.PAID)
        for sold in db.session.execute(standing.order_by(Line.kind != "registration", Line.id)):
            line = sold[0]
            found[line.reference if line.kind == "registration" else line.subject].append(sold)
    return found
