"""Rows of an import that hang on others: authors with their affiliations, abstracts, links."""

from dataclasses import replace

from flask_babel import gettext as _

from conference.kernel import db
from conference.schedule import draft
from conference.schedule.finding import folded
from conference.schedule.formats import UnreadableFile
from conference.schedule.formats.embargo import GROUPS, Embargo
from conference.schedule.models import Abstract, Affiliation, Author

# What a session's row has as the file has it.
WORDS = (
    "title",
    "subtitle",
    "kind",
    "language",
    "day",
    "abstract",
    "description",
    "origin_url",
    "withdrawn",
    "capacity",
)


class Abstracts:
    """The abstracts of a meeting while a programme is imported; an abstract that the file does not hold stays as it is."""

    def __init__(self, meeting, people, tell):
        self.meeting, self.people, self.tell = meeting, people, tell
        self.rows = {row.guid: row for row in draft.abstracts(meeting)}

    def write(self, item):
        """Add or change the row of an AbstractItem."""
        row = self.rows.get(item.guid)
        before = draft.abstract_item(row) if row else None
        item = replace(item, embargo=_kept(before, item)) if before else item
        if row is None:
            row = Abstract(meeting_id=self.meeting.id, guid=item.guid, number=item.number, authors=[])
            self.rows[item.guid] = row
            db.session.add(row)
        if before != item:
            self._fill(row, item)
        self.tell(before, item)

    def fold(self):
        """Have every abstract found by what the file says of it and of its authors."""
        for row in self.rows.values():
            put(row, folded=folded(row))

    def _fill(self, row, item):
        if row.version is not None:
            row.version += 1  # whoever has it open at the desk is told
        put(
            row,
            **{name: getattr(item, name) for name in ("title", "status", "late_breaking", "award")},
            sections=[{"heading": part.heading, "text": part.text} for part in item.sections],
            topics=list(item.topics),
            links=link_rows(item),
            **{f"{group}_at": item.embargo.of(group) for group in GROUPS},
        )
        replace_all(row.authors, author_rows(item.authors, self.people))


def refuse_what_tells_too_much(programme, known, now):
    """UnreadableFile for a file that would end or lose an embargo; `known` are the draft's presentations by guid."""
    talks = [talk for session in programme.sessions for talk in session.presentations]
    if any(talk.closed and talk.guid in known for talk in talks):
        raise UnreadableFile(
            _(
                "The file leaves out what is still under embargo, so it would take that from the draft. Use the desk's whole file."
            )
        )
    if any(session.guid in known for session in programme.sessions):
        raise UnreadableFile(
            _(
                "The file has presentations of this draft as sessions: it is an export for other programs. Use the desk's whole file."
            )
        )
    for talk in (each for each in talks if not each.submission):
        if any(talk.embargo.of(group) and talk.embargo.of(group) > now for group in set(GROUPS) - talk.closed):
            raise UnreadableFile(
                _(
                    "“%(title)s” has an embargo of its own and no abstract that could keep it. Give it an abstract in the file.",
                    title=talk.title,
                )
            )


def counts_of(programme, people_changed):
    """What a programme holds, for the report."""
    talks = [talk for session in programme.sessions for talk in session.presentations]
    return {
        "sessions": len(programme.sessions),
        "presentations": len(talks),
        "people": len(programme.people),
        "people_changed": people_changed,
        "affiliations": sum(len(author.affiliations) for talk in talks for author in talk.authors),
        "rooms": len(programme.rooms),
        "tracks": len(programme.tracks),
    }


def nest(programme, rows, before):
    """Make sessions parts of others as the programme says; `rows` by guid, `before` the guids of known rows by id.

    What changes is first made whole, so that nothing is a part of a part meanwhile.
    """
    wanted = {item.guid: item.parent for item in programme.sessions}
    moved = [rows[guid] for guid, parent in wanted.items() if before.get(rows[guid].parent_id, "") != parent]
    parts = {rows[guid].id for guid, parent in wanted.items() if parent}
    moved += [row for guid, row in rows.items() if guid not in wanted and row.parent_id in parts]
    for row in moved:
        row.parent_id, row.parent_depth, row.depth = None, None, 0
    db.session.flush()
    for row in (each for each in moved if wanted.get(each.guid)):
        row.parent_id, row.parent_depth, row.depth = rows[wanted[row.guid]].id, 0, 1
    db.session.flush()


def alone(session):
    """A session without its talks, which are compared one by one; their order counts."""
    return replace(session, presentations=()), tuple(talk.guid for talk in session.presentations if not talk.withdrawn)


def named(programme, part):
    """The rooms, or the tracks, that the items of a programme name."""
    items = [*programme.sessions]
    if part == "track":
        items += [talk for session in programme.sessions for talk in session.presentations]
    return filter(None, (getattr(item, part) for item in items))


def author_rows(authorships, people):
    """Author rows of Authorships; `people` are Contributor rows by guid."""
    return [
        Author(
            contributor=people[author.person],
            position=position,
            presenting=author.presenting,
            corresponding=author.corresponding,
            affiliations=[_affiliation(place, index) for index, place in enumerate(author.affiliations)],
        )
        for position, author in enumerate(authorships)
    ]


def link_rows(item):
    """The links of an item as they are kept."""
    return [{"url": link.url, "title": link.title, "kind": link.kind} for link in item.links]


def put(row, **values):
    """Write what differs; whether anything did."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def replace_all(collection, rows):
    """New rows for old ones: the old leave first, for their places are unique."""
    if collection:
        collection.clear()
        db.session.flush()
    collection.extend(rows)


def _kept(before, item):
    """The embargo after an import: what a file says nothing of stays as the desk has it, and is ended there alone."""
    return Embargo(**{group: item.embargo.of(group) or before.embargo.of(group) for group in GROUPS})


def _affiliation(place, position):
    names = ("institution", "department", "city", "state", "country", "ror")
    return Affiliation(position=position, **{name: getattr(place, name) for name in names})
