"""Titles of sold lines in the language of a paper: what the program said changes, what people named stays."""

from types import SimpleNamespace

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from conference.checkout.retelling import retold

PRESENT = {"span": "whole", "mode": "in_person"}


def line(kind, **rule):
    return SimpleNamespace(kind=kind, rule=rule)


@pytest.mark.parametrize(
    ("kind", "rule", "sold", "german"),
    [
        ("registration", PRESENT, "AM28: Full, whole meeting, in person", "AM28: Full, gesamte Tagung, vor Ort"),
        ("registration", {}, "Full, whole meeting, virtual", "Full, gesamte Tagung, online"),
        (
            "registration",
            {"span": "2027-05-11", "mode": "in_person"},
            "Full, Tuesday 11 May, in person",
            "Full, Di., 11. Mai, vor Ort",
        ),
        ("registration", PRESENT, "Sold elsewhere", "Sold elsewhere"),
        ("dues", {}, "Active membership", "Mitgliedschaft: Active"),
        ("fee", {}, "Fee: Cancelling", "Gebühr: Stornierung"),
        ("fee", {}, "Fee: Cancelling: Maria Byron", "Gebühr: Stornierung: Maria Byron"),
        ("fee", {}, "Fee: T1: Full, whole meeting, in person", "Gebühr: T1: Full, gesamte Tagung, vor Ort"),
        ("add_on", {}, "Active membership", "Active membership"),
    ],
)
def test_what_the_program_said_is_said_in_the_language_of_the_paper(app, kind, rule, sold, german):
    with app.app_context():
        with force_locale("de"):
            assert retold(sold, line(kind, **rule)) == german
        with force_locale("en"):
            assert retold(sold, line(kind, **rule)) == sold


@given(title=st.text(max_size=40), kind=st.sampled_from(["registration", "dues", "fee", "add_on"]))
def test_any_title_can_be_said_again_and_in_its_own_language_stays_as_it_is(app, title, kind):
    with app.app_context():
        with force_locale("en"):
            assert retold(title, line(kind, **PRESENT)) == title
        with force_locale("fr"):
            assert bool(retold(title, line(kind, **PRESENT))) == bool(title)
