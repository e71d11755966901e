"""Tables of sessions, presentations and authors: workbooks, CSV, archives of CSV."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from conference.schedule import draft
from conference.schedule.formats import UnreadableFile, write_nested, write_table, write_workbook
from conference.schedule.formats.programme import AffiliationItem
from conference.schedule.formats.tables import TABLES
from conference.schedule.formats.text import rich
from conference.schedule.rules import day_of
from tests.conftest import empty_tables
from tests.schedule.any_programme import programmes
from tests.schedule.conftest import a_meeting, bring
from tests.schedule.programmes import BERLIN, CHICAGO, a_program, read_in

SESSIONS = "id,title,room,day,starts,ends\nS1,Vectors,Aula,2027-05-11,10:00,11:30\nS2,Dinner,,2027-05-11,19:00,01:00\n"
TALKS = "id;session;title;minutes\nP1;S1;Capsids;15\nP2;S1;Promoters;20\n"
AUTHORS = "presentation\tsession\tname\trole\tpresenting\tinstitution\nP1\t\tAda Example\t\tyes\tExample Institute\nP1\t\tAda Example\t\t\tMuster Clinic\nP1\t\tBen Muster\t\t\t\n\tS1\tAda Example\tchair\t\t\n"  # fmt: skip


def an_archive(**tables):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tables.items():
            archive.writestr(f"{name}.csv", content)
    return out.getvalue()


def in_csv(programme):
    return an_archive(**{name: write_table(name, programme) for name in TABLES})


def whys(report):
    return [(entry["where"], entry["why"]) for entry in [*report.skipped, *report.repaired]]


def one(text, zone=BERLIN):
    """(the session that a CSV of one holds, the report)."""
    programme, report = read_in(text.encode(), zone)
    (session,) = programme.sessions
    return session, report


def test_three_tables_become_a_programme():
    programme, report = read_in(an_archive(sessions=SESSIONS, presentations=TALKS, authors=AUTHORS))
    vectors, dinner = programme.sessions
    people = {person.guid: person.name for person in programme.people}

    assert (vectors.title, vectors.room, vectors.starts) == ("Vectors", "Aula", datetime(2027, 5, 11, 8, 0, tzinfo=UTC))
    assert (dinner.ends - dinner.starts, dinner.day) == (timedelta(hours=6), date(2027, 5, 11))
    assert [(talk.title, talk.minutes) for talk in vectors.presentations] == [("Capsids", 15), ("Promoters", 20)]
    assert [(people[part.person], part.role) for part in vectors.people] == [("Ada Example", "chair")]
    assert [
        (people[author.person], author.presenting, [place.institution for place in author.affiliations])
        for author in vectors.presentations[0].authors
    ] == [("Ada Example", True, ["Example Institute", "Muster Clinic"]), ("Ben Muster", False, [])]
    assert (report.format, report.read, whys(report)) == ("tables", 4, [])


def test_a_workbook_and_csv_say_the_same():
    programme = read_in(a_program())[0]

    from_workbook, from_csv = (read_in(content)[0] for content in (write_workbook(programme), in_csv(programme)))

    assert from_workbook == from_csv
    assert [each.title for each in from_csv.sessions] == [each.title for each in programme.sessions]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_single_csv_is_known_by_its_heads(delimiter, encoding):
    text = "Titel|DATUM|Début|Salle\nGrüße|11.05.2027|10:00|Aula\n".replace("|", delimiter)

    (session,) = read_in(text.encode(encoding))[0].sessions

    assert (session.title, session.room, session.starts.hour) == ("Grüße", "Aula", 8)


@pytest.mark.parametrize(
    ("day", "starts", "instant"),
    [
        ("2027-05-11", "14:30", "2027-05-11T14:30+02:00"),
        ("", "2027-05-11 14:30", "2027-05-11T14:30+02:00"),
        ("", "2027-05-11T14:30:00-04:00", "2027-05-11T14:30-04:00"),
        ("11.05.2027", "14.30", "2027-05-11T14:30+02:00"),
        ("5/13/2027", "2:30 pm", "2027-05-13T14:30+02:00"),
        ("13/05/2027", "2 PM", "2027-05-13T14:00+02:00"),
        ("2027-05-11", "00:30", "2027-05-12T00:30+02:00"),
        ("2027-03-27", "03:30", "2027-03-28T03:30+02:00"),
        ("", "2027-10-31T02:30+01:00", "2027-10-31T02:30+01:00"),
        ("", "2027-10-31 02:30", "2027-10-31T02:30+02:00"),
    ],
)
def test_days_and_times_of_several_countries(day, starts, instant):
    session, report = one(f"title,day,starts,minutes\nx,{day},{starts},30\n")

    assert (session.starts, whys(report)) == (datetime.fromisoformat(instant), [])


def test_a_time_that_the_clocks_skip_is_read_an_hour_later_and_reported():
    session, report = one("title,starts,ends\nx,2027-03-28 02:30,2027-03-28 04:00\n")

    assert session.starts == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert "skip it; read as 03:30" in whys(report)[0][1]


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("title,day,starts\n,2027-05-11,10:00", "line 2, column A “title”", "needs a title"),
        ("title,day,starts\n\nx,2027-05-11,25:00", "line 3, column C “starts”", "“25:00” is no time: write 14:30"),
        ("title,day,starts\nx,5/6/2027,10:00", "line 2, column B “day”", "write it as 2028-05-09"),
        ("title,day,starts\nx,,10:00", "line 2, column B “day”", "needs its day"),
        ("title,day,starts\nx,2027-05-11,", "line 2, column C “starts”", "there is no time"),
        ("title,starts\nx,0001-01-01 10:00", "line 2, column B “starts”", "year 1 "),
        ("id,title,starts\n1,a,2027-05-11 10:00\n1,b,2027-05-11 11:00", "line 3, column A “id”", "earlier line"),
        ("session,title\nS9,x", "line 2, column A “session”", "no session “S9”"),
        ("presentation,name\nP9,Ada", "line 2, column A “presentation”", "no presentation “P9”"),
    ],
)
def test_a_row_at_fault_is_left_out_and_says_where_and_what_to_write(text, where, why):
    _programme, report = read_in(f"{text}\n".encode())
    (entry,) = report.skipped

    assert entry["where"].endswith(where)
    assert why in entry["why"]


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("capacity", "many", "no whole number"),
        ("cancelled", "perhaps", "neither yes nor no"),
        ("address", "ftp://x", "not an http(s) address"),
        ("part of", "S9", "no other session"),
        ("ends", "2027-05-11 09:00", "does not end after it starts"),
        ("ends", "late", "is no time"),
        ("shoe size", "44", "is not known here"),
    ],
)
def test_a_cell_at_fault_is_repaired_and_reported(column, cell, why):
    session, report = one(f"title,starts,minutes,{column}\nx,2027-05-11 10:00,30,{cell}\n")

    assert (session.capacity, session.withdrawn, session.origin_url, session.parent) == (0, False, "", "")
    assert any(why in entry["why"] for entry in report.repaired)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "title\nx\n", "just words\n", "title,room\nx,y\n"])
def test_a_table_without_the_needed_heads_is_refused(text):
    with pytest.raises(UnreadableFile):
        read_in(text.encode())


def test_an_old_workbook_and_an_archive_of_nothing_are_refused():
    with pytest.raises(UnreadableFile, match="old kind"):
        read_in(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
    with pytest.raises(UnreadableFile, match="No table"):
        read_in(an_archive(x="a,b\n1,2\n"))


def test_the_template_has_its_heads_a_sheet_of_help_and_nothing_else():
    book = load_workbook(io.BytesIO(write_workbook()))

    assert book.sheetnames == ["sessions", "presentations", "authors", "help"]
    for name, columns in TABLES.items():
        assert [cell.value for cell in book[name][1]] == [column.name for column in columns]
        assert book[name].max_row == 1
    assert book["help"].max_row == 1 + sum(map(len, TABLES.values()))
    programme, report = read_in(write_workbook())
    assert (programme.sessions, whys(report)) == ((), [])


def _as_held(programme):
    """What tables hold of a programme that nothing is known of: neither abstracts, nor tracks and kinds of their own."""
    return [
        replace(
            item,
            abstract=rich(item.abstract),
            links=(),
            presentations=tuple(_talk(talk) for talk in item.presentations),
        )
        for item in programme.sessions
    ]


def _talk(talk):
    words = tuple(dict.fromkeys(part.strip() for word in talk.keywords for part in word.split(";") if part.strip()))
    authors = tuple(
        replace(author, affiliations=tuple(each for each in author.affiliations if each != AffiliationItem()))
        for author in talk.authors
    )
    return replace(
        talk, abstract=rich(talk.abstract), submission="", links=(), keywords=words, authors=authors, late_breaking=talk.late_breaking
    )  # fmt: skip


def _on_its_days(programme):
    return replace(
        programme,
        sessions=tuple(replace(each, day=day_of(each.starts.astimezone(CHICAGO))) for each in programme.sessions),
    )


@settings(max_examples=20, deadline=None, phases=[Phase.generate])
@given(programmes(), st.sampled_from([write_workbook, in_csv]))
def test_any_programme_reads_back_as_far_as_tables_hold_it(programme, write):
    programme = replace(_on_its_days(programme), abstracts=(), timezone="America/Chicago")

    again, report = read_in(write(programme), CHICAGO)

    assert sorted(again.sessions, key=lambda item: item.guid) == sorted(_as_held(programme), key=lambda item: item.guid)
    assert report.skipped == []


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(programme=programmes())
@pytest.mark.parametrize("write", [write_workbook, in_csv])
def test_any_draft_is_the_same_after_its_own_tables(context, now, programme, write):
    empty_tables()
    meeting = a_meeting()
    bring(meeting, write_nested(_on_its_days(programme)), now)
    before = draft.load(meeting)

    report = bring(meeting, write(before), now)

    assert draft.load(meeting) == before
    assert (report.added, report.changed, report.withdrawn, report.skipped) == (0, 0, 0, [])
