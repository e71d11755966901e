"""Tables on top of a draft: what they do not name stays, what they name is changed, nothing is withdrawn by silence."""

import io
import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from openpyxl import load_workbook

from conference import audit
from conference.kernel import db, transaction
from conference.schedule import draft, queries
from conference.schedule.formats import write_table, write_workbook
from conference.schedule.formats.programme import Programme, SessionItem
from conference.schedule.models import Abstract
from tests.schedule.conftest import bring
from tests.schedule.programmes import GUID, a_program, a_schedule_xml, read_in
from tests.signing_in import signed_in


def counts(report):
    return report.added, report.changed, report.unchanged, report.withdrawn


def sessions_of(meeting):
    return {item.title: item for item in draft.load(meeting).sessions}


def test_a_csv_of_sessions_changes_those_that_it_names_alone(meeting, now):
    bring(meeting, a_program(), now)
    before = sessions_of(meeting)

    report = bring(meeting, b"number,room,cancelled\n41,Foyer,yes\n", now)

    after = sessions_of(meeting)
    assert counts(report) == (0, 1, 1, 0)
    assert after["Talks"] == before["Talks"]
    assert after["Posters"] == replace(before["Posters"], room="Foyer", withdrawn=True)


def test_a_long_table_with_quoted_texts_is_known_by_its_first_record():
    text = "sep=;\r\n\r\ntitle;day;starts;minutes;description\r\n" + "".join(
        f'Talk {number};2027-05-11;10:00;15;"A ""text"";\nof two lines, {"x" * 300}"\r\n' for number in range(100)
    )
    programme, report = read_in(b"\xef\xbb\xbf" + text.encode())

    assert (len(programme.sessions), report.format) == (100, "tables")


def test_a_word_of_json_in_one_line_is_no_head():
    programme, report = read_in(
        json.dumps({**json.loads(a_program()), "words": ["a", "title", "session", "starts", "b"]}).encode()
    )

    assert (report.format, len(programme.sessions) > 0) == ("sigchi", True)


def test_authors_replace_those_of_what_they_name(meeting, now):
    bring(meeting, a_program(), now)
    before = sessions_of(meeting)

    bring(meeting, b"presentation,session,name,role,family\nVectors,,Ada Example,,Example\n,41,Cy Neu,chair,Neu\n", now)

    after, people = sessions_of(meeting), {person.guid: person for person in draft.load(meeting).people}
    vectors, capsids = after["Talks"].presentations
    assert [people[author.person].name for author in vectors.authors] == ["Ada Example"]
    assert vectors.authors[0].person == before["Talks"].presentations[1].authors[0].person
    assert capsids == before["Talks"].presentations[1]
    assert [(people[part.person].name, part.role) for part in after["Posters"].people] == [("Cy Neu", "chair")]
    assert after["Talks"].people == before["Talks"].people


def test_the_same_tables_twice_change_nothing_and_a_shorter_file_withdraws_nothing(meeting, now):
    text = "id,title,starts,minutes\nS1,One,2027-05-11 10:00,60\nS2,Two,2027-05-11 12:00,60\n"

    first, second = bring(meeting, text.encode(), now), bring(meeting, text.encode(), now)
    shorter = bring(meeting, text.encode().rpartition(b"S2")[0], now)

    assert [counts(each) for each in (first, second, shorter)] == [(2, 0, 0, 0), (0, 0, 2, 0), (0, 0, 1, 0)]


def test_a_talk_keeps_the_abstract_that_it_presents_and_its_embargo(meeting, now):
    until = datetime(2030, 1, 1, tzinfo=UTC)
    bring(meeting, a_program(), now)
    with transaction():
        row = Abstract(meeting_id=meeting.id, guid=GUID, number=7, title="Under embargo", text_at=until, authors=[])
        db.session.add(row)
        queries.session_numbered(meeting, 40).presentations[0].submission = row
    before = sessions_of(meeting)

    report = bring(meeting, b"session,number,title,award\n40,31,Told too early,Prize\n", now)

    assert sessions_of(meeting) == before
    assert "it presents an abstract" in report.repaired[0]["why"]
    assert draft.load(meeting).abstracts[0].embargo.text == until

    slips = [bring(meeting, b"session,number,submission\n40,31," + cell, now) for cell in (b"8\n", b"\n")]

    assert sessions_of(meeting) == before
    assert all("it presents abstract 7" in each.repaired[0]["why"] for each in slips)


def test_an_abstract_is_put_into_a_session_by_its_number(meeting, now):
    bring(meeting, a_program(), now)
    with transaction():
        db.session.add(Abstract(meeting_id=meeting.id, guid=GUID, number=7, title="Submitted", authors=[]))

    report = bring(meeting, b"id,session,title,submission\na,40,,7\nb,40,Own,8\n", now)

    titles = {talk.title: talk.submission for talk in sessions_of(meeting)["Talks"].presentations}
    assert (titles["Submitted"], titles["Own"]) == (GUID, "")
    assert "there is no abstract 8" in report.repaired[0]["why"]


def test_a_session_that_waits_gets_its_time_by_a_table_and_holds_nothing_before(meeting, now):
    bring(meeting, a_program(), now)
    with transaction():
        waiting = queries.session_numbered(meeting, 41)
        waiting.day = waiting.starts_at = waiting.ends_at = None

    refused = bring(meeting, b"session,title\n41,Late\n", now)
    report = bring(meeting, b"number,starts,ends\n41,2027-05-12 09:00,10:00\n", now)

    assert "has no time yet" in refused.skipped[0]["why"]
    assert counts(report)[1] == 1
    assert sessions_of(meeting)["Posters"].starts == datetime(2027, 5, 12, 14, 0, tzinfo=UTC)


def test_a_day_alone_moves_a_session_on_its_clock_and_one_that_does_not_fit_is_told(meeting, now):
    bring(meeting, a_program(), now)
    before = sessions_of(meeting)["Posters"]

    moved = bring(meeting, b"number,day\n41,2027-11-12\n", now)
    after = sessions_of(meeting)["Posters"]
    unread = bring(meeting, b"number,day\n41,5/6/2027\n", now)
    other = bring(meeting, b"number,day,starts\n41,2027-11-01,2027-11-12 12:00\n", now)

    assert (counts(moved)[1], moved.repaired) == (1, [])
    assert (after.day, after.starts) == (date(2027, 11, 12), before.starts + timedelta(days=185, hours=1))
    assert after.ends - after.starts == before.ends - before.starts
    assert sessions_of(meeting)["Posters"] == after
    assert ["not the day on which it begins" in each.repaired[0]["why"] for each in (unread, other)] == [True] * 2


def test_parts_of_parts_stand_alone(meeting, now):
    text = "id,title,starts,minutes,part of\nA,a,2027-05-11 10:00,60,B\nB,b,2027-05-11 10:00,60,C\nC,c,2027-05-11 10:00,60,\n"

    report = bring(meeting, text.encode(), now)

    after = sessions_of(meeting)
    assert (after["a"].parent, after["b"].parent) == ("", after["c"].guid)
    assert "itself a part of another" in report.repaired[0]["why"]


def test_two_of_one_name_are_told_apart_by_a_key_and_never_by_an_address(meeting, now):
    bring(meeting, a_schedule_xml(), now)
    text = "presentation,session,person,name,role\n,11,k1,Ada Example,chair\n,12,ada@example.org,Ben Muster,speaker\n"

    report = bring(meeting, text.encode(), now)

    names = [person.name for person in draft.load(meeting).people]
    assert sorted(names) == ["Ada Example", "Ada Example", "Ben Muster"]
    assert "no key" in report.repaired[0]["why"]


def test_no_cell_of_the_draft_is_a_formula(meeting, now):
    item = SessionItem(
        GUID, "=1+1", datetime(2027, 5, 11, tzinfo=UTC), datetime(2027, 5, 11, 1, tzinfo=UTC), datetime(2027, 5, 11).date(), room="@x",
        description="x" * 40_000,
    )  # fmt: skip
    programme = Programme(sessions=(item,))
    cells = [cell.value for row in load_workbook(io.BytesIO(write_workbook(programme)))["sessions"] for cell in row]
    text = write_table("sessions", programme).decode()

    assert "'=1+1" in cells
    assert "[longer than a cell: stays as it is]" in cells
    assert (",=1" in text, ",'=1+1," in text, ",'@x," in text) == (False, True, True)


def test_a_thousand_sessions_and_talks_come_in_within_seconds(meeting, now):
    lines = [f"S{number},Session {number},2027-05-11 10:00,60" for number in range(500)]
    talks = [f"P{number},S{number},Talk {number}" for number in range(500)]
    began = time.perf_counter()

    sessions = bring(meeting, "\n".join(["id,title,starts,minutes", *lines]).encode(), now)
    report = bring(meeting, "\n".join(["id,session,title", *talks]).encode(), now)

    assert (sessions.added, report.added) == (500, 500)
    assert time.perf_counter() - began < 10


def test_the_desk_downloads_templates_and_the_draft_and_the_trail_knows(context, meeting, now):
    bring(meeting, a_program(), now)
    cleo = signed_in(context, "cleo@example.org", roles=["programme"], given_name="Cleo")
    path = "/staff/schedule/EX27"

    empty = cleo.get(f"{path}/template.xlsx")
    heads = cleo.get(f"{path}/template/authors.csv")
    workbook = cleo.get(f"{path}/draft.xlsx")
    talks = cleo.get(f"{path}/draft/presentations.csv")

    assert [each.status_code for each in (empty, heads, workbook, talks)] == [200] * 4
    assert load_workbook(io.BytesIO(workbook.data))["sessions"]["C2"].value == "Talks"
    assert heads.text.startswith("\ufeffpresentation,session,person")
    assert "Capsids" in talks.text
    assert [entry.note for entry in audit.story_of(meeting) if "whole programme" in entry.verb] == [
        "EX27-draft-presentations.csv",
        "EX27-draft.xlsx",
    ]
    assert cleo.get(f"{path}/draft/other.csv").status_code == 404


def test_a_workbook_is_checked_shown_with_its_faults_and_imported(context, meeting, now):
    cleo = signed_in(context, "cleo@example.org", roles=["programme"], given_name="Cleo")
    text = b"title,starts,minutes\nOne,2027-05-11 10:00,60\nTwo,soon,60\n"
    path = "/staff/schedule/EX27/upload"

    sent = cleo.post(path, data={"file": (io.BytesIO(text), "plan.csv")}, content_type="multipart/form-data")
    page = cleo.get(sent.location).text
    nothing_yet = draft.load(meeting).sessions
    cleo.post(sent.location)

    assert "sheet “sessions”, line 3, column B “starts”" in page
    assert "tables of sessions, presentations and authors" in page
    assert nothing_yet == ()
    assert [session.title for session in draft.load(meeting).sessions] == ["One"]
