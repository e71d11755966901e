"""Warnings of a programme as the desk lists them: what is wished for in the address, and a table of all."""

from dataclasses import dataclass

from flask import request

from conference import attending, registration, schedule
from conference.kernel import clean_line, fold
from conference.schedule import warnings
from conference.staff import warning_words
from conference.web import Page, absolute_url, page_number

PER_PAGE = 50
COLUMNS = ("warning", "severity", "text", "people", "items", "when_and_where", "set_aside", "by", "address")
VIEWS = ("look", "notes", "aside")


@dataclass(frozen=True)
class Wish:
    """Which warnings are wished for."""

    view: str = "look"
    kind: str = ""
    q: str = ""

    @property
    def asked(self):
        """The wish as query parameters, without what is empty or usual."""
        return {name: value for name, value in vars(self).items() if value and (name, value) != ("view", "look")}


def wish_of_request():
    """The Wish that the address names; nonsense is as if it were not there."""
    view, kind = request.args.get("view", ""), request.args.get("kind", "")
    return Wish(
        view=view if view in VIEWS else "look",
        kind=kind if kind in set(warnings.Kind) else "",
        q=clean_line(request.args.get("q", "")[:200]),
    )


def look(meeting):
    """The Looked of a meeting's draft, with who is registered and how many may sign up for a session."""
    return schedule.warnings.look(meeting, registration.registered_people(meeting), attending.places(meeting))


def in_view(looked, view):
    """[(Warning, why it was set aside or None)] of a view."""
    if view == "aside":
        return looked.aside
    is_note = view == "notes"
    return [(each, None) for each in looked.stand if (each.severity is warnings.Severity.NOTE) == is_note]


def counts(looked):
    """{view: how many}."""
    return {view: len(in_view(looked, view)) for view in VIEWS}


def kinds(looked, view):
    """[(kind, how it is called, how many)] of a view, the gravest first."""
    held = [warning.kind for warning, _aside in in_view(looked, view)]
    return [(kind, warning_words.KINDS[kind][0], held.count(kind)) for kind in warnings.Kind if kind in held]


def listed(meeting, looked, wish):
    """The Page of rows that are wished for."""
    held = [pair for pair in in_view(looked, wish.view) if not wish.kind or pair[0].kind == wish.kind]
    wanted = fold(wish.q)
    held = [pair for pair in held if not wanted or wanted in _searched(looked, pair[0])]
    number = min(page_number(), max(1, -(-len(held) // PER_PAGE)))
    rows = [warning_words.row(meeting, looked, *pair) for pair in held[(number - 1) * PER_PAGE : number * PER_PAGE]]
    return Page(items=rows, number=number, total=len(held), per_page=PER_PAGE)


def table(meeting, looked):
    """(header, rows) of all warnings, those that were set aside with the reason."""
    pairs = [(warning, None) for warning in looked.stand] + looked.aside
    return COLUMNS, [tuple(as_told(meeting, looked, *pair).values()) for pair in pairs]


def as_told(meeting, looked, warning, aside=None):
    """{column: text} of one warning."""
    told = warning_words.row(meeting, looked, warning, shown=len(warning.items))
    words = (str(warning.kind), str(warning.severity), told.text, warning_words.names(looked, warning))
    about = ("; ".join(item.title for item in told.items), "; ".join(item.place for item in told.items))
    address = absolute_url("staff.programme_warning", code=meeting.code, key=warning.key)
    values = (*words, *about, aside.reason if aside else "", aside.by if aside else "", address)
    return dict(zip(COLUMNS, values, strict=True))


def _searched(looked, warning):
    """Names, titles and rooms of a warning, folded."""
    pairs = [looked.items[guid] for guid in warning.items]
    titles = [part.title for pair in pairs for part in pair if part]
    rooms = [session.room for session, _inside in pairs if session]
    return fold(" ".join([warning_words.names(looked, warning), *titles, *rooms]))
