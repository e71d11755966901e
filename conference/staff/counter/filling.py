"""Filling the counter's form: for somebody known, for somebody new, for somebody who was recognised; and what it costs."""

from dataclasses import dataclass
from typing import Any

from conference import people, registration
from conference.kernel import Refusal, clock
from conference.registration import State
from conference.staff.counter.form import ServeForm, StationForm, WalkInForm
from conference.staff.counter.rules import split_name


@dataclass(frozen=True)
class Price:
    """What the form would cost now: an Offer, or why there is none, in words; both empty while nothing is chosen."""

    offer: Any = None
    why_not: str = ""


def form_for(person, meeting, sold, station):
    """The form for somebody known: what they had begun to choose, or what the counter usually sells."""
    form = _begun(sold, station)
    if form is None:
        return None
    draft = registration.registration_in(meeting, person)
    if draft is not None and draft.state == State.DRAFT and draft.category is not None:
        form.category.data, form.span.data, form.extras.data = draft.category.code, draft.span, list(draft.wanted)
    return form.show(person)


def form_for_new(typed, apart, sold, station):
    """The form for somebody new, with the address or name that was typed; `apart` names who they are not."""
    form = _begun(sold, station)
    if form is None:
        return None
    if "@" in typed:
        form.email.data = typed
    else:
        form.given_name.data, form.family_name.data = split_name(typed)
    form.apart.data = apart
    return form


def recognise(form, person):
    """The posted form about somebody known: the address that was typed is remembered as another one of theirs."""
    form.recognised.data = form.email.data
    form.apart.data = ""
    return form.show(person)


def price_now(form, meeting):
    """The Price of the form as it stands."""
    if not form.category.data:
        return Price()
    email = normal_or_none(form.email.data)
    person = people.by_email(email) if email else None
    category = registration.category_by_code(meeting, form.category.data)
    whose = {"meeting": meeting, "person": person, "now": clock.now(), "waived": form.waived.data or ""}
    if category is None:
        return Price()
    try:
        return Price(registration.price_of(form.wish(), category, "", **whose))
    except Refusal as refusal:
        return Price(why_not=str(refusal))


def tiles(sold):
    """{category code: (what is to be known of it, price of this person)}: the small print of the public page, cut to what decides."""
    priced = registration.category_details(sold)
    return {each.code: (sold.closed.get(each.code, ""), priced[each.code][1]) for each in sold.categories}


def normal_or_none(text):
    """The normal form of an address that may be half typed, or None."""
    try:
        return people.normal_email(text or "")
    except Refusal:
        return None


def station_form(station, meeting):
    """How this counter works, to be changed."""
    return StationForm(obj=station).of(registration.categories_of(meeting, all_of_them=True))


def serve_form(card, station):
    """What somebody registered already would be given at this counter, or None."""
    if card is None:
        return None
    form = ServeForm(data={"payment": station.payment, "check_in": station.checks_in})
    if card.due is not None:
        form.order.data, form.total.data = card.order.ref, str(card.order.total_minor)
    return form


def _begun(sold, station):
    if sold is None:
        return None
    form = WalkInForm().of(sold)
    known = {each.code for each in sold.categories}
    only = sold.categories[0].code if len(sold.categories) == 1 else None
    form.category.data = station.category if station.category in known else only
    form.payment.data = station.payment
    form.check_in.data, form.prints.data = station.checks_in, station.prints
    return form
