"""Files made to hurt: refused or repaired, never an error of ours."""

import gzip
import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference.kernel import Refusal
from conference.schedule.formats import UnreadableFile, source, write_workbook
from tests.schedule.programmes import a_program, a_schedule_xml, an_event, read_in
from tests.schedule.test_reading_calendars import OUTLOOK, a_calendar
from tests.schedule.test_reading_dialects import OF_FRAB, OF_THE_RFC
from tests.schedule.test_reading_json import schema_1, schema_2

LAUGHS = "<!DOCTYPE schedule [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip
FILE_ENTITY = "<!DOCTYPE schedule [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
OUTSIDE_DTD = "<!DOCTYPE schedule SYSTEM 'http://127.0.0.1:9/evil.dtd'>"


@pytest.mark.parametrize("head", [LAUGHS, FILE_ENTITY])
def test_entities_are_refused(head):
    with pytest.raises(UnreadableFile, match="entities"):
        read_in(a_schedule_xml(an_event(title="&a;"), head=head))


def test_a_dtd_elsewhere_is_not_fetched():
    programme, _report = read_in(a_schedule_xml(head=OUTSIDE_DTD))

    assert len(programme.sessions) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n ",
        b"\x00\x01\x02",
        b"<" * 1000,
        b"<a>" * 100_000,
        b"[" * 100_000,
        b'{"sessions":' * 50_000,
        b'{"sessions": [' + b"1" * 5000 + b"]}",
        b'{"sessions": NaN}',
        b"[]",
        b"{}",
        b"null",
        b'"text"',
        b"BEGIN:VCALENDAR",
        b"PK\x03\x04 a zip",
        gzip.compress(b"{}", mtime=0),
        b"<?xml version='1.0' encoding='zlib_codec'?><schedule/>",
        b"<?xml version='1.0' encoding='no-such'?><a/>",
        b'<?xml version="1.0" encoding="utf-16"?><a/>',
    ],
)
def test_what_is_no_programme_is_refused_in_words(content):
    with pytest.raises(Refusal) as refused:
        read_in(content)

    assert str(refused.value)


def test_sections_that_never_end_cost_no_time():
    began = time.perf_counter()

    with pytest.raises(UnreadableFile):
        read_in(b"<schedule>&<![CDATA[" * 60_000)

    assert time.perf_counter() - began < 5


def test_a_file_beyond_the_bound_is_refused(monkeypatch):
    monkeypatch.setattr(source, "LARGEST_FILE", 100)

    with pytest.raises(UnreadableFile, match="larger than"):
        read_in(a_schedule_xml())


def test_a_very_long_text_is_cut():
    programme, _report = read_in(a_schedule_xml(an_event(title="W" * 100_000, abstract="x" * 500_000)))

    (session,) = programme.sessions
    assert len(session.title) == 500
    assert len(session.abstract) < 110_000


def test_a_report_stays_bounded():
    _programme, report = read_in(a_schedule_xml(*[an_event(guid="", id=number) for number in range(1500)]))

    assert len(report.repaired) == 1001


@pytest.mark.parametrize("name", ["schedule.json", "schedule.ics"])
def test_a_thousand_events_are_read_within_seconds(name):
    events = [
        {**schema_1()["schedule"]["conference"]["days"][0]["rooms"]["Aula"][0], "guid": f"{number:032x}", "id": number}
        for number in range(1, 1001)
    ]
    calendar = a_calendar(*[REPEATED.replace("UID:1@", f"UID:{number}@") for number in range(1, 334)])
    content = {"schedule.json": json.dumps(schema_1(*events)).encode(), "schedule.ics": calendar}[name]
    began = time.perf_counter()

    programme, _report = read_in(content)

    assert len(programme.sessions) in (999, 1000)
    assert time.perf_counter() - began < 10


def test_surrogates_and_nul_in_json_are_removed():
    people = [{"id": 20, "firstName": "A\\u0000da\\ud800", "lastName": "Example"}]
    content = a_program(people=people).replace(b"\\\\u", b"\\u")

    programme, _report = read_in(content)

    assert programme.people[0].name == "Ada Example"


TABLE = b"id,title,room,day,starts,ends,capacity,part of\nS1,Vectors,Aula,2027-05-11,10:00,11:30,5,\nS2,Dinner,,2027-05-11,19:00,01:00,,S1\n"
REPEATED = """BEGIN:VEVENT
UID:1@example.org
SUMMARY:Coffee
DTSTART;TZID=Customized Time Zone:20270511T100000
DURATION:PT1H
RRULE:FREQ=DAILY;COUNT=3
END:VEVENT"""
_scalars = (
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False) | st.text(max_size=10)
)
_json = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_TREES = [json.loads(a_program()), schema_1(), schema_2()]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(_TREES))
def test_any_value_anywhere_in_json_is_survived(data, tree):
    tree = json.loads(json.dumps(tree))
    for _ in range(data.draw(st.integers(1, 4))):
        _replace_somewhere(data, tree)

    _read_or_refuse(json.dumps(tree).encode())


_FILES = [a_schedule_xml(), a_program(), json.dumps(schema_1()).encode(), a_calendar(OUTLOOK, REPEATED)]
_FILES += [OF_FRAB.encode(), OF_THE_RFC.encode(), TABLE, write_workbook(read_in(a_program())[0])[:6000]]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=6), st.integers(0, 2000), st.sampled_from(_FILES))
def test_any_bytes_anywhere_in_a_file_are_survived(bytes_, place, content):
    _read_or_refuse(content[:place] + bytes_ + content[place + len(bytes_) :])


def _read_or_refuse(content):
    try:
        programme, _report = read_in(content)
    except Refusal:
        return
    for session in programme.sessions:
        assert session.starts < session.ends


def _replace_somewhere(data, tree):
    while True:
        keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if not isinstance(tree[key], dict | list) or data.draw(st.booleans()):
            tree[key] = data.draw(_json)
            return
        tree = tree[key]


def test_thousands_of_entries_of_one_guid_are_told_apart_soon():
    events = [an_event(id=number, title=f"Talk {number}") for number in range(1, 3001)]
    begun = time.process_time()

    programme, report = read_in(a_schedule_xml(*events))

    assert len({session.guid for session in programme.sessions}) == 3000
    assert len(report.repaired) < 3100
    assert time.process_time() - begun < 20  # it took half a minute, and four times as long for twice as many
