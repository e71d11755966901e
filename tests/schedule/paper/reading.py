"""A scientific programme in many scripts, printed, and read back from its PDF."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pymupdf

from conference import schedule
from conference.kernel import transaction
from conference.schedule.formats import programme as values
from tests.schedule.conftest import URL

STARTS = datetime(2027, 5, 11, 14, 0, tzinfo=UTC)
# Family name, given name, as printed.
PEOPLE = (
    ("Lovelace", "Ada", "Ada Lovelace"),
    ("王", "小明", "王小明"),
    ("الأنصاري", "محمد", "محمد الأنصاري"),
    ("Östling", "Åse", "Åse Östling"),
    ("Zuse", "Émile", "Émile Zuse"),
)
INSTITUTE = values.AffiliationItem("Example Institute", "Biology", "Berlin", country="DE")
CLINIC = values.AffiliationItem("北京大学", country="CN")


def guid(*parts):
    return values.stable_guid("paper", *parts)


def a_programme(abstracts=9, rules=()):
    """Two days: a session of talks on each, a poster session that presents the first abstract again, a break."""
    people = tuple(
        values.PersonItem(guid("person", place), name, given=given, family=family, disclosure="" if place else "Grants of Example Inc.")
        for place, (family, given, name) in enumerate(PEOPLE)
    )  # fmt: skip
    submitted = tuple(_abstract(number) for number in range(abstracts))
    half = abstracts // 2
    sessions = (
        _session("Opening talks", 0, 0, submitted[:half], "Oral"),
        values.SessionItem(guid("break"), "Coffee", STARTS + timedelta(hours=2), STARTS + timedelta(hours=3), STARTS.date()),
        _session("Second day", 1, 0, submitted[half:], "Oral"),
        _session("Posters of the second day", 1, 4, submitted[:1], "Poster"),
    )  # fmt: skip
    return values.Programme(
        "Example 2027", "EX27", "America/Chicago", embargoes=tuple(rules), people=people, abstracts=submitted, sessions=sessions
    )  # fmt: skip


def _abstract(number):
    authors = (
        values.Authorship(guid("person", number % 5), (INSTITUTE,), presenting=True),
        values.Authorship(guid("person", (number + 1) % 5), (CLINIC, INSTITUTE), corresponding=True),
    )
    text = f"<p>Word{number} of the aims. " + "Long enough to fill a page by and by. " * 40 + "</p>"
    sections = (values.Section("Aims", text), values.Section("", "<p>سطر من النص العربي</p>"))
    return values.AbstractItem(
        guid("abstract", number), f"Title {number} of capsids", number=500 + number, sections=sections, topics=("Vectors",), authors=authors
    )  # fmt: skip


def _session(title, day, hours, submitted, kind):
    starts = STARTS + timedelta(days=day, hours=hours)
    talks = tuple(
        values.presenting(
            values.PresentationItem(guid(title, place), "", kind=kind, minutes=10, board=f"B{place + 1}" if kind == "Poster" else ""), each
        )
        for place, each in enumerate(submitted)
    )  # fmt: skip
    return values.SessionItem(
        guid(title),
        title,
        starts,
        starts + timedelta(minutes=90),
        starts.date(),
        kind=kind,
        room="Aula" if kind == "Oral" else "Hall",
        people=(values.SessionPerson(guid("person", 4), "chair"),),
        presentations=talks,
    )


def released(meeting, now, programme=None):
    """The programme is the meeting's current release."""
    with transaction():
        schedule.bring_in_programme(meeting=meeting, programme=programme or a_programme(), now=now)
        schedule.release(meeting=meeting, url=URL, now=now)
    return meeting


def printed(app, path, *arguments):
    """What `flask schedule book` says, with the file at `path`."""
    done = app.test_cli_runner().invoke(
        args=["schedule", "book", "--meeting", "EX27", "--out", str(path), "--json", *map(str, arguments)]
    )
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout.splitlines()[-1])


def pages(path):
    """[(label, text)] of the pages of a file."""
    with pymupdf.open(path) as document:
        return [(page.get_label(), page.get_text()) for page in document]


def bookmarks(path):
    """[(level, title, label of the page it leads to)] of a file."""
    with pymupdf.open(path) as document:
        return [(level, title, document[page - 1].get_label()) for level, title, page in document.get_toc()]


def without(programme, title):
    """The programme without a session."""
    return replace(programme, sessions=tuple(each for each in programme.sessions if each.title != title))
