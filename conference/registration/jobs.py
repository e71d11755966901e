"""The registration's sweeps: answers whose time is over are taken away, waiting lists and invitations go on, exhibitors are reminded."""

from conference import jobs
from conference.kernel import clock, end_read, transaction
from conference.registration import exhibitors
from conference.registration.form.retention import due_fields, purge
from conference.registration.invitations.sweeping import look_at_invitations
from conference.registration.visa.purging import due, purge_document, purge_request
from conference.registration.waiting.sweeping import look_at_waiting_lists

jobs.job("waiting")(look_at_waiting_lists)
jobs.job("invitations")(look_at_invitations)


@jobs.job("answers.purge")
def purge_answers():
    """Purge the answers of every field whose clock has run out; how many."""
    now = clock.now()
    due = [field for field, _meeting in due_fields(now)]
    end_read()
    # The database's one writer is not disturbed each minute for nothing.
    if not due:
        return 0
    with transaction():
        return sum(purge(field, now=now) for field in due)


@jobs.job("visa.purge")
def purge_visa_letters():
    """Delete passport data and consulates' letters whose time is over; how many."""
    now = clock.now()
    requests, documents = due(now)
    end_read()
    if not requests and not documents:
        return 0
    with transaction():
        done = [purge_request(key, now=now) for key in requests] + [purge_document(key, now=now) for key in documents]
        return sum(done)


@jobs.job("exhibitors.remind")
def remind_exhibitors():
    """Write to the contacts whose names are still missing, each once for a deadline; how many."""
    now = clock.now()
    kind = exhibitors.LetterKind.REMINDER
    return jobs.each(exhibitors.due_reminders(now), lambda key: exhibitors.write(key, kind, now=now), what="exhibitors")
