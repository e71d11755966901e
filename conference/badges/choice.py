"""Which badges of a meeting are meant: the same wish filters the desk's list and fills a print run."""

from dataclasses import asdict, dataclass
from datetime import date

from conference.kernel import is_ref

EVERY, NEVER, PRINTED = "", "never", "printed"
LONGEST = 200
MOST_REFS = 20_000  # fewer than a database takes in one question


@dataclass(frozen=True)
class Choice:
    """Registrations by category code, words of the name, whether printed, and not since a day (YYYY-MM-DD at the venue).

    `refs` are the references of chosen ones, with spaces between, when they come from a list that is filtered elsewhere.
    """

    printed: str = EVERY
    category: str = ""
    since: str = ""
    q: str = ""
    registration: str = ""
    refs: str = ""

    @classmethod
    def of(cls, values):
        """The choice in `values`; what makes no sense there is left out."""
        known = {name: str(values.get(name) or "")[:LONGEST] for name in cls.__dataclass_fields__}
        known["refs"] = _refs(str(values.get("refs") or ""))
        if known["printed"] not in (EVERY, NEVER, PRINTED):
            known["printed"] = EVERY
        if _day(known["since"]) is None:
            known["since"] = ""
        return cls(**known)

    @property
    def since_day(self):
        """The day of `since`, or None."""
        return _day(self.since)

    @property
    def filters(self):
        """How many filters are set beside the tabs."""
        return sum(bool(value) for value in (self.category, self.since, self.q))

    def said(self):
        """As `given`, in few words: for the audit trail."""
        return {name: value for name, value in self.given().items() if name != "refs"}

    def given(self):
        """What is set, as plain values: for addresses and for the row of a run."""
        return {name: value for name, value in asdict(self).items() if value}


def _refs(text):
    """What was asked for by reference stays asked for so: without any that could be one, it is nobody rather than everybody."""
    asked = text.split()[:MOST_REFS]
    return " ".join(ref for ref in asked if is_ref(ref)) or "-"[: len(asked)]


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None
