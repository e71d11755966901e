"""Rows of the table of presentations as PresentationItems, and those of authors as what they say of presentations and sessions."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from conference.schedule.formats.programme import (
    ROLES,
    AffiliationItem,
    Authorship,
    PresentationItem,
    SessionPerson,
    presenting,
)
from conference.schedule.formats.tables.cells import moment_in_cell, words
from conference.schedule.formats.tables.session_rows import instant, text_of
from conference.schedule.formats.text import LONGEST_TITLE, line
from conference.schedule.formats.values import ror_in

_LINES = {"kind": 100, "track": 200, "board": 40, "hall": 200}
_PLACES = ("institution", "department", "city", "state", "country")


def presentation_of(row, guid, known, session, reader):
    """The PresentationItem of a Line, or None, reported; `known` is that of the draft, `session` the one that holds it."""
    abstract = _abstract(row, known, reader)
    title = row.text("title", LONGEST_TITLE) if "title" in row else known.title if known else ""
    title = abstract.title if abstract else title
    if not title:
        row.skip("title", "a presentation needs a title, or the number of its abstract: write one")
        return None
    before = known or PresentationItem(guid, title)
    talk = replace(
        before,
        minutes=row.whole("minutes", before.minutes, 24 * 60),
        starts=_starts(row, before, session, reader.zone),
        withdrawn=row.truth("cancelled", before.withdrawn),
        **{name: row.text(name, longest) for name, longest in _LINES.items() if name in row},
    )
    if abstract is None:
        return replace(_own(row, talk), title=title, submission="")
    if known and known.submission == abstract.guid and _own(row, talk) != talk:
        row.repair(None, "it presents an abstract: title, text, topics and award are changed with that one")
    return presenting(talk, abstract)


def _own(row, talk):
    """What a presentation says itself that presents no abstract."""
    values = {}
    if "keywords" in row:
        values["keywords"] = _listed(words(row.cell("keywords")))
        if values["keywords"] == _listed("; ".join(talk.keywords)):
            values["keywords"] = talk.keywords
    if "title" in row:
        values["title"] = row.text("title", LONGEST_TITLE)
    if "award" in row:
        values["award"] = row.text("award", 100)
    return replace(
        talk,
        abstract=text_of(row, "abstract", talk.abstract),
        late_breaking=row.truth("late-breaking", talk.late_breaking),
        **values,
    )


def _listed(text):
    return tuple(dict.fromkeys(filter(None, (line(part, 200) for part in re.split(r"[;\n]", text)))))


def _abstract(row, known, reader):
    """The abstract that a row names by its number; without the column that of the draft.

    No table takes a talk from its abstract, by a slip or an empty cell: with it would go the embargo that its text is under.
    """
    standing = reader.abstracts.get(known.submission) if known else None
    if "submission" not in row:
        return standing
    number = row.text("submission", 20)
    found = reader.numbered.get(number) if number else None
    if standing and found is None:
        row.repair(
            "submission",
            f"it presents abstract {standing.number}, and goes on to: take it from the abstract at the desk",
        )
        return standing
    if number and found is None:
        row.repair("submission", f"there is no abstract {number} in the draft; the row's own title and text were taken")
    return found


def _starts(row, before, session, zone):
    if "starts" not in row or not words(row.cell("starts")):
        return None if "starts" in row else before.starts
    moment = moment_in_cell(row.cell("starts"))
    if isinstance(moment, time):
        begins = session.starts.astimezone(zone)
        moment = datetime.combine(begins.date(), moment)
        if moment < begins.replace(tzinfo=None):
            moment = datetime.combine(session.ends.astimezone(zone).date(), moment.time())
    if moment is None:
        row.repair("starts", f"“{row.text('starts', 40)}” is no time: write 14:30; it was passed over")
        return before.starts
    return instant(row, "starts", moment, zone)


@dataclass
class Parts:
    """What the rows of authors say of one presentation or session: who, in which order, with which affiliations."""

    rows: list = field(default_factory=list)

    def add(self, row, person):
        """Take in a row of a person."""
        self.rows.append((row.whole("order", 0, 10_000), row, person))

    def authorships(self, before):
        """The Authorships of a presentation; a person on several lines has several affiliations."""
        known = {author.person: author for author in before}
        found = {}
        for _order, row, person in self.rows:
            old = found.get(person) or Authorship(person)
            kept = known.get(person) or old
            places = old.affiliations + _place(row, kept, len(old.affiliations))
            found[person] = Authorship(
                person,
                places,
                row.truth("presenting", kept.presenting) or old.presenting,
                row.truth("corresponding", kept.corresponding) or old.corresponding,
            )
        return tuple(_as_known(author, known.get(author.person)) for author in found.values())

    def session_people(self):
        """The people of a session, each part once."""
        return tuple(dict.fromkeys(SessionPerson(person, _role(row)) for _order, row, person in self.rows))


def _place(row, kept, index):
    """The affiliation of a row, none when it names none; a part without column is that of the draft's affiliation at this index."""
    values = {name: row.text(name) for name in _PLACES if name in row}
    if "ror" in row:
        values["ror"] = ror_in(row.text("ror", 60))
        if row.text("ror", 60) and not values["ror"]:
            row.repair("ror", "it is no id of ror.org and was left out")
    before = kept.affiliations[index] if index < len(kept.affiliations) else AffiliationItem()
    return (replace(before, **values),) if any(values.values()) else ()


def _as_known(author, known):
    """An author with the affiliations of the draft where the rows say nothing else of them."""
    if known is None or (author.affiliations and author.affiliations != _named(known)):
        return author
    return replace(author, affiliations=known.affiliations) if author.affiliations == _named(known) else author


def _named(author):
    return tuple(place for place in author.affiliations if place != AffiliationItem())


def _role(row):
    written = row.text("role", 40).casefold().replace("_", "-")
    if written and written not in ROLES:
        row.repair("role", f"“{written}” is no part known here ({', '.join(ROLES)}); speaker was taken")
    return written if written in ROLES else "speaker"
