"""What an act on many would do, as a value with a digest, and the texts of staff with places to be filled in one pass."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# What staff may put into a letter of their own.
PLACES = (
    "name", "given_name", "family_name", "institution", "category", "days", "reference", "meeting", "dates", "place", "my_page",
)  # fmt: skip
_PLACE = re.compile(r"\{([^{}]*)\}")


class ItemState(StrEnum):
    """What became of one registration."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Step:
    """One registration to which it would be done: what is kept of it (plain values), and what is said of it in a line."""

    entry: Any
    kept: dict = field(default_factory=dict)
    says: str = ""


@dataclass(frozen=True)
class Plan:
    """What an act would do: its steps, whom it leaves out and why [(registration, why)], and sums [(label, text)]."""

    steps: tuple = ()
    left: tuple = ()
    sums: tuple = ()

    def digest(self, act, facts):
        """The same for the same act with the same facts on the same registrations in the same state."""
        steps = [[step.entry.id, step.kept] for step in self.steps]
        packed = json.dumps([act, facts, steps], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(packed.encode()).hexdigest()

    @property
    def left_by_reason(self):
        """[(why, [registration])], the most frequent reason first."""
        found: dict = {}
        for entry, why in self.left:
            found.setdefault(why, []).append(entry)
        return sorted(found.items(), key=lambda pair: -len(pair[1]))


def unknown_places(text):
    """What stands in braces and is none of PLACES, each once; a brace alone is told as it stands."""
    found = [f"{{{name}}}" for name in _PLACE.findall(text) if name not in PLACES]
    return list(dict.fromkeys([*found, *re.findall(r"[{}]", _PLACE.sub("", text))]))


def fill(text, values):
    """`text` with each place filled from `values`, in one pass: what stands in a value is never taken for a place."""
    return _PLACE.sub(lambda found: str(values.get(found[1], found[0])), text)


def letter_digest(subject, text):
    """By which the same letter is known again, whoever sends it and to whomever."""
    return hashlib.sha256(f"{subject}\n{text}".encode()).hexdigest()[:24]
