"""Answers with a clock are gone when it has run out, once, and say since when."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import time_machine

from conference import audit, jobs
from conference.kernel import db
from conference.registration import form
from conference.registration.form.retention import due_fields, purged_from
from tests.registration.form.cast import SECRET, a_form, amend, fields, registered, told

# The meeting ends on 15 May 2027 in New York; thirty full days follow.
PURGED = datetime(2027, 6, 15, tzinfo=ZoneInfo("America/New_York"))


def swept(at):
    with time_machine.travel(at, tick=False):
        jobs.run("answers.purge")


def sealed():
    tables = ("registration_answer", "registration_past_answer")
    return [db.session.scalar(sa.text(f"SELECT count(sealed) FROM {table}")) for table in tables]


def test_the_clock_begins_when_the_last_day_has_ended_at_the_venue(meeting):
    a_form(meeting)

    assert purged_from(fields(meeting)["access"], meeting) == PURGED


def test_answers_stay_until_the_day_and_are_gone_with_those_before_them_after_it(meeting):
    a_form(meeting)
    ada = registered(meeting, "Ada", diet="Vegan", access=SECRET)
    amend(meeting, ada, diet="Vegan", access="Nothing any more")

    swept(PURGED - timedelta(minutes=1))
    kept = sealed()
    swept(PURGED)

    [access] = [each for each in form.told(ada, roles={"registration"}) if each.question.code == "access"]
    assert (kept, sealed()) == ([1, 1], [0, 0])
    assert (access.words, access.purged_at) == (None, PURGED)
    assert told(ada)["What do you eat?"] == "Vegan"


def test_purging_again_changes_nothing(meeting):
    a_form(meeting)
    registered(meeting, "Ada", access=SECRET)
    for days in range(3):
        swept(PURGED + timedelta(days=days))

    [entry] = [each for each in audit.story_of(fields(meeting)["access"]) if each.verb == "purged the answers of"]
    assert (entry.after, due_fields(PURGED + timedelta(days=9))) == ({"count": 1}, [])


def test_a_field_without_a_clock_is_never_purged(meeting):
    a_form(meeting, retention_days=None)
    registered(meeting, "Ada", access=SECRET)

    swept(datetime.combine(date(2040, 1, 1), datetime.min.time(), tzinfo=ZoneInfo("UTC")))

    assert sealed() == [1, 0]
