"""Registrations from a file at the desk: first what it would do, then, when somebody says yes, doing it; and undoing it.

A long file is tried and imported by the worker, while a page tells how far it is.
"""

from dataclasses import asdict

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit, checkout, jobs, payments, people
from conference.kernel import Refusal, claimed, clean_line, db
from conference.staff.models import Upload

LARGEST = 12 * 2**20
MOST_ROWS = 20_000
MOST_TRIES = 3  # of what breaks for a reason that nobody foresaw
AT_ONCE = 300  # rows that are done while somebody waits for the page
_STANDS = (Upload.imported_at.is_not(None), Upload.undone_at.is_(None))  # it was imported, and was not undone


def rows_of(content):
    """The text of a file's bytes and its rows; Refusal when it is not ours to read."""
    if len(content) > LARGEST:
        raise Refusal(_("The file is larger than 12 MiB. Split it, or use the command line."), field="file")
    text = text_of(content)
    rows = checkout.read_rows(text)
    if len(rows) > MOST_ROWS:
        raise Refusal(
            _("The file has more than %(most)s rows. Split it, or use the command line.", most=MOST_ROWS), field="file"
        )
    return text, rows


def text_of(content):
    """The text of a file's bytes; Refusal when it is not ours to read."""
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        raise Refusal(_("The file is not UTF-8. Save it as “CSV UTF-8” and try again."), field="file") from None


def keep(*, meeting, name, text, report, by, now):
    """Remember a checked file until somebody decides; without a `report`, have the worker check it."""
    upload = Upload(meeting_id=meeting.id, person_id=by.id, name=clean_line(name)[:300], text=text, made_at=now)
    upload.report = facts_of(report) if report else {}
    upload.doing = "" if report else "check"
    db.session.add(upload)
    db.session.flush()
    if not report:
        jobs.soon("uploads")
    return upload


def facts_of(report):
    """A Report as it is kept: counts, faults and warnings."""
    return {name: value for name, value in asdict(report).items() if name != "done"}


def upload_of(meeting, ref):
    """A checked file of this meeting, or None."""
    return db.session.scalar(select(Upload).where(Upload.meeting_id == meeting.id, Upload.ref == ref))


def uploads_of(meeting):
    """The files that were imported, and those that wait, the latest first."""
    statement = select(Upload).where(Upload.meeting_id == meeting.id).order_by(Upload.id.desc()).limit(30)
    return list(db.session.scalars(statement))


def is_long(rows):
    """Whether the worker does it."""
    return len(rows) > AT_ONCE


def ask_for_import(upload):
    """Have the worker register everybody in a checked file; Refusal when it was done or asked for before."""
    mine = update(Upload).where(Upload.id == upload.id, Upload.imported_at.is_(None), Upload.doing == "")
    if not claimed(mine.values(doing="import", failure="", tries=0)):
        raise Refusal(_("This file was imported already."))
    jobs.soon("uploads")


def bring_in(upload, *, meeting, by, now):
    """Register everybody in a checked file, once; Refusal when a row cannot be any more, and then nothing is kept."""
    mine = update(Upload).where(Upload.id == upload.id, Upload.imported_at.is_(None))
    if not claimed(mine.values(imported_at=now, doing="")):
        raise Refusal(_("This file was imported already."))
    report = checkout.import_rows(checkout.read_rows(upload.text), meeting=meeting, now=now, by=by)
    if report.faults:
        first = report.faults[0]
        raise Refusal(_("Line %(line)s: %(reason)s. Nothing was imported: check the file again.", **first))
    rows = [list(vars(each).values()) for each in report.done]
    db.session.execute(update(Upload).where(Upload.id == upload.id).values(done=rows))
    facts = {"file": upload.name, "registrations": report.added, "new people": report.new_people}
    audit.record(by=by, verb="imported registrations", subject=meeting, now=now, after=facts)
    return report


def kept_back(upload):
    """([{line, reason}] of the rows that undoing would leave as they are, how many rows there are, minor units to be sent back)."""
    done = _done(upload)
    kept = checkout.kept_back(done, at=upload.imported_at)
    gone = [each.order_id for each in done if each.entry_id not in kept]
    return _told(done, kept), len(done), payments.wholesale.by_hand(gone)


def ask_for_undoing(upload, *, by):
    """Have the worker take an import back; Refusal when that was done or asked for before."""
    mine = update(Upload).where(Upload.id == upload.id, *_STANDS, Upload.doing == "")
    if not claimed(mine.values(doing="undo", failure="", tries=0, report={**upload.report, "undoing": by.id})):
        raise Refusal(_("This import was undone already."))
    jobs.soon("uploads")


def undo(upload, *, meeting, by, now):
    """Take an import back, but for the rows that were touched since; how many registrations were."""
    mine = update(Upload).where(Upload.id == upload.id, *_STANDS)
    if not upload.done or not claimed(mine.values(undone_at=now, doing="")):
        raise Refusal(_("This import was undone already."))
    done, before, upload_id = _done(upload), dict(upload.report), upload.id
    reason = _("The import of %(file)s was undone", file=upload.name)
    undone = checkout.undo_import(done, at=upload.imported_at, reason=reason, by=by, now=now)
    told = _told(done, undone.kept)
    facts = {"file": upload.name, "taken back": undone.entries, "left": len(told)}
    what = {"entries": undone.entries, "refunded": undone.refunded, "lapsed": undone.lapsed, "by": by.full_name}
    values = {"kept": told, "report": {**before, "undone": what}}
    db.session.execute(update(Upload).where(Upload.id == upload_id).values(**values))
    audit.record(by=by, verb="undid an import", subject=meeting, now=now, after=facts)
    return undone.entries


def asked():
    """Keys of the files that wait for the worker, the one that has waited longest first."""
    return list(db.session.scalars(select(Upload.id).where(Upload.doing != "").order_by(Upload.id)))


def waiting(upload_id):
    """The file of a key, if it still waits for the worker: another may have been faster; else None."""
    statement = select(Upload).where(Upload.id == upload_id, Upload.doing != "")
    return db.session.scalar(statement.execution_options(populate_existing=True))


def finish_check(upload, report):
    """Keep what trying it told."""
    mine = update(Upload).where(Upload.id == upload.id, Upload.doing == "check")
    claimed(mine.values(doing="", report=facts_of(report)))


def fail(upload, reason):
    """Nothing came of what the worker was asked: somebody has to look at why."""
    mine = update(Upload).where(Upload.id == upload.id, Upload.doing != "")
    db.session.execute(mine.values(doing="", failure=reason))


def put_back(upload):
    """It broke for a reason that nobody foresaw: it is tried again, and after some tries somebody has to look at why."""
    mine = update(Upload).where(Upload.id == upload.id, Upload.doing != "")
    tries = db.session.scalar(mine.values(tries=Upload.tries + 1).returning(Upload.tries))
    if tries is not None and tries >= MOST_TRIES:
        fail(upload, _("Something went wrong. The log of the worker knows more."))


def asked_by(upload):
    """Who brought the file, or who asked for it to be taken back."""
    return people.by_id(upload.report["undoing"] if upload.doing == "undo" else upload.person_id)


def _done(upload):
    return [checkout.Done(*each) for each in upload.done or ()]


def _told(done, kept):
    left = sorted((each.line, kept[each.entry_id]) for each in done if each.entry_id in kept)
    return [{"line": line, "reason": reason} for line, reason in left]
