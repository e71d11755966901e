"""Search: every word, begun words, any accents, what matters first."""

import json

import pytest

from conference.schedule.search import MOST_RESULTS
from tests.schedule.conftest import bring, publish
from tests.schedule.programmes import a_program, a_schedule_xml, an_event

BASE = "/meetings/EX27/schedule"


@pytest.fixture
def found(client):
    def find(question):
        html = client.get(f"{BASE}/search", query_string={"q": question}).get_data(as_text=True)
        return [
            kind for kind in ("Capsids", "Vectors", "Posters", "Ada Example", "Ben B. Muster") if f">{kind}<" in html
        ]

    return find


@pytest.mark.parametrize(
    "question", ["capsids", "CAPSIDS", "caps", "  capsids ", "cápsids", "caps ada", "muster capsids"]
)
def test_a_talk_is_found_by_words_of_its_title_and_authors(released, found, question):
    assert "Capsids" in found(question)


def test_words_are_found_by_how_they_begin(released, found):
    assert found("apsids") == []


def test_all_words_must_be_there(released, found):
    assert found("capsids nothing") == []


def test_people_are_found(released, found):
    assert "Ada Example" in found("exam ada")


def test_institutions_lead_to_their_talks(released, found):
    assert "Capsids" in found("muster clinic")


def test_accents_in_the_programme_need_not_be_typed(client, released, now):
    tree = json.loads(a_program())
    tree["contents"][0]["title"] = "Ångström Łukasz ß"
    bring(released, json.dumps(tree).encode(), now)
    publish(released, now)

    for question in ("angstrom", "Ångström", "ÅNG", "ss ang"):
        assert "Ångström" in client.get(f"{BASE}/search?q={question}").get_data(as_text=True)


@pytest.mark.parametrize(
    "question", ["", " ", "%", "'", '"', "<script>", "{{7*7}}", "\x00", "a" * 5000, "\ud83d\ude00", "( OR *"]
)
def test_no_question_is_an_error(client, released, question):
    answer = client.get(f"{BASE}/search", query_string={"q": question.encode("utf-8", "surrogatepass")})

    assert answer.status_code == 200
    assert "<script>" not in answer.get_data(as_text=True)


def test_titles_come_before_abstracts(client, meeting, now):
    events = [an_event(guid="", id=1, title="Other", abstract="capsids"), an_event(guid="", id=2, title="Capsids")]
    bring(meeting, a_schedule_xml(*events), now)
    publish(meeting, now)

    html = client.get(f"{BASE}/search?q=capsids").get_data(as_text=True)

    assert html.index('id="s2"') < html.index('id="s1"')


def test_more_than_can_be_read_is_cut_and_said(client, meeting, now):
    titles = [f"word{number} common" for number in range(MOST_RESULTS + 5)]
    bring(meeting, a_schedule_xml(*[an_event(guid="", id=n, title=each) for n, each in enumerate(titles, 1)]), now)
    publish(meeting, now)

    html = client.get(f"{BASE}/search?q=common").get_data(as_text=True)

    assert f"The best {MOST_RESULTS} are shown" in html
    assert ">11 found<" in client.get(f"{BASE}/search?q=word7+com").get_data(as_text=True)
