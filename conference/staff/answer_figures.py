"""How often each answer was given, as figures and bars."""

from collections import Counter
from dataclasses import dataclass

from conference.registration import form as forms

MOST = 60


@dataclass(frozen=True)
class Bar:
    """One answer: in words, how often it was given, and its share of the most frequent in percent."""

    words: str
    count: int
    share: int


def bars(question, language="en"):
    """[Bar] of the answers that are chosen or counted, the most frequent first; None for text and for what is sealed."""
    if question.is_sensitive or question.kind not in (*forms.COUNTED, forms.Kind.NUMBER, forms.Kind.DATE):
        return None
    return bars_of(question, forms.counts_of(question), language)


def bars_of(question, counts, language="en"):
    """[Bar] of {kept text: how often}."""
    found = Counter({each["code"]: 0 for each in question.choices})
    for text, count in counts.items():
        for code in forms.codes_of(text) if question.kind == forms.Kind.CHOICES else [text]:
            found[code] += count
    most = max(found.values(), default=0) or 1
    choices = _every_choice(question)
    kind = forms.Kind.CHOICE if question.kind == forms.Kind.CHOICES else question.kind
    return [
        Bar(forms.in_words(kind, choices, code, language), count, round(100 * count / most))
        for code, count in found.most_common(MOST)
    ]


def _every_choice(question):
    """The choices of today, and before them those of former versions: an old answer keeps its words."""
    found = {}
    for version in reversed(forms.versions_of(question)):
        found |= {each["code"]: each for each in version.choices}
    return list((found | {each["code"]: each for each in question.choices}).values())
