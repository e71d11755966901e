"""One person whom the office registers: at today's price, paid already or with a letter by which they pay."""

from datetime import datetime, time, timedelta

from flask_babel import gettext as _

from conference import audit, people, registration
from conference.checkout import mails
from conference.checkout.placing import place_guests, place_imported
from conference.checkout.settling import settle_free, settle_paid_by_hand
from conference.kernel import Refusal
from conference.registration import Mode, State

HELD_FOR = timedelta(days=14)
PERSON_COLUMNS = ("given_name", "family_name", "degrees", "institution", "country")


class AlreadyRegistered(Refusal):
    """The person has a registration for the meeting: it stands in `entry`."""

    def __init__(self, text, entry):
        super().__init__(text, field="email")
        self.entry = entry


def held_until(meeting, now):
    """Until when places that the office holds stay held: two weeks, but not beyond the meeting's last day."""
    over = datetime.combine(meeting.ends + timedelta(days=1), time(0), tzinfo=meeting.zone)
    return max(min(now + HELD_FOR, over.astimezone(now.tzinfo)), now)


def foretell_entry(wish, *, email, meeting, now, waived=""):
    """The Offer for what the office would register the person at `email` for; Refusal at the field where it cannot be."""
    person = people.by_email(email)
    _refuse_second(meeting, person)
    category = registration.category_by_code(meeting, wish.category)
    try:
        offer = registration.price_of(wish, category, "", meeting=meeting, person=person, now=now, waived=waived)
    except registration.NotSold as refusal:
        refusal.field = refusal.field or "category"
        raise
    kept = registration.invitations.queries.pools_kept_for(person, meeting)
    _refuse_full(wish, category, offer.add_ons, kept)
    _refuse_clashes(offer.add_ons)
    return offer


def enter_one(*, meeting, wish, values, paid_as, seen_total, letter, by, now, waived=""):
    """Register one person, with `values` as in a row of the import; their registration.

    With `paid_as` (how and where the money came) it is confirmed at once, as it is when it costs nothing; else its places are
    held and a letter asks the person to pay. Refusal, with nothing kept, when the person has a registration already, there is
    no place or no price, or the price is not `seen_total` any more.
    """
    offer = foretell_entry(wish, email=values["email"], meeting=meeting, now=now, waived=waived)
    if offer.total.minor != seen_total:
        raise Refusal(_("The price has changed since you looked. Check it again."), field="total")
    person = _person(values, by, now)
    entry = registration.start(meeting=meeting, person=person, now=now)
    category = registration.category_by_code(meeting, wish.category)
    registration.choose(entry, category=category, wish=wish, dues_code="", now=now)
    entry = registration.registration_in(meeting, person)
    held_for = held_until(meeting, now) - now
    order = place_imported(draft=entry, meeting=meeting, person=person, now=now, held_for=held_for, waived=waived)
    audit.record(by=by, verb="registered", subject=entry, now=now, after={"total": order.total_minor}, note=waived)
    _go_on(order, paid_as=paid_as, letter=letter, by=by, now=now)
    return entry


def enter_guests(host, *, paid_as, seen_total, by, now):
    """Order the guests who are named with a registration, on behalf of whoever brings them; the order. As `enter_one`."""
    held_for = held_until(host.meeting, now) - now
    order = place_guests(host, seen_total=seen_total, now=now, held_for=held_for, by_office=True)
    audit.record(by=by, verb="registered", subject=host, now=now, after={"total": order.total_minor})
    if order.total:
        _go_on(order, paid_as=paid_as, letter=True, by=by, now=now)
    return order


def _go_on(order, *, paid_as, letter, by, now):
    if not order.total:
        settle_free(order, now=now, letter=letter)
    elif paid_as:
        settle_paid_by_hand(order.id, reference=paid_as, by=by, now=now, letter=letter)
    else:
        mails.to_pay(order, now=now)


def _person(values, by, now):
    """Whoever has this address; what is known of them is kept, and only what was missing is filled in."""
    person = people.find_or_enter(email=values["email"], now=now)
    if not person.is_complete:
        missing = {name: values[name] for name in PERSON_COLUMNS if values[name] and not getattr(person, name)}
        people.update(person, by=by, now=now, **missing)
    return person


def _refuse_second(meeting, person):
    entry = registration.registration_in(meeting, person) if person else None
    if entry is not None and entry.state in (State.HELD, State.CONFIRMED):
        raise AlreadyRegistered(_("%(email)s is registered already.", email=person.email), entry)


def _refuse_full(wish, category, add_ons, kept):
    """`kept` are keys of pools of which an invitation keeps a place for them."""
    needs_place = wish.mode == Mode.IN_PERSON and category.pool is not None and category.pool_id not in kept
    if needs_place and category.pool.is_full:
        raise Refusal(_no_place(category.name, category.pool), field="category")
    full = [each for each in add_ons if each.pool.is_full]
    if full:
        raise Refusal(" ".join(_no_place(each.title, each.pool) for each in full), field="extras")


def _no_place(what, pool):
    if pool.waiting:
        return _("%(what)s: others wait for a place. Offer the next one on the waiting list.", what=what)
    return _("%(what)s: no place is left.", what=what)


def _refuse_clashes(add_ons):
    for first, second in registration.clashes(add_ons):
        titles = {"first": first.title, "second": second.title}
        raise Refusal(_("%(first)s and %(second)s overlap in time: choose one of them.", **titles), field="extras")
