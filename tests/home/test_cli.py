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


def test_copying_says_what_it_made_and_a_dry_run_keeps_nothing(context):
    run = context.test_cli_runner().invoke
    facts = ["--code", "T2", "--title", "Next", "--starts", "2028-01-01", "--json"]
    run(args=["meetings", "create", "--code", "T1", "--title", "T", "--starts", "2027-01-01", "--ends", "2027-01-02",
              "--timezone", "UTC", "--currency", "EUR"])  # fmt: skip

    tried = run(args=["meetings", "copy", "T1", *facts, "--dry-run"])
    before = meetings.by_code("T2")
    made = run(args=["meetings", "copy", "T1", *facts])
    wrong = [run(args=["meetings", "copy", *words]) for words in (["T1", *facts], ["T9", *facts])]

    told = [json.loads(each.output.splitlines()[-1]) for each in (tried, made)]
    assert [each["kept"] for each in told] == [False, True] and told[0]["copied"] == told[1]["copied"] > 0
    assert before is None and str(meetings.by_code("T2").ends) == "2028-01-02"
    assert [each.exit_code for each in wrong] == [2, 2]
