"""One person whom the office registers: at today's price, paid already or with a letter by which they pay."""

from datetime import timedelta

from flask_babel import gettext as _

from conference import audit, people, registration
from conference.checkout import mails
from conference.checkout.marking import refuse_alone
from conference.checkout.placing import place_guests, place_imported
from conference.checkout.settling import settle_free, settle_paid_by_hand
from conference.kernel import Refusal, end_of
from conference.registration import Mode, State

HELD_FOR = timedelta(days=14)
PERSON_COLUMNS = ("given_name", "family_name", "degrees", "institution", "country")


class MaybeKnown(Refusal):
    """Somebody new would be entered who may be one of `doubles`, and nobody has told them apart."""

    def __init__(self, doubles):
        super().__init__(_("Somebody with this name is known already. Say whether it is the same person."))
        self.doubles = doubles


class AlreadyRegistered(Refusal):
    """The person has a registration for the meeting: it stands in `entry`."""

    def __init__(self, text, entry):
        super().__init__(text, field="email")
        self.entry = entry


def held_until(meeting, now):
    """Until when places that the office holds stay held: two weeks, but not beyond the meeting's last day."""
    over = end_of(meeting.ends, meeting.zone)
    return max(min(now + HELD_FOR, over.astimezone(now.tzinfo)), now)


def foretell_entry(wish, *, email, meeting, now, waived=""):
    """The Offer for what the office would register the person at `email` for; Refusal at the field where it cannot be.

    Whoever is invited to the category is registered by their invitation, as if they had followed its link.
    """
    person = people.by_email(email)
    _refuse_second(meeting, person)
    category = registration.category_by_code(meeting, wish.category)
    whose = {"meeting": meeting, "person": person, "now": now, "waived": waived}
    try:
        offer = registration.price_of(wish, category, "", code=_invitation(person, meeting, category, now), **whose)
    except registration.NotSold as refusal:
        refusal.field = refusal.field or "category"
        raise
    kept = registration.invitations.queries.pools_kept_for(person, meeting)
    _refuse_full(wish, category, offer.add_ons, kept)
    _refuse_clashes(offer.add_ons)
    return offer


def try_entry(wish, *, values, meeting, by, now, waived=""):
    """As `foretell_entry`, for whom `values` would enter: the country that is typed may decide about the price.

    It enters them: to be called where nothing is kept.
    """
    person = _person(values, (), "", by, now)
    return foretell_entry(wish, email=person.email, meeting=meeting, now=now, waived=waived)


def doubles_of(values, told_apart=()):
    """Who is known already and may be whom `values` would enter, but for those `told_apart` (references): [Double]."""
    if people.by_email(values["email"]) is not None:
        return []
    names = ("given_name", "family_name", "institution", "country", "email")
    found = people.doubles.doubles_of(people.doubles.Known(**{name: values[name] for name in names}))
    return [each for each in found if each.person.ref not in told_apart]


def enter_one(*, meeting, wish, values, paid_as, seen_total, letter, by, now, waived="", told_apart=(), recognised=""):
    """Register one person, with `values` as in a row of the import; their registration.

    With `paid_as` (how and where the money came) it is confirmed at once, as it is when it costs nothing; else its places are
    held and a letter asks the person to pay. `told_apart` are references of people of the same name who are others, `recognised`
    the address that was typed for somebody known under another. Refusal, with nothing kept, when the person has a
    registration already, may be somebody known, there is no place or no price, or the price is not `seen_total` any more.
    """
    doubles = doubles_of(values, told_apart)
    if doubles:
        raise MaybeKnown(doubles)
    person = _person(values, told_apart, recognised, by, now)
    offer = foretell_entry(wish, email=person.email, meeting=meeting, now=now, waived=waived)
    if offer.total.minor != seen_total:
        raise Refusal(_("The price has changed since you looked. Check it again."), field="total")
    entry = registration.start(meeting=meeting, person=person, now=now)
    category = registration.category_by_code(meeting, wish.category)
    registration.choose(entry, category=category, wish=wish, dues_code="", now=now)
    entry = registration.registration_in(meeting, person)
    held_for = held_until(meeting, now) - now
    order = place_imported(
        draft=entry, meeting=meeting, person=person, now=now, held_for=held_for, waived=waived,
        code=_invitation(person, meeting, category, now),
    )  # fmt: skip
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
        refuse_alone(order.total)
        settle_paid_by_hand(order.id, reference=paid_as, by=by, now=now, letter=letter)
    else:
        mails.to_pay(order, now=now)


def _person(values, told_apart, recognised, by, now):
    """Whoever has this address; what is known of them is kept, and only what was missing is filled in."""
    others = [each.person for each in doubles_of(values)] if told_apart else []
    person = people.find_or_enter(email=values["email"], now=now)
    _remember_choice(person, others, recognised, by, now)
    if not person.is_complete:
        missing = {name: values[name] for name in PERSON_COLUMNS if values[name] and not getattr(person, name)}
        people.update(person, by=by, now=now, **missing)
    return person


def _remember_choice(person, others, recognised, by, now):
    """Who was told apart from whom, and who was recognised in spite of another address, stands in the trail."""
    if others:
        told = "; ".join(each.introduced for each in others)
        audit.record(by=by, verb="told apart", subject=person, now=now, note=told)
    if recognised:
        audit.record(by=by, verb="recognised", subject=person, now=now, note=recognised)


def _invitation(person, meeting, category, now):
    """The code of the invitation that opens the category to them, empty without one."""
    return "" if category is None else registration.invitations.code_of(person, meeting, category=category, now=now)


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
