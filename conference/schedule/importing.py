"""Brings the programme of a file into the draft: adds, changes, withdraws; the same file again changes nothing."""

from dataclasses import replace

from conference import audit
from conference.kernel import db, take_time
from conference.schedule import draft
from conference.schedule.claiming import IMPORTED, hold
from conference.schedule.formats import read
from conference.schedule.formats.embargo import NONE
from conference.schedule.formats.programme import PresentationItem
from conference.schedule.importing_parts import (
    WORDS,
    Abstracts,
    alone,
    author_rows,
    counts_of,
    link_rows,
    named,
    nest,
    put,
    refuse_what_tells_too_much,
    replace_all,
)
from conference.schedule.laying_over import laid_over
from conference.schedule.missing import Missing
from conference.schedule.models import (
    Contributor,
    EmbargoRule,
    Kind,
    Presentation,
    Room,
    Session,
    SessionPerson,
    Track,
)
from conference.schedule.numbering import with_numbers
from conference.schedule.timetable.rules import told_apart


def import_content(*, meeting, content, now, by=None):
    """Bring the bytes of a file into the meeting's draft; the Report. UnreadableFile when it is no programme."""
    take_time()
    programme, report = read(content, zone=meeting.zone, known=lambda: _as_it_stands(meeting))
    return apply(meeting=meeting, programme=programme, report=report, now=now, by=by)


def apply(*, meeting, programme, report, now, by=None):
    """Write `programme` into the meeting's draft and complete the `report` with what was added, changed and withdrawn."""
    known = _as_it_stands(meeting) if report.lacks else None
    importer = _Importer(meeting, laid_over(programme, known, report), report)
    refuse_what_tells_too_much(importer.programme, importer.talks, now)
    importer.run()
    if importer.touched:
        counted = {"added": report.added, "changed": report.changed, "withdrawn": report.withdrawn}
        audit.record(by=by, verb=IMPORTED, subject=meeting, now=now, after=counted)
    return report


def _as_it_stands(meeting):
    """The draft that a file is laid on; nobody else changes its items until the import is done."""
    hold(meeting)
    return draft.whole(meeting)


_NOTHING_OF_ITS_OWN = PresentationItem(guid="", title="")


class _Importer:
    def __init__(self, meeting, programme, report):
        self.meeting, self.report = meeting, report
        hold(meeting)
        self.source = f"{report.source or report.format}:{programme.acronym}"[:120]
        self.sessions = {row.guid: row for row in draft.sessions(meeting)}
        self.talks = {talk.guid: talk for row in self.sessions.values() for talk in row.presentations}
        self.talks |= {talk.guid: talk for talk in draft.unplaced(meeting)}
        self.people = {row.guid: row for row in draft.contributors(meeting)}
        self.rooms = {row.name: row for row in draft.rooms(meeting)}
        self.kinds = {row.name: row for row in draft.kinds(meeting)}
        self.embargoes = {(row.part, row.kind): row for row in draft.embargo_rules(meeting)}
        self.tracks = {row.name: row for row in draft.tracks(meeting)}
        self.guids = {row.id: row.guid for row in self.sessions.values()}
        self.abstracts = Abstracts(meeting, self.people, self._tell)
        self.programme = with_numbers(
            programme,
            items=[*self.sessions.values(), *self.talks.values()],
            people=self.people.values(),
            abstracts=self.abstracts.rows.values(),
        )
        self.missing = Missing(programme, report, self.source)
        self.people_changed = 0
        self.touched = False

    def run(self):
        self._places()
        for person in self.programme.people:
            self._person(person)
        for abstract in self.programme.abstracts:
            self.abstracts.write(abstract)
        self.abstracts.fold()
        for session in self.programme.sessions:
            self._session(session)
        nest(self.programme, self.sessions, self.guids)
        self.missing.sessions(self.sessions)
        self.touched = self.touched or self.report.withdrawn > 0
        self.report.counts = counts_of(self.programme, self.people_changed)
        db.session.flush()

    def _places(self):
        names = [*(room.name for room in self.programme.rooms), *named(self.programme, "room")]
        for position, name in enumerate(dict.fromkeys(names)):
            self._place(self.rooms, Room, name, position)
        for told in told_apart(self.rooms):
            self.report.notice(told, "these rooms look the same and are different ones")
        colours = {track.name: track.colour for track in self.programme.tracks}
        for position, name in enumerate(dict.fromkeys([*colours, *named(self.programme, "track")])):
            self._place(self.tracks, Track, name, position, colour=colours.get(name, ""))
        for position, kind in enumerate(self.programme.kinds):
            self._place(self.kinds, Kind, kind.name, position, minutes=kind.minutes)
        for rule in self.programme.embargoes:
            self._embargo(rule)

    def _embargo(self, rule):
        row = self.embargoes.get((rule.group, rule.kind))
        if row is None:
            row = EmbargoRule(meeting_id=self.meeting.id, part=rule.group, kind=rule.kind)
            self.embargoes[rule.group, rule.kind] = row
            db.session.add(row)
        put(row, anchor=rule.anchor, at=rule.at, clock=rule.clock)

    def _place(self, known, table, name, position, **values):
        row = known.get(name)
        if row is None:
            row = known[name] = table(meeting_id=self.meeting.id, name=name)
            db.session.add(row)
        put(row, position=position, **values)

    def _person(self, person):
        row = self.people.get(person.guid)
        values = {"name": person.name, "given": person.given, "middle": person.middle, "family": person.family}
        values["disclosure"] = person.disclosure
        if row is None:
            row = Contributor(meeting_id=self.meeting.id, guid=person.guid, number=person.number, **values)
            self.people[person.guid] = row
            db.session.add(row)
        elif put(row, **values):
            self.people_changed += 1
            self.touched = True

    def _session(self, item):
        row = self.sessions.get(item.guid)
        before = draft.session_item(row, self.guids) if row else None
        if row is None:
            row = Session(meeting_id=self.meeting.id, guid=item.guid, number=item.number, source=self.source)
            row.people, row.presentations = [], []
            self.sessions[item.guid] = row
            db.session.add(row)
        is_written = before is None or alone(before) != alone(item)
        if is_written:
            self._write_session(row, item)
        self._tell(before and alone(before), alone(item))
        changed = [self._presentation(row, talk, position) for position, talk in enumerate(item.presentations)]
        if any(changed) and not is_written:
            row.version += 1
        self.missing.talks(row, item)

    def _write_session(self, row, item):
        put(
            row,
            room=self.rooms.get(item.room),
            track=self.tracks.get(item.track),
            **{name: getattr(item, name) for name in WORDS},
            starts_at=item.starts,
            ends_at=item.ends,
            links=link_rows(item),
            version=(row.version or 0) + 1,
        )
        replace_all(
            row.people,
            [
                SessionPerson(contributor=self.people[part.person], role=part.role, position=position)
                for position, part in enumerate(item.people)
            ],
        )

    def _presentation(self, session, item, position):
        row = self.talks.get(item.guid)
        before = draft.presentation_item(row) if row else None
        item = replace(item, embargo=NONE, closed=frozenset())
        moved = row is not None and row.session is not session
        if row is None:
            row = Presentation(meeting_id=self.meeting.id, guid=item.guid, number=item.number, authors=[])
            self.talks[item.guid] = row
            db.session.add(row)
        if moved and row.session is not None:
            row.session.version += 1
        if row.session is not session or row.position != position:
            row.session, row.position = session, position
        if before != item:
            self._write_presentation(row, item)
        self._tell(None if before is None else (before, moved), (item, False))
        return moved or before != item

    def _write_presentation(self, row, item):
        # What it has from an abstract stands with that one alone.
        own = _NOTHING_OF_ITS_OWN if item.submission else item
        put(
            row,
            track=self.tracks.get(item.track),
            submission=self.abstracts.rows.get(item.submission),
            **{name: getattr(item, name) for name in ("kind", "minutes", "board", "hall", "withdrawn")},
            **{name: getattr(own, name) for name in ("title", "award", "abstract", "late_breaking")},
            starts_at=item.starts,
            keywords=list(own.keywords),
            links=link_rows(own),
        )
        replace_all(row.authors, [] if item.submission else author_rows(item.authors, self.people))

    def _tell(self, before, after):
        if before is None:
            self.report.added += 1
        elif before != after:
            self.report.changed += 1
        else:
            self.report.unchanged += 1
        self.touched = self.touched or before != after
