"""What a file no longer holds is withdrawn; what it names and nobody could read stays as it is."""

from datetime import UTC

from conference.schedule.formats.programme import stable_guid
from conference.schedule.importing_parts import put
from conference.schedule.models import Session


class Missing:
    """Marks rows of the draft as withdrawn that are missing in a programme, and counts them in its report."""

    def __init__(self, programme, report, source):
        self.report, self.source = report, source
        self.is_told = False
        self.is_all = report.format == "nested"
        self.guids = {session.guid for session in programme.sessions}
        self.guids |= {talk.guid for session in programme.sessions for talk in session.presentations}

    def talks(self, row, item):
        """A talk that its session no longer lists is kept, marked as withdrawn: stars and calendars still know it.

        One that was made at the desk is in no file but the desk's own, and stays.
        """
        missing = [talk for talk in row.presentations if talk.guid not in self.guids]
        for position, talk in enumerate(missing, start=len(item.presentations)):
            put(talk, position=position)
            if talk.source != "desk" or self.is_all:
                self._withdraw(talk)

    def sessions(self, rows):
        """Sessions of the same source, by guid, that the file no longer holds; nested JSON is all that has a time, tables are never all."""
        if self.report.is_partial:
            return
        for guid, row in rows.items():
            if guid not in self.guids and row.day and (row.source == self.source or self.is_all):
                self._withdraw(row)

    def _withdraw(self, row):
        if row.withdrawn or self._is_unread(row):
            return
        if self.report.keeps:
            self._tell_once()
            return
        row.withdrawn = True
        if isinstance(row, Session):
            row.version += 1
        self.report.withdrawn += 1

    def _tell_once(self):
        if not self.is_told:
            self.report.skip("what the file no longer holds", self.report.keeps)
        self.is_told = True

    def _is_unread(self, row):
        """Whether the file names a row, one of its talks, or the series that it is of, in something that could not be read."""
        known_by = {row.guid, row.number}
        if isinstance(row, Session):
            known_by |= {each for talk in row.presentations for each in (talk.guid, talk.number)}
        return bool(known_by & self.report.unread) or self._is_of_a_series(row)

    def _is_of_a_series(self, row):
        if row.starts_at is None:
            return False
        starts = row.starts_at.astimezone(UTC).isoformat()
        return any(row.guid == stable_guid(guid, starts) for guid in self.report.series)
