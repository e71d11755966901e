"""The trail told in the reader's language, as components/timeline.html shows it."""

from flask_babel import gettext as _

from conference.audit.words import field_in_words, value_in_words, verb_in_words
from conference.kernel import Money
from conference.web import money

LONGEST = 160  # letters of one value: a page's text is read in its own history
_AMOUNTS = ("total", "amount")


def happenings(entries, *, say=None):
    """Entries as [{what, who, when, before, after}] in their order; `say(values)` words what stood before and after."""
    say = say or values_in_words
    return [
        {
            "what": what_in_words(entry),
            "who": who_in_words(entry),
            "when": entry.at,
            "before": say(entry.before),
            "after": say(entry.after),
        }
        for entry in entries
    ]


def what_in_words(entry):
    """What was done, with its note."""
    verb = verb_in_words(entry.verb)
    return f"{verb}: {entry.note}" if entry.note else verb


def who_in_words(entry):
    """Who did it, by the name of that day."""
    return entry.actor_name or _("by itself")


def values_in_words(values, currency=None):
    """What stood there, part by part; None for nothing. Amounts are money where their `currency` is known."""
    if not values:
        return None
    return "; ".join(f"{field_in_words(name)}: {_value(name, value, currency)}" for name, value in values.items())


def _value(name, value, currency):
    if name in _AMOUNTS and isinstance(value, int) and currency:
        return money(Money(value, currency))
    text = value_in_words(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
