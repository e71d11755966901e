"""The reasons of a price, in the reader's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.registration.discounts import Effect
from conference.registration.eligibility import words as eligibility
from conference.registration.pricing import words as pricing_words
from conference.web import money


def why(key, facts, meeting):
    """One reason of an amount as a sentence."""
    priced = pricing_words.why(key, facts, meeting)
    if priced is not None:
        return priced
    if key == "code":
        return _code(facts)
    if key.startswith("fit_"):
        return eligibility.why(key, facts, meeting)
    return str(_PLAIN[key])


def choosing(line, meeting):
    """{reason: what is left of it once the line is paid} of the reasons of a quoted line that matter for choosing only."""
    return {why(key, facts, meeting): _lasting(key, facts) for key, facts in line.why if key in _CHOOSING}


def _lasting(key, facts):
    return _("%(name)s price", name=facts["name"]) if key == "window" else ""


_CHOOSING = ("window", "pay_by", "add_on", "add_on_by_category")
_PLAIN = {
    "guest": _l("Price for guests"),
    "no_member_price": _l("This category has the same price for members"),
    "add_on": _l("Has its own price and places"),
    "add_on_by_category": _l("Priced by category and date"),
    "dues": _l("Membership dues"),
}


def _code(facts):
    code, off = facts["code"], money(facts["off"])
    if "because" in facts:
        return _invited(facts, off)
    if facts["effect"] == Effect.COMP:
        return _("Code %(code)s: free of charge (%(off)s off)", code=code, off=off)
    if facts["effect"] == Effect.PERCENT:
        return _("Code %(code)s: %(percent)s%% off (%(off)s)", code=code, percent=facts["percent"], off=off)
    return _("Code %(code)s: %(off)s off", code=code, off=off)


def _invited(facts, off):
    """Whoever is invited reads by whom, not a code that they never typed."""
    if facts["effect"] == Effect.COMP:
        return _("%(because)s: free of charge (%(off)s off)", because=facts["because"], off=off)
    return _("%(because)s: %(off)s off", because=facts["because"], off=off)


def step_names():
    """The steps of registering, in order."""
    return [_("Your e-mail"), _("Your details"), _("What you need"), _("Questions"), _("Check and pay")]
