"""What somebody who is registered may choose instead: the choice of registering, less membership, with what they have marked."""

from dataclasses import dataclass

from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from conference import registration
from conference.checkout.changing.quoting import wish_now
from conference.kernel import Refusal
from conference.registration import choice_form, day_at


@dataclass(frozen=True)
class Chosen:
    """A registration as the choice form reads it."""

    category: object
    mode: str
    span: str
    wanted: list
    dues_code: str = ""


def change_form(posted, entry, now):
    """The form and what is on sale (None when registration is closed: then add-ons can only be left out)."""
    sold = _sold(entry, now) if entry.meeting.window_at(now) else None
    form = choice_form(posted, _chosen(entry), **(_open_choices(entry, sold) if sold else _what_they_have(entry)))
    form.category.choices = _with_own(form.category.choices, entry.category.code, entry.category.name)
    form.mode.choices = _with_own(form.mode.choices, entry.mode, registration.mode_name(entry.mode))
    form.span.choices = _with_own(form.span.choices, entry.span, registration.span_name(entry.span))
    if entry.host_id:
        form.extras.label.text = _("What they take part in")
    del form.dues
    return form, sold


def wish_typed(form):
    """The Wish that was typed; Refusal when it is none that the page offers."""
    if not form.validate():
        errors = [text for field in form for text in field.errors]
        raise Refusal(errors[0])
    return form.wish()


def _sold(entry, now):
    if entry.host_id:
        return registration.guests.guests_on_sale(entry, now)
    return registration.on_sale(entry.meeting, entry.person, now)


def _chosen(entry):
    wish = wish_now(entry)
    return Chosen(entry.category, wish.mode, wish.span, list(wish.extras))


def _open_choices(entry, sold):
    """As for a newcomer; but what they have already cannot be gone for them, and is in view though it is not sold any more."""
    choices, booked = sold.choices(), [booking.add_on for booking in entry.bookings]
    known = {each.code for each in choices["add_ons"]}
    choices["add_ons"] = [*choices["add_ons"], *(each for each in booked if each.code not in known)]
    choices["days"] = {each.code: day_at(entry.meeting, each.starts_at) for each in choices["add_ons"]}
    own = {"category": {entry.category.code}, "mode": {entry.mode}, "extras": {each.code for each in booked}}
    choices["gone"] = {name: codes - own[name] for name, codes in choices["gone"].items()}
    choices["dues_types"] = []
    return choices


def _what_they_have(entry):
    add_ons = [booking.add_on for booking in entry.bookings]
    return {
        "categories": [entry.category],
        "spans": [entry.span],
        "modes": [entry.mode],
        "add_ons": add_ons,
        "dues_types": [],
        "days": {each.code: day_at(entry.meeting, each.starts_at) for each in add_ons},
        "gone": {"category": set(), "mode": set(), "extras": set()},
    }


def _with_own(choices, value, label):
    known = any(choice.value == value for choice in choices)
    return choices if known else [SelectChoice(value, label), *choices]
