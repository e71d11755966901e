"""Nested JSON: our own form, which loses nothing."""

import json

import jsonschema
import pytest
from hypothesis import given, settings

from conference.schedule import published
from conference.schedule.formats import write_nested
from conference.schedule.formats.text import safe_html
from tests.schedule.any_programme import programmes
from tests.schedule.programmes import CHICAGO, a_program, a_schedule_xml, read_in

SCHEMA = json.loads(published.NESTED_SCHEMA.read_text())


@settings(max_examples=150, deadline=None)
@given(programmes(as_public=True))
def test_what_is_written_reads_back_the_same(programme):
    again, report = read_in(write_nested(programme), CHICAGO)

    assert again == programme
    assert (report.repaired, report.skipped) == ([], [])


@settings(max_examples=80, deadline=None)
@given(programmes(as_public=True))
def test_what_is_written_is_valid(programme):
    jsonschema.validate(json.loads(write_nested(programme)), SCHEMA)


@pytest.mark.parametrize("content", [a_program(), a_schedule_xml()])
def test_what_others_wrote_keeps_everything(content):
    programme, _report = read_in(content)

    assert read_in(write_nested(programme))[0] == programme


def test_the_schema_refuses_what_it_does_not_know():
    tree = json.loads(write_nested(read_in(a_program())[0]))
    tree["sessions"][0]["surprise"] = 1

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tree, SCHEMA)


def test_an_item_without_guid_or_with_one_used_twice_is_named():
    tree = json.loads(write_nested(read_in(a_schedule_xml())[0]))
    tree["sessions"].append(dict(tree["sessions"][0], title="Again"))
    tree["sessions"].append(dict(tree["sessions"][0], guid="nonsense", title="Nonsense"))

    programme, report = read_in(json.dumps(tree).encode())

    assert len(programme.sessions) == 2
    assert [entry["where"] for entry in report.skipped] == ["session Again", "session Nonsense"]


@pytest.mark.parametrize(
    "text",
    [
        "<p>a<b>c</p>",
        "a & b &amp; c",
        "<a href='https://x.org'>x</a>",
        "<pre>  two\n  lines</pre>",
        "a < b > c",
        "<scr<script>ipt>",
        "é",
    ],
)
def test_cleaning_twice_is_cleaning_once(text):
    once = safe_html(text)

    assert safe_html(once) == once
