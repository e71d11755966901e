"""Which badges of a meeting are meant: the same wish filters the desk's list and fills a print run."""

from dataclasses import asdict, dataclass
from datetime import date

EVERY, NEVER, PRINTED = "", "never", "printed"
LONGEST = 200


@dataclass(frozen=True)
class Choice:
    """Registrations by category code, words of the name, whether printed, and not since a day (YYYY-MM-DD at the venue)."""

    printed: str = EVERY
    category: str = ""
    since: str = ""
    q: str = ""
    registration: str = ""

    @classmethod
    def of(cls, values):
        """The choice in `values`; what makes no sense there is left out."""
        known = {name: str(values.get(name) or "")[:LONGEST] for name in cls.__dataclass_fields__}
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

    def given(self):
        """What is set, as plain values: for addresses and for the row of a run."""
        return {name: value for name, value in asdict(self).items() if value}


def _day(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None
