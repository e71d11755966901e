"""Indexes of institutions, topics, tracks, rooms and kinds: what a reader of the public programme would count, and nothing else."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import html5lib
import pytest
from hypothesis import given, settings

from conference.kernel import fold
from conference.schedule import embargo
from conference.schedule.formats import programme as values
from conference.schedule.formats import write_nested
from conference.schedule.headings import headings, institution_slugs, slug_of
from tests.schedule.any_programme import programmes
from tests.schedule.conftest import bring, publish

NOW = datetime(2027, 5, 1, tzinfo=UTC)
INDEXES = ["institutions", "topics", "tracks", "rooms", "kinds"]


@settings(max_examples=40, deadline=None)
@given(programmes())
def test_topics_and_institutions_are_what_a_reader_would_count(programme):
    seen = embargo.as_seen(programme, NOW)

    found = headings(seen)

    talks = [talk for session in seen.sessions for talk in session.presentations]
    topics = {}
    for talk in talks:
        for topic in {fold(topic) for topic in talk.keywords}:
            topics.setdefault(topic, []).append(talk.guid)
    assert {fold(each.name): [talk.guid for _, talk in each.talks] for each in found["topics"].values()} == topics
    slugs = institution_slugs(seen)
    institutions = {}
    for talk in talks:
        for author in talk.authors:
            for place in author.affiliations:
                if place.institution or place.ror:
                    people, held = institutions.setdefault(slugs[place.institution, place.ror], (set(), set()))
                    people.add(author.person)
                    held.add(talk.guid)
    told = {
        slug: (set(each.people), {talk.guid for _, talk in each.talks}) for slug, each in found["institutions"].items()
    }
    assert told == institutions


@settings(max_examples=40, deadline=None)
@given(programmes())
def test_every_session_and_talk_stands_under_its_room_and_kind_once(programme):
    seen = embargo.as_seen(programme, NOW)

    found = headings(seen)

    for index, name_of in (("rooms", lambda item: item.room), ("kinds", lambda item: item.kind)):
        listed = [each.guid for heading in found[index].values() for each in heading.sessions]
        assert sorted(listed) == sorted(each.guid for each in seen.sessions if name_of(each))


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([("Uni A", "00x6h5n95"), ("UNI  Á", "00x6h5n95")], 1),
        ([("Uni A", ""), ("uni á", "")], 1),
        ([("Uni A", "00x6h5n95"), ("Uni A", "")], 1),
        ([("Uni A", "00x6h5n95"), ("Uni A", "05gqaka33"), ("Uni A", "")], 3),
        ([("University Hospital", "00x6h5n95"), ("Uni A", "00x6h5n95")], 1),
        ([("", ""), ("", "05gqaka33")], 1),
    ],
)
def test_an_institution_is_its_ror_else_its_folded_name(places, expected):
    authors = tuple(
        values.Authorship(str(number), (values.AffiliationItem(name, ror=ror),))
        for number, (name, ror) in enumerate(places)
    )
    talk = values.PresentationItem("t", "Talk", number=1, authors=authors)
    session = values.SessionItem("s", "S", NOW, NOW, NOW.date(), presentations=(talk,))

    assert len(headings(values.Programme(sessions=(session,)))["institutions"]) == expected


def test_no_two_names_share_an_address_and_rooms_that_look_alike_stay_apart():
    names = ["Raum A", "Raum А", "Raum-A", "東京大学", "京都大学", "", "a" * 90, "a" * 91]

    slugs = [slug_of(name) for name in names]

    assert len(set(slugs)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]{1,70}", slug) for slug in slugs)


def test_a_talk_that_hangs_elsewhere_stands_in_its_hall_and_not_twice_in_its_room():
    talk = values.PresentationItem("t", "Poster", hall="Hall", kind="Posters")
    session = values.SessionItem("s", "S", NOW, NOW, NOW.date(), room="Room", kind="posters", presentations=(talk,))

    found = headings(values.Programme(sessions=(session,)))

    assert [(each.name, len(each.sessions), len(each.talks)) for each in found["rooms"].values()] == [
        ("Room", 1, 0),
        ("Hall", 0, 1),
    ]
    assert [(len(each.sessions), len(each.talks)) for each in found["kinds"].values()] == [(1, 0)]


def test_indexes_lead_to_pages_that_list_what_they_count(client, released):
    overview = client.get("/meetings/EX27/schedule").get_data(as_text=True)
    for index in ("institutions", "tracks", "rooms", "kinds"):
        assert f"/schedule/{index}" in overview
        listed = client.get(f"/meetings/EX27/schedule/{index}").get_data(as_text=True)
        html5lib.HTMLParser(strict=True).parse(listed)
        entries = re.findall(
            rf'href="(/meetings/EX27/schedule/{index}/[^"]+)"><bdi>([^<]+)</bdi></a> <span class="soft">([^<]+)<',
            listed,
        )
        assert entries
        for address, name, counted in entries:
            html = client.get(address).get_data(as_text=True)
            html5lib.HTMLParser(strict=True).parse(html)
            assert re.findall(r"<h1[^>]*>([^<]*)</h1>", html) == [name]
            assert html.count('<article class="session-row"') == sum(map(int, re.findall(r"\d+", counted)))


def test_an_affiliation_leads_to_its_institution_and_the_institution_to_its_people(client, released):
    html = client.get("/meetings/EX27/schedule/presentations/30").get_data(as_text=True)

    address = re.search(r'href="([^"]*/institutions/[^"]+)"><bdi>Muster Clinic', html)[1]
    page = client.get(address).get_data(as_text=True)

    assert "Ben B. Muster" in page and "Ada Example" not in page.split('id="people"')[1].split("</section>")[0]
    assert page.count("presentations/30") >= 1


def test_an_index_without_entries_says_so_and_an_unknown_entry_is_not_found(client, released):
    assert "No presentation names a topic yet" in client.get("/meetings/EX27/schedule/topics").get_data(as_text=True)
    for path in ("topics/nothing", "institutions/x-00000000", "rooms/%00", "kinds/" + "x" * 3000, "moods"):
        assert client.get(f"/meetings/EX27/schedule/{path}").status_code == 404


def test_a_long_index_is_paged_and_its_letters_lead_to_their_page(client, meeting, now):
    places = tuple(values.AffiliationItem(f"{letter}-Institute {number}") for letter in "ABC" for number in range(200))
    person = values.PersonItem("00000000-0000-4000-8000-000000000001", "Ida Q")
    talk = values.PresentationItem(
        "00000000-0000-4000-8000-000000000002", "T", authors=(values.Authorship(person.guid, places),)
    )
    session = values.SessionItem("00000000-0000-4000-8000-000000000003", "S", NOW, NOW.replace(hour=1), NOW.date())
    session = replace(session, presentations=(talk,))
    bring(meeting, write_nested(values.Programme(title="X", people=(person,), sessions=(session,))), now)
    publish(meeting, now)

    first = client.get("/meetings/EX27/schedule/institutions").get_data(as_text=True)
    second = client.get("/meetings/EX27/schedule/institutions?page=2").get_data(as_text=True)
    beyond = client.get("/meetings/EX27/schedule/institutions?page=99").get_data(as_text=True)

    assert (first.count("Institute "), second.count("Institute ")) == (400, 200)
    assert 'href="/meetings/EX27/schedule/institutions?page=2#letter-3">C' in first
    assert 'href="#letter-3">C' in second and 'id="letter-3"' in second
    assert beyond.count("Institute ") == 200
