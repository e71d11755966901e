"""Kinds and conditions: what is kept reads as itself, and one reading from the top decides what is asked."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference.registration.form import kinds, rules
from conference.registration.form.kinds import Kind, Unfit, parse

CHOICES = [{"code": "a", "label": "Alpha"}, {"code": "b", "label": "Beta"}, {"code": "c", "label": "Gamma"}]


@dataclass(frozen=True)
class Asked:
    """A field as the rules see it."""

    code: str = "f"
    kind: str = Kind.TEXT
    choices: list = field(default_factory=list)
    limits: dict = field(default_factory=dict)
    condition: Any = None
    categories: tuple = ()
    modes: tuple = ()
    is_asked: bool = True
    section_id: int | None = None


def of(kind, **limits):
    return Asked(kind=kind, choices=CHOICES, limits=limits)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Kind.TEXT, "  No\n nuts ", "No nuts"),
        (Kind.LONG, "One\r\ntwo", "One\ntwo"),
        (Kind.NUMBER, "007", "7"),
        (Kind.NUMBER, "-0", "0"),
        (Kind.DATE, "2027-05-11", "2027-05-11"),
        (Kind.YES_NO, "yes", "yes"),
        (Kind.CHOICE, "b", "b"),
        (Kind.CHOICES, ["c", "a", "a"], "|a|c|"),
        (Kind.EMAIL, "Ada@EXAMPLE.org", "Ada@example.org"),
        (Kind.PHONE, "+1 (410) 555-0123", "+1 410-555-0123"),
        (Kind.COUNTRY, "SE", "SE"),
        (Kind.CONSENT, "y", "yes"),
        (Kind.CONSENT, "", ""),
    ],
)
def test_each_kind_keeps_one_form_of_what_is_typed(kind, typed, kept):
    assert parse(of(kind), typed) == kept


@pytest.mark.parametrize(
    ("field_", "typed"),
    [
        (of(Kind.NUMBER), "many"),
        (of(Kind.NUMBER), "1e999"),
        (of(Kind.NUMBER), "2.5"),
        (of(Kind.NUMBER, decimals=1), "2.55"),
        (of(Kind.NUMBER, least="2"), "1"),
        (of(Kind.NUMBER, most="2"), "3"),
        (of(Kind.DATE), "11 May"),
        (of(Kind.DATE), "0001-01-01"),
        (of(Kind.DATE, most="2027-05-15"), "2027-05-16"),
        (of(Kind.YES_NO), "maybe"),
        (of(Kind.CHOICE), "d"),
        (of(Kind.CHOICES), ["a", "d"]),
        (of(Kind.CHOICES, most=1), ["a", "b"]),
        (of(Kind.CHOICES, least=2), ["a"]),
        (of(Kind.TEXT, longest=3), "four"),
        (of(Kind.EMAIL), "ada at example"),
        (of(Kind.PHONE), "410 555 0123"),
        (of(Kind.PHONE), "+1 2"),
        (of(Kind.COUNTRY), "XX"),
        (of(Kind.TEXT), ["a"]),
    ],
)
def test_what_does_not_fit_is_refused_in_words(app, field_, typed):
    with app.test_request_context(), pytest.raises(Unfit, match=r"\w+ \w+"):
        parse(field_, typed)


@given(
    kind=st.sampled_from(list(Kind)), typed=st.one_of(st.text(max_size=40), st.lists(st.text(max_size=3), max_size=4))
)
def test_whatever_is_typed_is_kept_or_refused_and_what_is_kept_reads_as_itself(app, kind, typed):
    with app.test_request_context():
        try:
            kept = parse(of(kind), typed)
        except Unfit:
            return
        again = parse(of(kind), kinds.codes_of(kept) if kind == Kind.CHOICES else kept)

    assert again == kept


def test_words_are_those_of_the_choices_that_are_given(app):
    with app.test_request_context():
        assert kinds.show(Kind.CHOICES, CHOICES, "|c|a|") == "Gamma; Alpha"
        assert kinds.show(Kind.CHOICE, CHOICES, "gone") == "gone"
        assert kinds.show(Kind.COUNTRY, [], "SE") == "Sweden"


@pytest.mark.parametrize(
    ("op", "value", "answer", "passes"),
    [
        ("is", "a", "a", True),
        ("is", "A", "a", True),
        ("is", "a", "|a|", True),
        ("is", "a", "|a|b|", False),
        ("is", "a", "", False),
        ("is_not", "a", "", True),
        ("is_not", "a", "b", True),
        ("contains", "a", "|ab|", False),
        ("contains", "ab", "|ab|c|", True),
        ("contains", "NUT", "no nuts", True),
        ("contains", "a", "", False),
        ("less", "10", "9", True),
        ("more", "10", "9", False),
        ("more", "2027-05-11", "2027-05-12", True),
        ("less", "1", "", False),
        ("answered", "", "x", True),
        ("not_answered", "", "x", False),
    ],
)
def test_a_comparison_says(op, value, answer, passes):
    condition = {"join": "all", "tests": [{"field": "f", "op": op, "value": value}]}

    assert rules.holds(condition, {"f": answer} if answer else {}) is passes


def test_what_hangs_on_something_hidden_is_hidden_too():
    first = Asked("first", Kind.YES_NO)
    second = Asked("second", Kind.YES_NO, condition=rules.when("first", "yes"))
    third = Asked("third", condition=rules.when("second", "yes"))
    blocks = [rules.Block(None, [first, second, third])]

    kept = rules.counted(blocks, {"first": "no", "second": "yes", "third": "left over"})

    assert kept == {"first": "no"}


def test_nobody_is_asked_what_is_for_others():
    mine = Asked("mine", categories=("full",), modes=("in_person",))
    others = Asked("others", categories=("trainee",))
    retired = Asked("retired", is_asked=False)
    blocks = [rules.Block(None, [mine, others, retired])]

    def asked(category, mode):
        return [each.code for block in rules.asked_of(blocks, category=category, mode=mode) for each in block.fields]

    assert (asked("full", "in_person"), asked("full", "virtual"), asked("trainee", "x")) == (["mine"], [], ["others"])


codes = st.sampled_from([f"f{number}" for number in range(6)])
tests = st.fixed_dictionaries(
    {"field": codes, "op": st.sampled_from(rules.OPS), "value": st.sampled_from(["yes", "no", "1"])}
)
conditions = st.one_of(
    st.none(), st.fixed_dictionaries({"join": st.sampled_from(rules.JOINS), "tests": st.lists(tests, max_size=3)})
)
forms = st.lists(conditions, min_size=1, max_size=6).map(
    lambda found: [rules.Block(None, [Asked(f"f{at}", condition=each) for at, each in enumerate(found)])]
)
answers = st.dictionaries(codes, st.sampled_from(["", "yes", "no", "1"]))


@given(blocks=forms, typed=answers)
def test_counting_twice_counts_the_same_and_never_adds(blocks, typed):
    once = rules.counted(blocks, typed)

    assert rules.counted(blocks, once) == once
    assert once.items() <= typed.items()


@given(blocks=forms)
def test_a_form_without_faults_asks_only_after_what_stands_before(blocks):
    wrong = {code for _what, code in rules.faults(blocks)}
    order = [each.code for each in blocks[0].fields]

    for at, each in enumerate(blocks[0].fields):
        named = {test["field"] for test in (each.condition or {}).get("tests", ())}
        assert each.code in wrong or named <= set(order[:at])
