"""Search: every word, begun words, phrases, any accents, what matters first; narrowed, in pages, and said why."""

import html
import json
import re

import pytest

from conference.schedule.routes.search import PER_PAGE
from tests.schedule.conftest import bring, publish
from tests.schedule.programmes import a_program, a_schedule_xml, an_event

BASE = "/meetings/EX27/schedule"


@pytest.fixture
def asked(client):
    """The page that answers a question."""

    def ask(question, **narrowed):
        return client.get(f"{BASE}/search", query_string={"q": question, **narrowed}).get_data(as_text=True)

    return ask


@pytest.fixture
def found(asked):
    """What a question finds, in its order."""

    def find(question, **narrowed):
        page = asked(question, **narrowed).partition('id="near"')[0]
        titles = re.findall(r'<a href="[^"]*/schedule/(?:sessions|presentations|people)/\d+"[^>]*>(.*?)</a>', page)
        return [html.unescape(re.sub("<[^>]*>", "", title)) for title in titles]

    return find


@pytest.mark.parametrize(
    "question",
    ["capsids", "CAPSIDS", "caps", "  capsids ", "cápsids", "caps ada", "muster capsids", '"Capsids"', "„capsids“"],
)
def test_a_talk_is_found_by_words_of_its_title_and_authors(released, found, question):
    assert "Capsids" in found(question)


@pytest.mark.parametrize("question", ["apsids", "capsids nothing", '"ada muster"', '"Caps"', "capsids -ada", "c"])
def test_what_a_question_does_not_find(released, found, question):
    assert found(question) == []


def test_a_phrase_is_found_as_it_stands(released, found):
    assert {"Ada Example", "Capsids"} <= set(found('"ada example"'))
    assert found('"example ada"') == []


def test_a_phrase_does_not_go_from_one_field_into_the_next(released, found):
    assert found('"capsids ada"') == []


def test_a_word_with_a_hyphen_in_front_must_not_be_there(released, found):
    assert found("muster") != found("muster -capsids") == ["Ben B. Muster", "Talks"]


def test_institutions_lead_to_their_talks_and_people(released, found, asked):
    assert found("muster clinic")[:2] == ["Ben B. Muster", "Capsids"]
    assert "Affiliations:</span> <mark>Muster</mark> <mark>Clinic</mark>" in asked("muster clinic", kind="presentation")


def test_letters_need_not_be_typed_as_they_are_written(released, found, now):
    tree = json.loads(a_program())
    tree["contents"][0]["title"] = "Ångström Łukasz ß 蛋白质研究 हिन्दी vitamin C"
    bring(released, json.dumps(tree).encode(), now)
    publish(released, now)

    for question in (
        "angstrom",
        "Ångström",
        "ÅNG",
        "ss ang",
        "lukasz",
        "ŁUK",
        "蛋白",
        "研究",
        "हिन्दी",
        "vitamin c",
        '"vitamin C"',
    ):
        assert tree["contents"][0]["title"] in found(question), question
    assert found("白蛋") == []


HOSTILE = ["", " ", "%", "'", '"', '""', "<script>", "{{7*7}}", "\x00", "a" * 5000, "\ud83d\ude00", "( OR *", "-", '-"', "a NEAR/2 b", "title:x", "'x':*", "!", "^x*", "\\"]  # fmt: skip


@pytest.mark.parametrize("question", HOSTILE)
def test_no_question_is_an_error(client, released, question):
    answer = client.get(f"{BASE}/search", query_string={"q": question.encode("utf-8", "surrogatepass")})

    assert answer.status_code == 200
    assert "<script>" not in answer.get_data(as_text=True)


OTHERS = ('id="8">Ben Muster', 'id="9">Cleo Other')


def test_titles_come_before_people_and_people_before_texts(meeting, found, now):
    events = [
        an_event(guid="", id=1, title="First", abstract="of muster and others", track="x").replace(*OTHERS),
        an_event(guid="", id=2, title="Second", track="Muster").replace(*OTHERS),
        an_event(guid="", id=3, title="Third"),
        an_event(guid="", id=4, title="Musters begun").replace(*OTHERS),
        an_event(guid="", id=5, title="The muster").replace(*OTHERS),
        an_event(guid="", id=6, title="Muster").replace(*OTHERS),
    ]
    bring(meeting, a_schedule_xml(*events), now)
    publish(meeting, now)

    assert found("muster") == ["Muster", "Ben Muster", "The muster", "Third", "Musters begun", "Second", "First"]


def test_where_something_was_found_is_shown_and_marked_safely(meeting, asked, now):
    text = (
        "&lt;p&gt;" + "and so on " * 60 + "R&amp;amp;D of &amp;lt;b&amp;gt; Kapsíde " + "with more " * 60 + "&lt;/p&gt;"
    )
    bring(meeting, a_schedule_xml(an_event(title="A &lt;i&gt; Kapsid", abstract=text)), now)
    publish(meeting, now)

    page = asked("kapsid")

    assert "A &lt;i&gt; <mark>Kapsid</mark></a>" in page
    assert "R&amp;D of &lt;b&gt; <mark>Kapsíde</mark> with more" in page
    note = re.search(r'session-note" dir="auto">(.*?)</p>', page)[1]
    assert note[0] == note[-1] == "…" and len(note) < 320
    assert 'title="' not in note and "In my schedule: A &lt;i&gt; Kapsid" in page


def test_what_was_found_comes_in_pages_and_is_counted(meeting, client, asked, now):
    titles = [f"word{number} common" for number in range(PER_PAGE + 5)]
    bring(meeting, a_schedule_xml(*[an_event(guid="", id=n, title=each) for n, each in enumerate(titles, 1)]), now)
    publish(meeting, now)

    first, second, beyond = asked("common"), asked("common", page=2), asked("common", page=99)

    assert (first.count("session-row"), second.count("session-row")) == (PER_PAGE, 5)
    assert "30 found, 1 to 25 shown, the best first" in re.sub(r"\s+", " ", first).replace(" ,", ",")
    assert "q=common&amp;page=2" in first and beyond.count("session-row") == 5
    assert not set(re.findall(r'id="s\d+"', first)) & set(re.findall(r'id="s\d+"', second))


def test_what_was_found_is_narrowed_by_kind_day_track_and_topic(released, found, asked):
    everything = found("muster")

    assert set(found("muster", kind="person")) == {"Ben B. Muster"}
    assert set(found("muster", kind="session")) == {"Talks"}
    assert set(found("muster", day="2027-05-11")) == set(everything) - {"Ben B. Muster"}
    assert set(found("muster", track="Vectors")) == {"Capsids", "Talks"}
    assert found("muster", kind="nonsense", day="tomorrow", track="%", topic="<") == everything
    page = asked("muster", track="Vectors", kind="person")
    assert "Nothing of this kind" in page and "Vectors (" in page and 'name="q" value="muster"' in page


def test_who_finds_nothing_sees_what_holds_some_of_the_words(released, asked):
    page = asked("capsids unheard")

    assert "Nothing holds all of these words" in page
    assert "<mark>Capsids</mark>" in page.partition("These hold some of the words")[2]


@pytest.mark.parametrize(
    ("question", "meant"),
    [("capsdis", "Capsids"), ('"ada exmaple"', "&#34;ada Example&#34;"), ("unheard", None), ("zz", None)],
)
def test_who_misspells_a_word_is_asked_whether_another_was_meant(released, asked, question, meant):
    found = re.search(r"Did you mean <a [^>]*>(.*?)</a>", asked(question))

    assert (found and found[1]) == meant


def test_a_question_of_very_many_words_is_answered_and_that_said(released, found, asked):
    many = " ".join(["capsids", *(f"{letter}a" for letter in "bcdefghijklmnopqrstuvw")])

    assert "Only the first words of your question were looked for." in asked(many)
