"""The columns of the three tables: their names, what else people call them, what is written in them."""

import re
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from conference.kernel import fold
from conference.schedule.formats.programme import ROLES

SESSIONS, PRESENTATIONS, AUTHORS, HELP = "sessions", "presentations", "authors", "help"
ROLE_NAMES = ", ".join(ROLES)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` heads it, `also` are other heads by which it is known."""

    name: str
    help: object
    example: str = ""
    also: tuple[str, ...] = ()
    needed: bool = False


_ID = _l("A key of your own, or the one that the export has: by it the next import knows the row again.")
_YES = _l("yes or no; empty is no.")
_HTML = _l("Plain text with empty lines between paragraphs, or simple HTML.")

TABLES = {
    SESSIONS: (
        Column("id", _ID, "S1", ("session id", "session key", "key", "guid", "code")),
        Column("number", _l("Its public number; leave it empty for a new one."), "", ("session number",)),
        Column("title", _l("What it is called."), "Vectors and capsids", ("session title", "name", "session name", "titel", "titre"), True),
        Column("subtitle", _l("A second line of the title."), "", ("sub title", "untertitel")),
        Column("kind", _l("Such as Oral session, Poster session, Break."), "Oral session", ("type", "session type", "format", "art", "typ")),
        Column("room", _l("The room by its name; one that is new is made."), "Hall A", ("location", "venue", "place", "raum", "ort", "salle")),
        Column("track", _l("The strand of the programme."), "Vectors", ("strand", "stream", "topic", "category", "thema")),
        Column("day", _l("The day of the meeting, as 2028-05-09. What begins before 04:00 belongs to the evening before."), "2028-05-09", ("date", "datum", "tag", "jour")),
        Column("starts", _l("When it begins on the meeting's clock: 14:30 beside a day, or 2028-05-09 14:30."), "14:30", ("start", "begin", "begins", "from", "start time", "starts at", "beginn", "von", "debut"), True),
        Column("ends", _l("When it ends, in the same way; or give minutes."), "16:00", ("end", "until", "to", "end time", "ends at", "ende", "bis", "fin")),
        Column("minutes", _l("How long it lasts, where there is no end."), "90", ("duration", "length", "dauer")),
        Column("language", _l("Such as en."), "en", ("sprache", "langue")),
        Column("capacity", _l("How many may sign up; empty where nobody is counted."), "", ("places", "seats")),
        Column("part of", _l("Id, number or title of the session that it is a part of."), "", ("parent",)),
        Column("abstract", _HTML, "", ("summary",)),
        Column("description", _HTML, "", ("text", "beschreibung")),
        Column("address", _l("Its page elsewhere: https://…"), "", ("url", "link", "website")),
        Column("cancelled", _YES, "no", ("canceled", "withdrawn")),
    ),
    PRESENTATIONS: (
        Column("id", _ID, "P1", ("presentation id", "talk id", "key", "guid", "code")),
        Column("number", _l("Its public number; leave it empty for a new one."), "", ("presentation number",)),
        Column("session", _l("Id, number or title of its session."), "S1", ("session id", "session title", "session number", "sitzung"), True),
        Column("order", _l("Its place in the session: 1, 2, 3. Without one the order of the lines counts."), "1", ("position", "place")),
        Column("title", _l("What it is called."), "A capsid that folds", ("presentation title", "talk title", "name", "titel", "titre"), True),
        Column("kind", _l("Such as Oral, Poster, Keynote."), "Oral", ("type", "presentation type", "format", "art", "typ")),
        Column("track", _l("The strand of the programme."), "Vectors", ("strand", "stream", "category", "thema")),
        Column("minutes", _l("How long it lasts; empty for as long as its kind."), "15", ("duration", "length", "dauer")),
        Column("starts", _l("Only where its start is fixed: 14:30, or 2028-05-09 14:30."), "", ("start", "begins", "start time")),
        Column("board", _l("The number of a poster's board."), "", ("poster board", "board number")),
        Column("hall", _l("Where a poster hangs, unless in the room of its session."), "", ("poster hall",)),
        Column("submission", _l("The number of the abstract that it presents: title, text and authors are then those of the abstract."), "", ("abstract number", "abstract no", "submission number")),
        Column("abstract", _HTML, "", ("summary", "text", "description")),
        Column("keywords", _l("Separated by semicolons."), "capsids; vectors", ("topics", "tags")),
        Column("award", _l("What it has won."), "", ("prize",)),
        Column("late-breaking", _YES, "no", ("late breaking", "latebreaking")),
        Column("cancelled", _YES, "no", ("canceled", "withdrawn")),
    ),
    AUTHORS: (
        Column("presentation", _l("Id, number or title of the presentation; empty for somebody with a part in a session."), "P1", ("presentation id", "talk", "talk id", "presentation title")),
        Column("session", _l("Id, number or title of the session that somebody chairs or speaks in; empty for an author."), "", ("session id", "session title")),
        Column("person", _l("A key for the person, where two have the same name. Never an e-mail address."), "", ("person id", "author id", "id", "key", "guid")),
        Column("name", _l("The whole name as printed; or give its parts."), "Ada Example", ("author", "full name", "autor", "auteur", "speaker", "chair")),
        Column("given", _l("Given name."), "Ada", ("first name", "given name", "firstname", "vorname", "prenom")),
        Column("middle", _l("Middle name or initial."), "", ("middle name", "middle initial")),
        Column("family", _l("Family name."), "Example", ("last name", "family name", "lastname", "surname", "nachname", "nom")),
        Column("role", _l("In a session: %(roles)s.", roles=ROLE_NAMES), "", ("part", "rolle")),
        Column("presenting", _YES, "yes", ("presenter", "presenting author")),
        Column("corresponding", _YES, "no", ("corresponding author",)),
        Column("institution", _l("One affiliation a line: for a second one, write the person again on the next line."), "Example Institute", ("affiliation", "organisation", "organization", "company")),
        Column("department", _l("Part of the institution."), "Biology", ("division",)),
        Column("city", _l("City."), "Boston", ("town", "ort", "ville")),
        Column("state", _l("State or province."), "MA", ("province", "region")),
        Column("country", _l("Country."), "United States", ("land", "pays")),
        Column("ror", _l("The institution's id of ror.org."), "", ("ror id",)),
    ),
}  # fmt: skip
_NAMES_OF_TABLES = {
    SESSIONS: {"sessions", "session", "sitzungen", "events", "seances"},
    PRESENTATIONS: {"presentations", "presentation", "talks", "papers", "posters", "vortrage", "beitrage"},
    AUTHORS: {"authors", "author", "speakers", "people", "persons", "chairs", "autoren", "auteurs"},
}


def plain(head):
    """A head of a column for comparing: small letters and digits, single spaces."""
    return re.sub(r"[^a-z0-9]+", " ", fold(str(head)[:200])).strip()


def _heads(table):
    found = {}
    for column in TABLES[table]:
        for name in (column.name, *column.also):
            found.setdefault(plain(name), column.name)
    return found


_HEADS = {table: _heads(table) for table in TABLES}


def columns_of(table, header):
    """{name of a column: its index} of those heads that the table knows; the first of two that are the same."""
    found = {}
    for index, head in enumerate(header):
        if name := _HEADS[table].get(plain(head)):
            found.setdefault(name, index)
    return found


def table_of(name, header):
    """Which of the three tables a sheet is, by its name and heads, or None."""
    named = next((table for table, names in _NAMES_OF_TABLES.items() if plain(name) in names), None)
    fits = [table for table in (AUTHORS, PRESENTATIONS, SESSIONS) if _fits(table, columns_of(table, header))]
    return named if named in fits else next(iter(fits), None)


def _fits(table, columns):
    if table == AUTHORS:
        return bool(columns.keys() & {"presentation", "session"} and columns.keys() & {"name", "given", "family"}) and (
            "presentation" in columns or "role" in columns or "institution" in columns or "family" in columns
        )
    needed = {column.name for column in TABLES[table] if column.needed}
    known = {"title": {"title", "id", "number"}, "starts": {"starts", "id", "number"}, "session": {"session"}}
    return all(columns.keys() & known[name] for name in needed) and ("title" in columns or len(columns) > 1)
