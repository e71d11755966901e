"""Registrations from a file at the desk: first what it would do, then, when somebody says yes, doing it."""

from dataclasses import asdict

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit, checkout
from conference.kernel import Refusal, claimed, clean_line, db
from conference.staff.models import Upload

LARGEST = 4 * 2**20
# Trying a row takes as long as doing it, and meanwhile the places of the meeting wait: a file is done within seconds.
MOST_ROWS = 500


def rows_of(content):
    """The rows of a file's bytes; Refusal when it is not ours to read."""
    if len(content) > LARGEST:
        raise Refusal(_("The file is larger than 4 MiB. Split it, or use the command line."), field="file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(_("The file is not UTF-8. Save it as “CSV UTF-8” and try again."), field="file") from None
    rows = checkout.read_rows(text)
    if len(rows) > MOST_ROWS:
        raise Refusal(
            _("The file has more than %(most)s rows. Split it, or use the command line.", most=MOST_ROWS), field="file"
        )
    return text.replace("\0", ""), rows


def keep(*, meeting, name, text, report, by, now):
    """Remember a checked file until somebody decides."""
    upload = Upload(meeting_id=meeting.id, person_id=by.id, name=clean_line(name)[:300], text=text, made_at=now)
    upload.report = asdict(report)
    db.session.add(upload)
    db.session.flush()
    return upload


def upload_of(meeting, ref):
    """A checked file of this meeting, or None."""
    return db.session.scalar(select(Upload).where(Upload.meeting_id == meeting.id, Upload.ref == ref))


def bring_in(upload, *, meeting, by, now):
    """Register everybody in a checked file, once; Refusal when a row cannot be any more, and then nothing is kept."""
    mine = update(Upload).where(Upload.id == upload.id, Upload.imported_at.is_(None))
    if not claimed(mine.values(imported_at=now)):
        raise Refusal(_("This file was imported already."))
    report = checkout.import_rows(checkout.read_rows(upload.text), meeting=meeting, now=now)
    if report.faults:
        first = report.faults[0]
        raise Refusal(_("Line %(line)s: %(reason)s. Nothing was imported: check the file again.", **first))
    facts = {"file": upload.name, "registrations": report.added, "new people": report.new_people}
    audit.record(by=by, verb="imported registrations", subject=meeting, now=now, after=facts)
    return report
