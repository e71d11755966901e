"""Brings the programme of a file into the draft: adds, changes, withdraws; the same file again changes nothing."""

from dataclasses import replace

from conference import audit
from conference.kernel import db
from conference.schedule import draft
from conference.schedule.formats import read
from conference.schedule.models import (
    Affiliation,
    Author,
    Contributor,
    Presentation,
    Room,
    Session,
    SessionPerson,
    Track,
)
from conference.schedule.numbering import with_numbers


def import_content(*, meeting, content, now, by=None):
    """Bring the bytes of a file into the meeting's draft; the Report. UnreadableFile when it is no programme."""
    programme, report = read(content, zone=meeting.zone)
    return apply(meeting=meeting, programme=programme, report=report, now=now, by=by)


def apply(*, meeting, programme, report, now, by=None):
    """Write `programme` into the meeting's draft and complete the `report` with what was added, changed and withdrawn."""
    importer = _Importer(meeting, programme, report)
    importer.run()
    if importer.touched:
        counted = {"added": report.added, "changed": report.changed, "withdrawn": report.withdrawn}
        audit.record(by=by, verb="imported the programme of", subject=meeting, now=now, after=counted)
    return report


class _Importer:
    def __init__(self, meeting, programme, report):
        self.meeting, self.report = meeting, report
        self.source = f"{report.format}:{programme.acronym}"[:120]
        self.sessions = {row.guid: row for row in draft.sessions(meeting)}
        self.talks = {talk.guid: talk for row in self.sessions.values() for talk in row.presentations}
        self.people = {row.guid: row for row in draft.contributors(meeting)}
        self.rooms = {row.name: row for row in draft.rooms(meeting)}
        self.tracks = {row.name: row for row in draft.tracks(meeting)}
        self.programme = with_numbers(
            programme,
            items=[*self.sessions.values(), *self.talks.values()],
            people=self.people.values(),
        )
        self.listed = {talk.guid for session in programme.sessions for talk in session.presentations}
        self.people_changed = 0
        self.touched = False

    def run(self):
        self._places()
        for person in self.programme.people:
            self._person(person)
        for session in self.programme.sessions:
            self._session(session)
        self._withdraw_missing()
        self._count()
        db.session.flush()

    def _places(self):
        names = [room.name for room in self.programme.rooms]
        for position, name in enumerate(dict.fromkeys([*names, *_named(self.programme, "room")])):
            self._place(self.rooms, Room, name, position)
        colours = {track.name: track.colour for track in self.programme.tracks}
        for position, name in enumerate(dict.fromkeys([*colours, *_named(self.programme, "track")])):
            self._place(self.tracks, Track, name, position, colour=colours.get(name, ""))

    def _place(self, known, table, name, position, **values):
        row = known.get(name)
        if row is None:
            row = known[name] = table(meeting_id=self.meeting.id, name=name)
            db.session.add(row)
        _set(row, position=position, **values)

    def _person(self, person):
        row = self.people.get(person.guid)
        values = {"name": person.name, "given": person.given, "middle": person.middle, "family": person.family}
        if row is None:
            row = Contributor(meeting_id=self.meeting.id, guid=person.guid, number=person.number, **values)
            self.people[person.guid] = row
            db.session.add(row)
        elif _set(row, **values):
            self.people_changed += 1
            self.touched = True

    def _session(self, item):
        row = self.sessions.get(item.guid)
        before = draft.session_item(row) if row else None
        if row is None:
            row = Session(meeting_id=self.meeting.id, guid=item.guid, number=item.number, source=self.source)
            row.people, row.presentations = [], []
            self.sessions[item.guid] = row
            db.session.add(row)
        if before is None or _alone(before) != _alone(item):
            self._write_session(row, item)
        self._tell(before and _alone(before), _alone(item))
        for position, talk in enumerate(item.presentations):
            self._presentation(row, talk, position)
        self._withdraw_talks(row, item)

    def _write_session(self, row, item):
        _set(
            row,
            room=self.rooms.get(item.room),
            track=self.tracks.get(item.track),
            **{name: getattr(item, name) for name in ("title", "subtitle", "kind", "language", "day")},
            **{name: getattr(item, name) for name in ("abstract", "description", "origin_url", "withdrawn")},
            starts_at=item.starts,
            ends_at=item.ends,
            links=_links(item),
        )
        _replace(
            row.people,
            [
                SessionPerson(contributor=self.people[part.person], role=part.role, position=position)
                for position, part in enumerate(item.people)
            ],
        )

    def _presentation(self, session, item, position):
        row = self.talks.get(item.guid)
        before = draft.presentation_item(row) if row else None
        moved = row is not None and row.session is not session
        if row is None:
            row = Presentation(meeting_id=self.meeting.id, guid=item.guid, number=item.number, authors=[])
            self.talks[item.guid] = row
            db.session.add(row)
        if row.session is not session or row.position != position:
            row.session, row.position = session, position
        if before != item:
            self._write_presentation(row, item)
        self._tell(None if before is None else (before, moved), (item, False))

    def _write_presentation(self, row, item):
        _set(
            row,
            track=self.tracks.get(item.track),
            **{
                name: getattr(item, name)
                for name in ("title", "kind", "minutes", "award", "board", "abstract", "withdrawn")
            },
            starts_at=item.starts,
            keywords=list(item.keywords),
            links=_links(item),
        )
        _replace(row.authors, [self._author(author, position) for position, author in enumerate(item.authors)])

    def _author(self, author, position):
        places = [
            Affiliation(
                position=index,
                institution=place.institution,
                department=place.department,
                city=place.city,
                state=place.state,
                country=place.country,
            )
            for index, place in enumerate(author.affiliations)
        ]
        person = self.people[author.person]
        return Author(contributor=person, position=position, presenting=author.presenting, affiliations=places)

    def _withdraw_talks(self, row, item):
        """A talk that its session no longer lists is kept, marked as withdrawn: stars and calendars still know it."""
        missing = [talk for talk in row.presentations if talk.guid not in self.listed]
        for position, talk in enumerate(missing, start=len(item.presentations)):
            _set(talk, position=position)
            self._withdraw(talk)

    def _withdraw_missing(self):
        """Sessions of the same source that the file no longer holds; nested JSON is always the whole programme."""
        listed = {session.guid for session in self.programme.sessions}
        for guid, row in self.sessions.items():
            if guid not in listed and (row.source == self.source or self.report.format == "nested"):
                self._withdraw(row)

    def _withdraw(self, row):
        if not row.withdrawn:
            row.withdrawn = True
            self.report.withdrawn += 1
            self.touched = True

    def _tell(self, before, after):
        if before is None:
            self.report.added += 1
        elif before != after:
            self.report.changed += 1
        else:
            self.report.unchanged += 1
        self.touched = self.touched or before != after

    def _count(self):
        talks = [talk for session in self.programme.sessions for talk in session.presentations]
        self.report.counts = {
            "sessions": len(self.programme.sessions),
            "presentations": len(talks),
            "people": len(self.programme.people),
            "people_changed": self.people_changed,
            "affiliations": sum(len(author.affiliations) for talk in talks for author in talk.authors),
            "rooms": len(self.programme.rooms),
            "tracks": len(self.programme.tracks),
        }


def _alone(session):
    """A session without its talks, which are compared one by one; their order counts."""
    return replace(session, presentations=()), tuple(talk.guid for talk in session.presentations if not talk.withdrawn)


def _named(programme, part):
    items = [*programme.sessions]
    if part == "track":
        items += [talk for session in programme.sessions for talk in session.presentations]
    return filter(None, (getattr(item, part) for item in items))


def _links(item):
    return [{"url": link.url, "title": link.title, "kind": link.kind} for link in item.links]


def _set(row, **values):
    """Write what differs; whether anything did."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def _replace(collection, rows):
    """New rows for old ones: the old leave first, for their places are unique."""
    if collection:
        collection.clear()
        db.session.flush()
    collection.extend(rows)
