"""What is carried, hung on doors and put on boards, read back."""

import csv
import io
from dataclasses import replace

import pymupdf
import pytest

from conference.schedule import published
from conference.schedule.paper.boards import natural
from conference.schedule.paper.kinds import plan_of
from conference.schedule.paper.making import Broken
from tests.schedule.paper.reading import a_programme, bookmarks, pages, printed, released, without
from tests.signing_in import signed_in

pytestmark = pytest.mark.on("sqlite")  # as test_book


def test_the_pocket_programme_has_days_and_times_and_no_abstracts_on_folded_sheets(context, meeting, now, tmp_path):
    released(meeting, now)

    printed(context, tmp_path / "pocket.pdf", "--kind", "pocket")

    read = pages(tmp_path / "pocket.pdf")
    text = " ".join(text for _label, text in read).replace("\n", " ")
    assert len(read) % 4 == 0
    assert "09:00–10:30 · Aula Opening talks Chair: Émile Zuse 09:00 Title 0 of capsids Ada Lovelace 09:10" in text
    assert "Posters of the second day Chair: Émile Zuse 1 poster" in text
    assert "Word0 of the aims" not in text
    assert [title for _level, title, _label in bookmarks(tmp_path / "pocket.pdf")] == [
        "Tuesday 11 May 2027",
        "Wednesday 12 May 2027",
    ]
    with pymupdf.open(tmp_path / "pocket.pdf") as document:
        assert (round(document[0].rect.width), round(document[0].rect.height)) == (420, 595)
        days = [(link["page"], document[link["page"]].get_label()) for link in document[0].get_links()]
    assert [label for _page, label in days] == ["1", "1", "2", "2"]


def test_each_room_has_a_sign_for_each_day_on_which_something_is_held_there(context, meeting, now, tmp_path):
    released(meeting, now)

    printed(context, tmp_path / "signs.pdf", "--kind", "signs")

    read = [text.split("\n") for _label, text in pages(tmp_path / "signs.pdf")]
    assert [(text[0].split(" 2027")[0], text[1]) for text in read] == [
        ("Tuesday 11 May", "Aula"),
        ("Wednesday 12 May", "Aula"),
        ("Wednesday 12 May", "Hall"),
    ]
    with pymupdf.open(tmp_path / "signs.pdf") as document:
        assert all(page.rect.width > page.rect.height for page in document)
        largest = max(span["size"] for block in document[0].get_text("dict")["blocks"] for line in block["lines"] for span in line["spans"])  # fmt: skip
    assert largest >= 40


def test_boards_are_listed_with_hall_title_presenter_and_session(context, meeting, now, tmp_path):
    released(meeting, now)

    printed(context, tmp_path / "boards.pdf", "--kind", "boards")

    [(_label, text)] = pages(tmp_path / "boards.pdf")
    words = text.replace("\n", " ")
    assert "Hall" in words
    assert "B1 500 Title 0 of capsids Ada Lovelace Posters of the second day Wednesday 12 May, 13:00" in words


def test_boards_are_a_table_as_well(context, meeting, now):
    released(meeting, now)
    cleo = signed_in(context, "cleo@example.org", roles=["programme"])

    answer = cleo.get("/staff/schedule/EX27/paper/boards.csv")

    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert head == ["Hall", "Board", "Day", "Time", "Number", "Title", "Presenter", "Session"]
    assert rows == [
        ["Hall", "B1", "2027-05-12", "13:00", "500", "Title 0 of capsids", "Ada Lovelace", "Posters of the second day"]
    ]


def test_a_programme_without_boards_says_so(context, meeting, now, tmp_path):
    released(meeting, now, without(a_programme(), "Posters of the second day"))

    done = context.test_cli_runner().invoke(
        args=["schedule", "book", "--meeting", "EX27", "--kind", "boards", "--out", str(tmp_path / "boards.pdf")]
    )

    assert (done.exit_code, "No presentation has a board" in done.output) == (2, True)
    assert not (tmp_path / "boards.pdf").exists()


@pytest.mark.parametrize(
    "boards", [["P2", "P10"], ["2", "10", "A1"], ["P2-A9", "P2-A10"], ["A", "A1"], ["Late", "Late 3"]]
)
def test_boards_are_counted_as_people_count(boards):
    mixed = [*boards[1:], boards[0]]

    assert sorted(mixed, key=natural) == boards


def test_signs_of_a_programme_without_rooms_are_refused_in_words(context, meeting, now):
    whole = a_programme(2)
    sessions = tuple(replace(each, room="") for each in whole.sessions)
    place = published.place_of(released(meeting, now, replace(whole, rooms=(), sessions=sessions)))

    with pytest.raises(Broken, match="No session has a room"):
        plan_of("signs", published.of(place), place, "A4")
