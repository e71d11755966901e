"""Invitations in words: where they are, what they cover, where their people come from."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.kernel import Money
from conference.registration.discounts import Effect
from conference.registration.invitation_rules import Shown, Source
from conference.web import money

# Shown: (word, hue of its tag)
STATES = {
    Shown.KEPT: (_l("Invited, place kept"), "warn"),
    Shown.INVITED: (_l("Invited"), "warn"),
    Shown.ORDERED: (_l("Order waits for its payment"), "warn"),
    Shown.REGISTERED: (_l("Registered"), "good"),
    Shown.APART: (_l("Registered without it"), "bad"),
    Shown.DECLINED: (_l("Declined"), None),
    Shown.LAPSED: (_l("Not answered in time"), None),
    Shown.WITHDRAWN: (_l("Withdrawn"), None),
}
SOURCES = {Source.HAND: _l("By hand"), Source.FILE: _l("From a file"), Source.PROGRAMME: _l("From the programme")}


def covers(what, category, add_ons, currency):
    """What an invitation covers, in a sentence; `what` has effect, percent and amount_minor, `add_ons` are titles."""
    things = [_("the registration as %(category)s", category=category.name), *add_ons]
    listed = ", ".join(things)
    match what.effect:
        case Effect.COMP:
            return _("Free of charge: %(what)s", what=listed)
        case Effect.PERCENT:
            return _("%(percent)s%% off: %(what)s", percent=what.percent, what=listed)
        case _:
            amount = money(Money(what.amount_minor, currency))
            return _("%(amount)s off: %(what)s", amount=amount, what=listed)
