"""What happened to a file on its way in: counted, repaired, left out, noticed, each with where and why."""

from dataclasses import dataclass, field

from conference.kernel import Refusal

LONGEST_LIST = 1000
MOST_SERIES = 200
# What a flat file cannot say of a session; ours writes its own address where others write that of the origin.
FLAT = frozenset({"presentations", "parent", "capacity", "roles"})
OWN_FLAT = frozenset({"origin_url"})
CALENDAR = FLAT | {"day", "subtitle", "kind", "language", "abstract", "people", "links"}
OWN_CALENDAR = frozenset({"origin_url", "description"})


class UnreadableFile(Refusal):
    """The file is not a programme in any format known here."""


@dataclass
class Report:
    """The report of one import; `repaired`, `skipped` and `noticed` (brought in as it is, but look at it) hold {"where", "why"}.

    `source` is the family of formats that know each other's entries; `lacks` names what the file cannot say, so that a known entry keeps it.
    `is_partial` for a file that is never the whole: what it does not name is not withdrawn; `is_empty` for one that says it has no sessions.
    What the file names and nobody could read is not withdrawn either: `unread` has its guids and numbers, `series` the guids that those of
    repeated entries are made from; `keeps` says why nothing at all may be withdrawn.
    """

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    format: str = ""
    source: str = ""
    lacks: frozenset = frozenset()
    is_partial: bool = False
    is_empty: bool = False
    keeps: str = ""
    unread: set = field(default_factory=set)
    series: set = field(default_factory=set)
    counts: dict = field(default_factory=dict)
    repaired: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    noticed: list = field(default_factory=list)

    def repair(self, where, why):
        """Note something that was put right."""
        _add(self.repaired, where, why)

    def skip(self, where, why):
        """Note something that was left out."""
        _add(self.skipped, where, why)

    def notice(self, where, why):
        """Note something that is as it was written, and that somebody should look at."""
        _add(self.noticed, where, why)

    def leave(self, where, why, *ids, series=""):
        """Note an entry that could not be read; `ids` are what it may be known by. Without any of them it may be whatever is missing."""
        self.skip(where, why)
        self.unread.update(ids)
        if series and len(self.series) < MOST_SERIES:
            self.series.add(series)
        elif series or not ids:
            self.keeps = self.keeps or f"it was not withdrawn, for it may be what could not be read: {where}"

    def as_dict(self):
        """The report as plain values, in the order in which it is read."""
        return {
            "format": self.format,
            "read": self.read,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "withdrawn": self.withdrawn,
            "counts": dict(self.counts),
            "repaired": list(self.repaired),
            "skipped": list(self.skipped),
            "noticed": list(self.noticed),
        }


def _add(entries, where, why):
    # A hostile file must not turn into a report larger than itself.
    if len(entries) < LONGEST_LIST:
        entries.append({"where": where, "why": why})
    elif len(entries) == LONGEST_LIST:
        entries.append({"where": "the rest of the file", "why": "further entries are not listed"})
