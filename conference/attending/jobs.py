"""The sweep of sign-ups: places of registrations that have ended go on, and so does what became free while nobody could move up."""

from datetime import timedelta

from sqlalchemy import select

from conference import jobs, meetings, schedule
from conference.attending.signups import actions, queries
from conference.attending.signups.models import SignUp
from conference.kernel import clock, db, end_read
from conference.meetings import Meeting


@jobs.job("session-sign-ups")
def look_at_sign_ups():
    """Do both; how many seats were given back or moved up."""
    now = clock.now()
    gone = queries.meetings_with_ended()
    free = [tuple(row) for row in db.session.execute(_with_free_places(now.date()))]
    end_read()
    done = jobs.each(gone, lambda key: actions.follow(key, now=now), what="meetings")
    return done + jobs.each(free, lambda pair: _move_up(pair, now), what="sign-ups")


@jobs.job(schedule.changes.JOB)
def write_letters_of_releases():
    """Tell whom releases concern, those included who have signed up; how many letters."""
    return schedule.changes.write_letters(queries.signed_up)


def _with_free_places(today):
    """Sign-ups in whose line somebody waits although a place is free, as after the session came back into the programme."""
    statement = select(SignUp.id, SignUp.meeting_id).join(Meeting, SignUp.meeting_id == Meeting.id)
    last_day = today - timedelta(days=2)  # days are the venue's: wherever it is, its last one is not over
    return statement.where(SignUp.waiting > 0, SignUp.taken < SignUp.places, Meeting.ends >= last_day)


def _move_up(pair, now):
    key, meeting_id = pair
    return actions.move_up(queries.lock(key), meeting=meetings.by_id(meeting_id), now=now)
