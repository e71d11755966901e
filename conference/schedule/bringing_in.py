"""One file into one meeting's draft, for the command and the desk: read, apply, and keep it or not."""

from conference.kernel import clock, keep_nothing, take_time, transaction
from conference.schedule import importing
from conference.schedule.formats.report import Report


def bring_in(*, meeting, content, dry_run=False, by=None):
    """The Report of importing the bytes of a file; nothing is kept of a dry run. UnreadableFile when it is no programme."""
    with transaction():
        report = importing.import_content(meeting=meeting, content=content, now=clock.now(), by=by)
        if dry_run:
            keep_nothing()
    return report


def bring_in_programme(*, meeting, programme, now, by=None):
    """The Report of writing a programme that was made here, rather than read from a file, into the draft; flushed."""
    take_time()
    return importing.apply(meeting=meeting, programme=programme, report=Report(format="made"), now=now, by=by)
