"""What of a registration stands on its badge, and that a snapshot gives the same badge again."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference import people
from conference.badges import BadgeFace, Ribbon, face_of, missing_glyphs
from conference.badges.faces import as_snapshot, called, from_snapshot, ribbon_colour, when_where
from conference.kernel import transaction
from tests.badges.cast import a_badge_meeting, registered
from tests.badges.corpus import ALL


def test_a_face_shows_what_is_known_of_a_registration(context, now):
    meeting = a_badge_meeting(now)
    entry = registered(
        meeting, now, "Adeline", family_name="Lovelace", degrees="PhD", badge_name="Ada Lovelace", ribbons=["Speaker"]
    )

    assert face_of(entry) == BadgeFace(
        code=entry.badge_code,
        meeting="Meeting T1",
        when_where="May 11 – 15, 2027 · Baltimore, United States",
        category="Full",
        colour="#1f5fa8",
        given="Adeline",
        family="Lovelace",
        preferred="Ada",
        degrees="PhD",
        institution="Example Institute",
        country="United States",
        ribbons=(Ribbon("Speaker", ribbon_colour("speaker")),),
        language="",
    )


@pytest.mark.parametrize(
    ("badge_name", "family", "shown"),
    [
        ("", "Smith", ""),
        ("Bob", "Smith", "Bob"),
        ("Bob Smith", "Smith", "Bob"),
        ("SMITH Bob", "Smith", "Bob"),
        ("Bob de la Cruz", "de la Cruz", "Bob"),
        ("Smith", "Smith", "Smith"),
        ("Bob Smithson", "Smith", "Bob Smithson"),
        ("Bob", "", "Bob"),
    ],
)
def test_a_badge_name_that_repeats_the_family_name_does_not_print_it_twice(badge_name, family, shown):
    assert called(badge_name, family) == shown


@pytest.mark.parametrize(("country", "language"), [("JP", "ja"), ("TW", "zh-Hant"), ("CN", "zh-Hans"), ("US", "")])
def test_han_characters_take_the_form_of_the_country(context, now, country, language):
    entry = registered(a_badge_meeting(now), now, "Ken", country=country)

    assert face_of(entry).language == language


@pytest.mark.parametrize(("band", "colour"), [("#B3541E", "#b3541e"), ("red", "#1f2a37"), ("", "#1f2a37")])
def test_a_band_that_is_no_colour_does_not_stop_a_badge(context, now, band, colour):
    entry = registered(a_badge_meeting(now), now, "Ada")
    entry.category.band = band

    assert face_of(entry).colour == colour


def test_more_ribbons_than_fit_do_not_stop_a_badge(context, now):
    entry = registered(a_badge_meeting(now), now, "Ada", ribbons=[f"Ribbon {number}" for number in range(14)])

    assert len(face_of(entry).ribbons) == 10


def test_a_meeting_of_one_day_in_no_city_is_named_by_its_day():
    day = date(2027, 5, 11)

    assert when_where(SimpleNamespace(starts=day, ends=day, city="", country="")) == "May 11, 2027"


@pytest.mark.parametrize("name", ALL)
def test_a_snapshot_gives_the_same_face_again(name):
    assert from_snapshot(as_snapshot(ALL[name])) == ALL[name]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.text(max_size=20))
def test_no_name_is_lost_by_looking_for_the_family_name(badge_name, family):
    kept = called(badge_name, family)

    assert kept or not badge_name.split()
    assert set(kept.split()) <= set(badge_name.split())


def test_missing_characters_are_found_wherever_they_stand():
    face = BadgeFace(code="34679ACDEFGH", meeting="M", category="C", given="Ada", ribbons=(Ribbon("Chair \U000e1000"),))

    assert missing_glyphs(face) == {"\U000e1000"}


def test_a_person_of_one_name_gets_a_badge(context, now):
    meeting = a_badge_meeting(now)
    with transaction():
        person = people.enter(email="sukarno@example.org", given_name="Sukarno", country="ID", now=now)

    assert face_of(registered(meeting, now, "", person=person)).headline == "Sukarno"
