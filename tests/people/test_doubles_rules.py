"""When two people may be one: any order, accents, initials, slips; and whoever is alike is found by a mark."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference.people.doubles.rules import Kind, Known, compare, marks_of, words_of

WORDS = st.sampled_from(
    [
        "Ada",
        "Adam",
        "Anna",
        "Ann",
        "Ana",
        "María",
        "Garcia",
        "García",
        "López",
        "Lopes",
        "Smith",
        "Smyth",
        "Smithe",
        "J.",
        "M.",
        "Li",
        "Xiao",
        "Ming",
        "Xiaoming",
        "van",
        "den",
        "Berg",
        "Berger",
        "Müller",
        "Mueller",
        "Muller",
        "Jean-Paul",
        "Jeanpaul",
        "O’Brien",
        "OBrien",
        "Ødegård",
        "Odegard",
        "王",
        "伟",
        "王伟",
        "राम",
        "Иван",
        "Dr.",
        "Ivanov",
        "D",
    ]
)
SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
NAMES = st.builds(
    lambda given, family: (" ".join(given), " ".join(family)),
    st.lists(WORDS, max_size=3),
    st.lists(WORDS, max_size=3),
)
PLACES = st.sampled_from(["", "Uppsala University", "University of Uppsala", "Example Institute", "Université"])
PEOPLE = st.builds(
    lambda names, place, country, email, orcid: Known(*names, place, country, email, orcid),
    NAMES,
    PLACES,
    st.sampled_from(["", "SE", "US"]),
    st.sampled_from(["", "ada@example.org", "ada+desk@example.org", "+@example.org", "eve@example.org"]),
    st.sampled_from(["", "0000-0002-1825-0097"]),
)


def names(text):
    given_name, _slash, family_name = text.partition("/")
    return Known(given_name, family_name)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Ada/Lovelace", "Ada/Lovelace", Kind.NAME),
        ("Ada/Lovelace", "Lovelace/Ada", Kind.NAME),
        ("Ada/Lovelace", "/ada LOVELACE", Kind.NAME),
        ("José/Muñoz", "Jose/Munoz", Kind.NAME),
        ("Jürgen/Müller", "Juergen/Mueller", Kind.NAME),
        ("Kari/Ødegård", "Kari/Oedegard", Kind.NAME),
        ("Dr. Ada/Lovelace", "Ada/Lovelace", Kind.NAME),
        ("Xiao Ming/Li", "Xiaoming/Li", Kind.NAME),
        ("Jean-Paul/O’Brien", "Jean Paul/OBrien", Kind.NAME),
        ("Jan/van den Berg", "Jan/Vandenberg", Kind.NAME),
        ("伟/王", "王伟/", Kind.NAME),
        ("Suharto/", "/Suharto", Kind.NAME),
        ("Ada Byron/Lovelace", "Ada/Lovelace", Kind.NEARLY),
        ("María/García López", "Maria/Garcia", Kind.NEARLY),
        ("Ada/Lovelace", "Ada/Lovelaec", Kind.NEARLY),
        ("Ada/Lovelace", "Ada/Lovelac", Kind.NEARLY),
        ("Ada/Lovelace", "Ada/Lovelaces", Kind.NEARLY),
        ("Alex/Smith", "Alexander/Smith", Kind.NEARLY),
        ("A./Lovelace", "Ada/Lovelace", Kind.INITIALS),
        ("A. B./Lovelace", "Ada/Lovelace", Kind.INITIALS),
        ("Ada/Lovelace", "Ida/Lovelace", None),
        ("Ada/Lovelace", "Ada/Byron", None),
        ("John/Smith", "Jane/Smith", None),
        ("A./B.", "Ada/Byron", None),
        ("Jan/van", "Jon/van", None),
        ("Suharto/", "Haji/Suharto", None),
        ("/", "/", None),
    ],
)
def test_names_are_alike_in_any_order_with_accents_slips_and_initials(one, other, kind):
    found = compare(names(one), names(other))

    assert (found and found.kind) == kind


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        (Known("Ada", "Byron", "Uppsala", "SE"), Known("Ada", "Byron", "Lund", "US"), True),
        (Known("Ada", "Byron B.", "Uppsala", "SE"), Known("Ada", "Byron", "Lund", "US"), False),
        (Known("Ada", "Byron B.", "Uppsala", "SE"), Known("Ada", "Byron", "Lund", "SE"), True),
        (Known("A.", "Byron", "Uppsala", "SE"), Known("Ada", "Byron", "Lund", "SE"), False),
        (Known("A.", "Byron", "", "SE"), Known("Ada", "Byron", "Lund", "SE"), True),
        (Known("A.", "Byron", "Uppsala University", "SE"), Known("Ada", "Byron", "Univ. of Uppsala", "FI"), True),
        (Known("A.", "Byron", "University of Lund", "SE"), Known("Ada", "Byron", "Uppsala University", "SE"), False),
    ],
)
def test_institution_and_country_decide_about_what_is_only_nearly_the_same(one, other, asked):
    assert compare(one, other).is_asked is asked


def test_a_mailbox_is_the_same_with_a_plus_and_an_orcid_id_whatever_the_name():
    plus = Known("Ada", "Byron", email="ada+meeting@example.org"), Known("A", "L", email="Ada@example.org")
    orcid = Known("Ada", orcid="0000-0002-1825-0097"), Known("Eve", orcid="0000-0002-1825-0097")

    assert [compare(*pair).kind for pair in (plus, orcid)] == [Kind.ADDRESS, Kind.ORCID]
    assert compare(Known("Ada", email="a@x.org"), Known("Eve", email="e@x.org")) is None


@SLOWLY
@given(PEOPLE, PEOPLE)
def test_whoever_is_alike_is_found_by_a_mark(one, other):
    if compare(one, other) is not None:
        assert set(marks_of(one)) & set(marks_of(other))


@SLOWLY
@given(PEOPLE, PEOPLE)
def test_it_does_not_matter_who_was_there_first(one, other):
    assert compare(one, other) == compare(other, one)


@SLOWLY
@given(PEOPLE)
def test_whoever_has_a_name_is_like_themselves_however_it_is_written(known):
    mangled = Known(known.family_name.upper(), f" {known.given_name} ".lower(), known.institution, known.country)

    alike = compare(known, mangled)

    assert (alike is not None and alike.kind is Kind.NAME) == bool(known.given_name or known.family_name)


@SLOWLY
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_few_and_short_marks(given_name, family_name):
    marks = marks_of(Known(given_name, family_name))

    assert len(marks) <= 32
    assert all(0 < len(mark) <= 120 for mark in marks)
    assert words_of(f"{given_name} {family_name}") == words_of(f"  {given_name}  {family_name} ")
