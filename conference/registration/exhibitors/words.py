"""Rules of booths, reasons of prices and days of names, in the reader's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from conference.kernel import Money
from conference.registration.exhibitors.rules import HUNDREDTHS, Basis, Late, Rounding, Unit
from conference.registration.pricing.words import last_minute
from conference.web import money

BASES = {Basis.BOOTH: _l("For each booth"), Basis.AREA: _l("By area")}
UNITS = {Unit.SQUARE_METRE: _l("square metres"), Unit.SQUARE_FOOT: _l("square feet")}
ROUNDINGS = {
    Rounding.WHOLE: _l("Only whole ones count"),
    Rounding.BEGUN: _l("Each one begun counts"),
    Rounding.SHARE: _l("In proportion, rounded to whole badges"),
}
LATES = {Late.REFUSED: _l("Names are not taken any more"), Late.FEE: _l("Each name costs a fee")}
_SHORT = {Unit.SQUARE_METRE: "m²", Unit.SQUARE_FOOT: "ft²"}


def rule_in_words(kind):
    """ "3 badges for each 100 ft² begun, at least 2"."""
    if kind.basis == Basis.BOOTH:
        told = ngettext("%(num)s badge for each booth", "%(num)s badges for each booth", kind.badges)
    else:
        told = _by_area(kind)
    if kind.minimum:
        told = _("%(rule)s, at least %(minimum)s", rule=told, minimum=kind.minimum)
    if kind.maximum is not None:
        told = _("%(rule)s, at most %(maximum)s", rule=told, maximum=kind.maximum)
    return told


def area_in_words(hundredths, unit):
    """ "27.5 m²"; empty when no area is known."""
    return f"{area_as_typed(hundredths)} {_SHORT[unit]}" if hundredths is not None else ""


def area_as_typed(hundredths):
    """ "27.5"; empty when no area is known."""
    if hundredths is None:
        return ""
    whole, rest = divmod(hundredths, HUNDREDTHS)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def within(exhibitor, number, allotted):
    """Why a badge costs nothing."""
    facts = {"number": number, "of": allotted}
    if exhibitor.booths:
        return _("Within the allotment of booth %(booth)s: %(number)s of %(of)s", booth=exhibitor.booths, **facts)
    return _("Within the allotment of %(company)s: %(number)s of %(of)s", company=exhibitor.company, **facts)


def beyond(exhibitor, allotted):
    """Why a badge costs something."""
    if not allotted:
        return _("Extra badge: none is free of charge with this booth")
    if exhibitor.booths:
        facts = {"booth": exhibitor.booths, "of": allotted}
        return _("Extra badge: the %(of)s of booth %(booth)s are used", **facts)
    return _("Extra badge: the %(of)s of %(company)s are used", of=allotted, company=exhibitor.company)


def late(exhibitor):
    """Why a name costs a fee."""
    until = last_minute(exhibitor.kind.names_until, exhibitor.meeting)
    return _("The name was given after %(when)s", when=until)


def names_until(kind, meeting):
    """Until when names are given, and what holds then; empty without such a day."""
    if kind.names_until is None:
        return ""
    when = last_minute(kind.names_until, meeting)
    if kind.late == Late.FEE:
        fee = money(Money(kind.late_fee_minor, meeting.currency))
        return _("Names by %(when)s; later, each costs %(fee)s", when=when, fee=fee)
    return _("Names by %(when)s; later, the office is asked", when=when)


def policy(exhibitor, *, is_free):
    """[(heading, [sentence])] of what the contact may do with a badge; `is_free`: it cost nothing within the allotment."""
    told = names_until(exhibitor.kind, exhibitor.meeting) or _("At any time, free of charge.")
    found = [(_("Another name on the badge"), [told])]
    ending = _("At any time; the next badge that you order is free of charge instead.")
    return [*found, (_("Taking it back"), [ending])] if is_free else found


def _by_area(kind):
    facts = {"area": f"{kind.per_area} {_SHORT[kind.unit]}"}
    match kind.rounding:
        case Rounding.BEGUN:
            return ngettext(
                "%(num)s badge for each %(area)s begun", "%(num)s badges for each %(area)s begun", kind.badges, **facts
            )
        case Rounding.SHARE:
            return ngettext(
                "%(num)s badge for %(area)s, in proportion",
                "%(num)s badges for %(area)s, in proportion",
                kind.badges,
                **facts,
            )
    return ngettext(
        "%(num)s badge for each whole %(area)s", "%(num)s badges for each whole %(area)s", kind.badges, **facts
    )
