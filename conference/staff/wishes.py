"""What staff would like to see of a meeting's registrations, as it stands in an address: filters, columns, order."""

from dataclasses import dataclass
from datetime import date

from conference.kernel import clean_line, is_ref
from conference.registration import Mode, State
from conference.web import Sorted

PRICES = ("member", "other")
YES_NO = ("yes", "no")
PLACES = ("offered", "held", "kept")
NO_COUNTRY = "none"  # of the filter on countries: who has named none
ANSWER = "a."  # begins the name of a filter on an answer, and the key of its column
USUAL_COLUMNS = ("name", "institution", "country", "category", "state", "total", "when")
LONGEST, MOST_COLUMNS, MOST_PICKED = 200, 60, 200

# What may stand in the address under these names; anything else there is left out.
_KNOWN = {
    "state": tuple(State),
    "mode": tuple(Mode),
    "price": PRICES,
    "balance": YES_NO,
    "here": YES_NO,
    "guest": YES_NO,
    "printed": YES_NO,
    "place": PLACES,
}
_DAYS = ("sold", "since", "until")


@dataclass(frozen=True)
class Wish(Sorted):
    """What staff would like to see, as it stands in the address; empty means any."""

    q: str = ""
    state: str = ""
    category: str = ""
    mode: str = ""
    span: str = ""
    country: str = ""
    price: str = ""
    window: str = ""
    pool: str = ""
    place: str = ""
    extra: str = ""
    redeemed: str = ""
    exhibitor: str = ""
    balance: str = ""
    here: str = ""
    printed: str = ""
    guest: str = ""
    sold: str = ""
    since: str = ""
    until: str = ""
    group: str = ""
    sort: str = "-when"
    view: str = ""
    answers: tuple = ()
    columns: tuple = USUAL_COLUMNS
    pick: tuple = ()  # references of rows that were ticked

    @property
    def asked(self):
        """The wish as query parameters, without what is empty or usual: for links that keep it."""
        plain = {name: getattr(self, name) for name in PLAIN if getattr(self, name)}
        if self.sort == Wish.sort:
            plain.pop("sort", None)
        if self.pick:
            plain["pick"] = list(self.pick)
        if self.columns != USUAL_COLUMNS:
            plain["columns"] = ",".join(self.columns)
        return plain | {ANSWER + code: value for code, value in self.answers}

    @property
    def filtering(self):
        """As `asked`, the filters alone: neither the columns nor which view it is."""
        return {name: value for name, value in self.asked.items() if name not in ("columns", "view", "sort")}

    @property
    def filters(self):
        """How many filters are set, apart from the state, which has its own tabs."""
        return len([name for name in self.filtering if name != "state"])


PLAIN = tuple(name for name in vars(Wish()) if name not in ("answers", "columns", "pick"))


def wish_of(args, *, columns, answers=()):
    """The Wish in `args` (a MultiDict); what makes no sense there is left out. `columns`, `answers`: the keys that there are."""
    asked = {name: _line(args.get(name, "")) for name in PLAIN}
    for name, known in _KNOWN.items():
        if asked[name] not in known:
            asked[name] = ""
    if asked["sort"].removeprefix("-") not in columns:
        asked["sort"] = Wish.sort
    for name in _DAYS:
        asked[name] = _day(asked[name])
    given = tuple((code, text) for code in answers if (text := _line(args.get(ANSWER + code, ""))))
    chosen = {"columns": _columns(args.getlist("columns"), columns), "pick": picked(args.getlist("pick"))}
    return Wish(**asked, answers=given, **chosen)


def picked(refs):
    """References of ticked rows, each once."""
    return tuple(dict.fromkeys(ref for ref in refs[:MOST_PICKED] if is_ref(ref)))


def _columns(typed, known):
    """The columns that were chosen, each once and in the order of the choice; the usual ones when there are none."""
    keys = [key for part in typed[:MOST_COLUMNS] for key in _line(part, 4000).split(",")]
    return tuple(dict.fromkeys(key for key in keys if key in known)) or USUAL_COLUMNS


def _line(text, longest=LONGEST):
    return clean_line(text)[:longest]


def _day(text):
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return ""
    return found.isoformat() if 2000 <= found.year <= 2199 else ""
