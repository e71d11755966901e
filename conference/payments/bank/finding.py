"""Which orders a line may pay: by its reference, even a mistyped one, else by amount, name, purchase order and invoice."""

import re
from collections import defaultdict

from conference.kernel import fold
from conference.payments.bank.rules import FEWEST_LETTERS, LENGTH, Suggestion, Why, normal, why_of

MOST_ALIKE = 5  # orders of one amount, without any other hint: more are no hint at all
MOST_SHOWN = 5
POINTS = {"reference": 60, "near": 40, "number": 40, "amount": 25, "name": 15}
_PREFIX = re.compile(r"RF[0-9A-Z]{2}")


class Finder:
    """Looks things up among candidates; made once, then asked for thousands of lines."""

    def __init__(self, candidates):
        self._by_ref = {each.ref: each for each in candidates}
        self._near, self._by_amount = defaultdict(set), defaultdict(list)
        self._by_name, self._by_number = defaultdict(set), defaultdict(set)
        for each in candidates:
            self._add(each)
        self._lengths = {len(number) for number in self._by_number}

    def suggestions(self, *, minor, currency, text, name, best=MOST_SHOWN):
        """[Suggestion] for money that came, the surest first; empty when nothing speaks for any order."""
        said = normal(text)
        exact = self._named(said)
        near = set() if exact else self._nearly_named(text, said)
        numbered = self._numbered(said)
        words = set(fold(f"{name} {text}").split())
        called = self._called(words)
        likely = self._of_amount(minor, currency, words)
        found = []
        for each in exact | near | numbered | called | likely:
            hints = [hint for hint, those in zip(("reference", "near", "number"), (exact, near, numbered), strict=True) if each in those]  # fmt: skip
            if each.due == minor and each.currency == currency:
                hints.append("amount")
            if _is_called(each, words):
                hints.append("name")
            if hints != ["name"]:
                why = why_of(each, minor=minor, currency=currency, is_exact=each in exact, is_near=each in near)
                found.append(Suggestion(each.order_id, sum(POINTS[hint] for hint in hints), why, tuple(hints)))
        found.sort(key=lambda one: (-one.score, one.order_id))
        # Beside one whose reference is there, the many of the same amount say nothing.
        named = bool(found) and found[0].score >= POINTS["near"] + POINTS["amount"]
        return [each for each in found if not named or each.score >= POINTS["near"]][:best]

    def _add(self, each):
        # Who owes nothing is named by a whole reference alone: ten keys each of all that was ever paid are too many.
        if each.due:
            for key in _but_for_one(each.ref):
                self._near[key].add(each)
        if each.due > 0:
            self._by_amount[each.currency, each.due].append(each)
            for word in each.names:
                self._by_name[word].add(each)
        for number in each.numbers:
            if len(number) >= FEWEST_LETTERS:
                self._by_number[number].add(each)

    def _named(self, said):
        """Those whose reference stands in the text, wherever."""
        return {self._by_ref[each] for each in _windows(said, LENGTH) if each in self._by_ref}

    def _numbered(self, said):
        """Those whose purchase order or invoice is numbered in the text, wherever."""
        windows = (each for length in self._lengths for each in _windows(said, length))
        return {one for each in windows for one in self._by_number.get(each, ())}

    def _nearly_named(self, text, said):
        """Those whose reference stands there but for one wrong letter, or two that changed places."""
        tried = {said[each.end() : each.end() + LENGTH] for each in _PREFIX.finditer(said)}
        for word in map(normal, text.split()):
            tried |= {word[-LENGTH:]} if len(word) in (LENGTH, LENGTH + 4) else set()
        found = set()
        for each in tried:
            if len(each) == LENGTH:
                found |= {one for key in _but_for_one(each) for one in self._near.get(key, ())}
                found |= {self._by_ref[one] for one in _swapped(each) if one in self._by_ref}
        return found

    def _called(self, words):
        """Those whose whole name stands there."""
        found = set()
        for word in words:
            found |= {each for each in self._by_name.get(word, ()) if _is_called(each, words)}
        return found

    def _of_amount(self, minor, currency, words):
        """Those over this amount: few, or whose name is there too."""
        those = self._by_amount.get((currency, minor), ())
        return set(those) if len(those) <= MOST_ALIKE else {each for each in those if _is_called(each, words)}


def is_sure(found):
    """Whether the first of these suggestions may be booked by itself: exact, and nothing else as good."""
    return bool(found) and found[0].why is Why.EXACT and (len(found) == 1 or found[1].score < found[0].score)


def _is_called(each, words):
    return (len(each.names) > 1 and each.names <= words) or (len(each.institution) > 1 and each.institution <= words)


def _windows(said, length):
    return (said[start : start + length] for start in range(len(said) - length + 1))


def _but_for_one(ref):
    return [f"{ref[:place]}?{ref[place + 1 :]}" for place in range(len(ref))]


def _swapped(ref):
    return [ref[:one] + ref[one + 1] + ref[one] + ref[one + 2 :] for one in range(len(ref) - 1)]
