"""The desk's own rounds: what is done to many registrations, long files."""

import logging

from conference import checkout, meetings
from conference.jobs import job, trouble
from conference.kernel import Refusal, clock, end_read, keep_nothing, transaction
from conference.staff import uploads
from conference.staff.bulk.doing import do_what_is_due

log = logging.getLogger(__name__)


@job("together")
def do_together():
    """Do what is done to many, one registration after the other; to how many."""
    return do_what_is_due(clock.now())


@job("uploads")
def work_on_uploads():
    """Try, import and undo the files that wait, one after the other; how many. One that breaks keeps no other waiting."""
    keys = uploads.asked()
    end_read()
    return sum(_tried(key) for key in keys)


def _tried(key):
    upload = uploads.waiting(key)
    if upload is None:
        return False
    try:
        _work_on(upload)
    except Refusal as refusal:
        with transaction():
            uploads.fail(upload, str(refusal))
    except Exception as error:
        log.exception("file %s: it broke; the others are worked on", key)
        with transaction():
            uploads.put_back(upload)
        trouble(f"file {key}: it broke: {error!r}")
        return False
    return True


def _work_on(upload):
    meeting = meetings.by_id(upload.meeting_id)
    if upload.doing == "check":
        _check(upload, meeting)
        return
    act = uploads.undo if upload.doing == "undo" else uploads.bring_in
    with transaction():
        act(upload, meeting=meeting, by=uploads.asked_by(upload), now=clock.now())


def _check(upload, meeting):
    with transaction():
        report = checkout.import_rows(checkout.read_rows(upload.text), meeting=meeting, now=clock.now())
        keep_nothing()
    with transaction():
        uploads.finish_check(upload, report)
