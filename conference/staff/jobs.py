"""The desk's own rounds: what is done to many registrations, long files."""

from conference import checkout, meetings
from conference.jobs import job
from conference.kernel import Refusal, clock, keep_nothing, transaction
from conference.staff import uploads
from conference.staff.bulk.doing import do_what_is_due


@job("together")
def do_together():
    """Do what is done to many, one registration after the other; to how many."""
    return do_what_is_due(clock.now())


@job("uploads")
def work_on_uploads():
    """Try, import and undo the files that wait, one after the other; how many."""
    done = 0
    while (upload := uploads.next_asked()) is not None:
        _work_on(upload)
        done += 1
    return done


def _work_on(upload):
    meeting = meetings.by_id(upload.meeting_id)
    try:
        if upload.doing == "check":
            _check(upload, meeting)
        else:
            act = uploads.undo if upload.doing == "undo" else uploads.bring_in
            with transaction():
                act(upload, meeting=meeting, by=uploads.asked_by(upload), now=clock.now())
    except Refusal as refusal:
        with transaction():
            uploads.fail(upload, str(refusal))


def _check(upload, meeting):
    with transaction():
        report = checkout.import_rows(checkout.read_rows(upload.text), meeting=meeting, now=clock.now())
        keep_nothing()
    with transaction():
        uploads.finish_check(upload, report)
