"""`flask meetings create`: its promises to other people's scripts."""

import json

import pytest

from conference import meetings, registration

FACTS = {
    "--code": "T1", "--title": "Trial", "--starts": "2027-06-01", "--ends": "2027-06-03",
    "--timezone": "Europe/Paris", "--currency": "EUR",
}  # fmt: skip


def create(context, *flags, **changes):
    facts = {**FACTS, **{f"--{name}": value for name, value in changes.items()}}
    words = [word for pair in facts.items() for word in pair]
    return context.test_cli_runner().invoke(args=["meetings", "create", *words, *flags])


def test_a_meeting_is_made_with_one_free_open_category(context):
    result = create(context, "--json")

    assert result.exit_code == 0
    assert json.loads(result.output.splitlines()[-1])["code"] == "T1"
    meeting = meetings.by_code("T1")
    assert (meeting.timezone, meeting.currency) == ("Europe/Paris", "EUR")
    assert [category.code for category in registration.categories_of(meeting)] == ["regular"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "a b"}, "A code has 2 to 20 letters"),
        ({"title": " "}, "A meeting needs a title"),
        ({"starts": "1 June"}, "does not match the format"),
        ({"ends": "2027-05-01"}, "ends before it starts"),
        ({"timezone": "Mars/Olympus"}, "There is no time zone"),
        ({"timezone": "../../etc/passwd"}, "There is no time zone"),
        ({"currency": "XXQ"}, "There is no currency"),
        ({"title": "x" * 301}, "at most 300"),
    ],
)
def test_bad_input_is_explained_ends_with_2_and_makes_nothing(context, changes, words):
    result = create(context, **changes)

    assert result.exit_code == 2 and words in result.output
    assert meetings.all_meetings() == []


def test_a_code_is_taken_in_any_case(context):
    create(context)

    result = create(context, code="t1")

    assert result.exit_code == 2 and "There is a meeting t1 already" in result.output
