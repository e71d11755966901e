"""What may not be typed of an abstract is refused at its field, and what no browser sends breaks nothing."""

import pytest

from tests.schedule.abstracts.conftest import DESK, the_abstract
from tests.schedule.abstracts.filled import fields_of

EDIT = f"{DESK}/abstracts/1/edit"


def form_of(client):
    return fields_of(client.get(EDIT).text, EDIT)


FAULTS = [
    ({"title": ""}, "title"),
    ({"status": "sold"}, "status"),
    ({"authors-0-at": "7"}, "authors-0-at"),
    ({"authors-0-at": "a"}, "authors-0-at"),
    ({"authors-0-place": "½"}, "authors-0-place"),
    ({"affiliations-0-ror": "05dxps056"}, "affiliations-0-ror"),
    ({"affiliations-0-ror": "javascript:alert(1)"}, "affiliations-0-ror"),
    ({"links-0-url": "javascript:alert(1)"}, "links-0-url"),
    ({"text_at": "0001-01-01T00:00"}, "text_at"),
    ({"text_at": "tomorrow"}, "text_at"),
]


@pytest.mark.parametrize(("facts", "field"), FAULTS)
def test_faults_stand_beside_their_fields(cleo, written, facts, field):
    before = the_abstract()

    answer = cleo.post(EDIT, data=form_of(cleo) | facts)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert f'href="#{field}"' in answer.text
    assert the_abstract() == before


HOSTILE = [
    {},
    {"title": "x", "status": "accepted", "version": "9" * 40},
    {"title": "x", "status": "accepted", "authors-99999999999999-name": "y", "sections-x-text": "z"},
    {"title": "x\x00", "status": "accepted", "authors-0-name": "A", "authors-0-known": "99999999999999999999"},
    {"title": "x", "status": "accepted", "authors-0-name": "A", "authors-1-name": "A"},
]


@pytest.mark.parametrize("sent", HOSTILE)
def test_what_no_browser_sends_is_refused_in_order(cleo, written, sent):
    before = the_abstract()

    assert cleo.post(EDIT, data=sent).status_code in (409, 422)
    assert the_abstract() == before


def test_text_is_made_safe(cleo, written):
    cleo.post(EDIT, data=form_of(cleo) | {"sections-0-text": "<p>ok<script>alert(1)</script></p><img src=x onerror=a>"})

    assert the_abstract().sections[0].text == "<p>ok</p>"
    assert "alert(1)" not in cleo.get(f"{DESK}/abstracts/1").text
