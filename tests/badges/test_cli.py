"""`flask badges render` as a person types it."""

import json

import pymupdf
import pytest

from conference.badges import queries
from tests.badges.cast import a_badge_meeting, registered


@pytest.fixture
def meeting(context, now):
    return a_badge_meeting(now)


def render(app, *arguments):
    return app.test_cli_runner().invoke(args=["badges", "render", *map(str, arguments)])


def pages(path):
    with pymupdf.open(path) as document:
        return [page.get_text() for page in document]


def test_all_badges_of_a_meeting_become_one_file(context, meeting, now, tmp_path):
    registered(meeting, now, "Ada", family_name="Lovelace")
    ben = registered(meeting, now, "Ben", family_name="Baker", degrees="\U000e1000")
    registered(meeting, now, "Vic", mode="virtual")

    done = render(context, "--meeting", "t1", "--out", tmp_path / "all.pdf", "--processes", 2, "--json")

    report = json.loads(done.stdout.splitlines()[-1])
    assert done.exit_code == 0
    assert (report["badges"], report["missing"]) == (2, {ben.badge_code: "\U000e1000"})
    assert report["badges_per_s"] > 0 and report["seconds"] >= 0
    assert [("Baker" in text, "Lovelace" in text) for text in pages(tmp_path / "all.pdf")] == [
        (True, False),
        (False, True),
    ]
    assert queries.counts(meeting).printed == 0


def test_one_badge_can_be_asked_for(context, meeting, now, tmp_path):
    ada = registered(meeting, now, "Ada")
    registered(meeting, now, "Ben")

    done = render(context, "--meeting", "T1", "--out", tmp_path / "one.pdf", "--registration", ada.ref.lower())

    assert (done.exit_code, "1 badges" in done.stdout) == (0, True)
    assert ["Ada" in text for text in pages(tmp_path / "one.pdf")] == [True]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--meeting", "NONE"], "There is no meeting NONE"),
        (["--meeting", "T1", "--registration", "NOTHING2"], "Registration NOTHING2 has no badge at T1"),
        (["--meeting", "T2"], "Nobody is registered in person for T2"),
        (["--meeting", "T1", "--processes", "0"], "0 is not in the range"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(context, meeting, now, tmp_path, arguments, words):
    registered(meeting, now, "Ada")
    a_badge_meeting(now, code="T2")

    done = render(context, *arguments, "--out", tmp_path / "out.pdf")

    assert done.exit_code == 2
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(context, meeting, now, tmp_path):
    registered(meeting, now, "Ada")

    done = render(context, "--meeting", "T1", "--out", tmp_path / "nowhere" / "out.pdf")

    assert (done.exit_code, "There is no folder" in done.stderr) == (2, True)
