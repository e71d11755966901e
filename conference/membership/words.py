"""Membership in words: standings, and how long a price is for."""

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.membership.rules import PeriodKind, StandingKind

STANDINGS = {
    StandingKind.NEW: _l("New member"),
    StandingKind.CURRENT: _l("Member"),
    StandingKind.GRACE: _l("Renewal due"),
    StandingKind.EXPIRED: _l("Lapsed"),
    StandingKind.FUTURE: _l("Begins later"),
    StandingKind.NONE: _l("Not a member"),
}
HUES = {
    StandingKind.NEW: "good",
    StandingKind.CURRENT: "good",
    StandingKind.GRACE: "warn",
    StandingKind.EXPIRED: "bad",
    StandingKind.FUTURE: None,
    StandingKind.NONE: None,
}


def period_words(period):
    """ "a year", "a calendar year", "for 18 months", "once, for life": what stands behind a price."""
    if period.kind is PeriodKind.LIFETIME:
        return _("once, for life")
    if period.kind is PeriodKind.CALENDAR:
        return _("a calendar year")
    if period.months == 12:
        return _("a year")
    return ngettext("for %(num)s month", "for %(num)s months", period.months)


def by_name(codes):
    """[(code, name)] of countries in the reader's language, in order of name."""
    names = get_locale().territories
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda pair: pair[1])
