"""The abstract book as a reader has it: every number leads to where it says, every script is there."""

import re

import pymupdf
import pytest

from tests.schedule.paper.reading import PEOPLE, a_programme, bookmarks, pages, printed, released

pytestmark = pytest.mark.on(
    "sqlite"
)  # how a page looks does not depend on the database; that a book is made, test_staff shows on both


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def volume(shelf, context, meeting, now):
    """The book of the programme, laid out in several parts: printed for the first who reads it, since nobody writes into it."""
    path = shelf / "book.pdf"
    if not path.exists():
        released(meeting, now)
        printed(context, path)
    return path


def index_of(path):
    """{name as filed: [page labels]} of the index."""
    text = "\n".join(text for label, text in pages(path) if label in index_labels(path))
    return {
        name: [number.strip("*") for number in numbers.split(", ")]
        for name, numbers in re.findall(r"^([^\d\n]+, [^\d\n]+) ((?:\d+\*?(?:, )?)+)$", text.replace(",\n", ", "), re.MULTILINE)
    }  # fmt: skip


def index_labels(path):
    first = next(place for place, (_label, text) in enumerate(pages(path)) if "pages of those who present" in text)
    return [label for label, _text in pages(path)[first:]]


def test_the_index_leads_to_the_pages_on_which_people_stand(volume):
    text = dict(pages(volume))

    found = index_of(volume)

    assert {"Lovelace, Ada", "Östling, Åse", "Zuse, Émile"} <= set(found)
    for family, given, name in PEOPLE:
        for label in found.get(f"{family}, {given}", []):
            assert name in text[label]
    holding = [label for label, words in pages(volume) if "Ada Lovelace" in words and label not in index_labels(volume)]
    assert set(found["Lovelace, Ada"]) <= set(holding)


def test_people_are_filed_without_accents_and_case(volume):
    names = list(index_of(volume))

    assert names.index("Lovelace, Ada") < names.index("Östling, Åse") < names.index("Zuse, Émile")


def test_contents_name_the_page_of_every_session_and_lead_there(volume):
    text = dict(pages(volume))
    with pymupdf.open(volume) as document:
        links = [
            (page.get_textbox(link["from"]).strip(), document[link["page"]].get_label())
            for page in document
            for link in page.get_links()
            if link["kind"] == pymupdf.LINK_GOTO
        ]

    assert "Coffee" in [words for words, _label in links]
    for words, label in links:
        assert words == label if words.isdigit() else words in text[label].replace("\n", " ")


def test_bookmarks_go_from_day_to_session_to_abstract(volume):
    marks, text = bookmarks(volume), dict(pages(volume))

    assert [title for level, title, _label in marks if level == 1] == [
        "Tuesday 11 May 2027",
        "Wednesday 12 May 2027",
        "Authors, speakers and chairs",
    ]
    assert [title for level, title, _label in marks if level == 2] == [
        "09:00 Opening talks", "11:00 Coffee", "09:00 Second day", "13:00 Posters of the second day",
    ]  # fmt: skip
    assert sum(level == 3 for level, _title, _label in marks) == 10
    for _level, title, label in marks:
        assert title.split(" ", 1)[1].split(" of ")[0] in text[label]


def test_page_numbers_in_print_are_those_that_viewers_show(volume):
    read = pages(volume)

    assert [label for label, _text in read[:2]] == ["i", "ii"]
    assert [label for label, _text in read[2:]] == [str(number + 1) for number in range(len(read) - 2)]
    for label, text in read[1:]:
        assert not text.strip() or label in text.split()


def test_an_abstract_has_its_sections_affiliations_marks_topics_and_disclosures(volume):
    text = re.sub(r"\s+", " ", " ".join(text for _label, text in pages(volume)))

    assert "500 · 09:00 · Oral Title 0 of capsids Ada Lovelace1, 王小明*2,1" in text
    assert "1Biology, Example Institute, Berlin, Germany; 2北京大学, China" in text
    assert "Aims: Word0 of the aims." in text
    assert "Topics: Vectors" in text
    assert "Disclosures of interests: Ada Lovelace: Grants of Example Inc.; 王小明: Nothing to disclose" in text
    assert "Chair: Émile Zuse Disclosures of interests: Émile Zuse: Nothing to disclose" in text


def test_a_text_that_is_presented_again_is_printed_once(volume):
    text = " ".join(text for _label, text in pages(volume))

    assert text.count("Word0 of the aims") == 1
    assert "The text stands in the session Opening talks." in text.replace("\n", " ")


def test_arabic_and_chinese_are_drawn_with_fonts_that_have_them(context, meeting, now, tmp_path):
    released(meeting, now)

    told = printed(context, tmp_path / "book.pdf")

    assert told["missing"] == {}
    with pymupdf.open(tmp_path / "book.pdf") as document:
        drawn = [character for page in document for span in page.get_texttrace() for character in span["chars"]]
    letters = {chr(character[0]) for character in drawn}
    assert {"王", "北", "م"} <= letters | {chr(0x645)} and {"王", "北"} <= letters
    assert not [character for character in drawn if character[1] == 0 and character[0] > 32]


def test_parts_that_several_processes_make_read_as_one(context, meeting, now, tmp_path):
    """A session that is too long for a part is cut, and numbers go on."""
    released(meeting, now, a_programme(84))
    path = tmp_path / "book.pdf"

    told = printed(context, path, "--processes", 2)

    text = dict(pages(path))
    assert told["pages"] == len(text) and 0 < told["worker_mb"] < 400
    assert any("(continued)" in page for page in text.values())
    for name, labels in index_of(path).items():
        printed_name = next(full for family, given, full in PEOPLE if f"{family}, {given}" == name)
        assert [label for label in labels if printed_name not in text[label]] == []


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("letter", (612, 792))])
def test_paper(context, meeting, now, tmp_path, paper, size):
    released(meeting, now)

    printed(context, tmp_path / "book.pdf", "--paper", paper)

    with pymupdf.open(tmp_path / "book.pdf") as document:
        assert {(round(page.rect.width), round(page.rect.height)) for page in document} == {size}


def test_without_a_release_there_is_no_book(context, meeting, tmp_path):
    done = context.test_cli_runner().invoke(
        args=["schedule", "book", "--meeting", "EX27", "--out", str(tmp_path / "book.pdf")]
    )

    assert (done.exit_code, "has no release yet" in done.output) == (2, True)
