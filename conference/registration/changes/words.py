"""What changes are called, and what they cost, in the reader's language."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.registration.changes.queries import steps_of
from conference.registration.changes.rules import ASKED, Kind, standing_steps
from conference.web import day, money

NAMES = {
    Kind.SWITCH: _l("Another category, other days, another way to take part"),
    Kind.ADD: _l("Adding workshops and dinners"),
    Kind.DROP: _l("Leaving out workshops and dinners"),
    Kind.SUBSTITUTE: _l("Sending somebody else"),
    Kind.CANCEL: _l("Cancelling"),
    Kind.REPRICE: _l("Another price for the same"),
}
OVER = {
    Kind.SWITCH: _l("The time to change category, days or the way to take part is over. Write to the office."),
    Kind.ADD: _l("The time to add something yourself is over. Write to the office, or ask at the desk on site."),
    Kind.DROP: _l("The time to leave something out is over. Write to the office."),
    Kind.SUBSTITUTE: _l("The time to send somebody else is over. Write to the office."),
    Kind.CANCEL: _l("The time to cancel is over. Write to the office."),
}


def kind_name(kind):
    """A kind of change as a heading."""
    return NAMES[Kind(kind)]


def not_any_more(kind):
    """Why a kind of change cannot be asked for now."""
    return OVER[Kind(kind)]


def change_in_words(change):
    """A change as the reason of its refund."""
    return str(NAMES[Kind(change.kind)])


def step_in_words(step, meeting):
    """One step as a sentence: until when, and how much."""
    last = day(step.until - timedelta(minutes=1), meeting.timezone)
    return _("Until %(day)s: %(cost)s", day=last, cost=cost_in_words(step))


def cost_in_words(step):
    """What a step costs, as a phrase; shares are of what was paid."""
    parts = []
    if step.percent:
        parts.append(_("%(percent)s%% of what was paid", percent=step.percent))
    if step.amount:
        parts.append(money(step.amount))
    text = _(" and ").join(parts) or _("free of charge")
    if step.minimum:
        text = (
            _("%(cost)s, at least %(minimum)s", cost=text, minimum=money(step.minimum))
            if parts
            else money(step.minimum)
        )
    return text


def change_policy(meeting, *, category="", now=None, kinds=ASKED):
    """[(heading, [sentence of each step])] of what people may change themselves; with `now`, only what still can be."""
    steps, told = steps_of(meeting), []
    for kind in kinds:
        standing = standing_steps(steps, kind, category=category, now=now)
        if standing:
            told.append((kind_name(kind), [step_in_words(step, meeting) for step in standing]))
    return told
