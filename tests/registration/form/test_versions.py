"""A changed form never alters an answer; sealed answers stay sealed; a filter finds who answered what."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference import registration
from conference.kernel import Refusal, clock, db, transaction
from conference.registration import Registration, form
from tests.registration.form.cast import SECRET, a_form, amend, change, fields, registered, told

FOOD = "What do you eat?"


def test_a_reworded_question_and_a_renamed_choice_leave_the_answer_as_it_was(meeting):
    a_form(meeting)
    ada = registered(meeting, "Ada", diet="Vegan")

    change(
        meeting,
        "diet",
        label="Your food",
        choices=[{"code": "Vegan", "label": "Plants only"}, {"code": "x", "label": "X"}],
    )
    ben = registered(meeting, "Ben", diet="Vegan")

    assert (told(ada), told(ben)) == ({FOOD: "Vegan"}, {"Your food": "Plants only"})


def test_a_choice_taken_away_stays_the_answer_of_who_gave_it(meeting):
    a_form(meeting)
    ada = registered(meeting, "Ada", diet="Vegan")

    change(meeting, "diet", choices=[{"code": "a", "label": "A"}, {"code": "b", "label": "B"}])

    assert (told(ada), registration.answers_of(ada)) == ({FOOD: "Vegan"}, {"diet": "Vegan"})


def test_a_retired_question_keeps_its_answers_when_the_rest_is_answered_anew(meeting):
    a_form(meeting)
    ada = registered(meeting, "Ada", diet="Vegan", guests="2")
    with transaction():
        form.show(fields(meeting)["diet"], meeting=meeting, is_asked=False, by=None, now=clock.now())

    blocks = form.form_for(meeting, category="full", mode="in_person")
    asked = [each.id for block in blocks for each in block.fields]
    with transaction():
        form.amend(ada, {fields(meeting)["guests"].id: "3"}, asked=asked, by=None, now=clock.now())

    assert told(ada) == {FOOD: "Vegan", "Guests": "3"}


def test_each_edit_after_registering_leaves_what_stood_before(meeting):
    a_form(meeting)
    ada = registered(meeting, "Ada", diet="Vegan", guests="2")

    changed = [amend(meeting, ada, diet="Everything", guests="2"), amend(meeting, ada, diet="Everything")]
    again = amend(meeting, ada, diet="Everything")

    before = [(given.label, given.words) for given, _ended in form.told_before(ada)]
    assert (changed, again, before) == ([1, 1], 0, [("Guests", "2"), (FOOD, "Vegan")])


def test_a_hint_or_a_limit_starts_no_version_and_a_label_does(meeting):
    a_form(meeting)

    change(meeting, "diet", hint="For lunch", is_required=True, limits={})
    same = fields(meeting)["diet"].version
    change(meeting, "diet", label="Food")

    assert (same, fields(meeting)["diet"].version) == (1, 2)
    assert [each.label for each in form.versions_of(fields(meeting)["diet"])] == ["Food", FOOD]


wordings = st.lists(
    st.tuples(st.sampled_from(["label", "choices", "hint", "required"]), st.text("xyz", min_size=1, max_size=4)),
    max_size=4,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=wordings)
def test_no_sequence_of_changes_alters_an_answer(context, meeting, changes):
    name = "Eve"
    if "diet" not in fields(meeting):
        a_form(meeting)
        registered(meeting, name, diet="Vegan")
    entry = db.session.scalar(sa.select(Registration))
    for what, text in changes:
        facts = {
            "label": {"label": text},
            "choices": {"choices": [{"code": text, "label": text}, {"code": "o", "label": "O"}]},
            "hint": {"hint": text},
            "required": {"is_required": True},
        }[what]
        change(meeting, "diet", **facts)

    assert told(entry) == {FOOD: "Vegan"}


def test_an_answered_question_keeps_its_kind_and_its_seal(meeting):
    a_form(meeting)
    registered(meeting, "Ada", diet="Vegan", access=SECRET)

    with pytest.raises(Refusal, match="its kind stays"):
        change(meeting, "diet", kind="number")
    with pytest.raises(Refusal, match="stays sensitive"):
        change(meeting, "access", is_sensitive=False)


def test_a_field_that_becomes_sensitive_seals_what_was_answered(meeting):
    a_form(meeting)
    ada = registered(meeting, "Ada", guests="3")
    amend(meeting, ada, guests="4")

    change(meeting, "guests", is_sensitive=True, roles=["door"])

    rows = db.session.execute(sa.text("SELECT value, number FROM registration_answer")).all()
    past = db.session.execute(sa.text("SELECT value, number FROM registration_past_answer")).all()
    assert (rows, past) == ([(None, None)], [(None, None)])
    assert (told(ada), told(ada, ["door"])) == ({"Guests": None}, {"Guests": "4"})


def test_a_sealed_answer_stands_nowhere_in_the_database(meeting):
    a_form(meeting)
    ada = registered(meeting, "Ada", access=SECRET)
    amend(meeting, ada, access=f"{SECRET}!")

    found = [table.name for table in sa.inspect(db.engine) and db.metadata.sorted_tables if holds(table, "Rosalind")]

    assert found == [] and told(ada, ["registration"]) == {"What do you need?": f"{SECRET}!"}


def holds(table, text):
    """Whether any cell of a table holds the text, as the database itself has it."""
    rows = db.session.execute(sa.text(f'SELECT * FROM "{table.name}"')).all()
    return any(text in str(cell) for row in rows for cell in row)


def test_the_search_for_secrets_would_find_one(meeting):
    a_form(meeting, is_sensitive=False, roles=[])
    registered(meeting, "Ada", access=SECRET)

    assert [table.name for table in db.metadata.sorted_tables if holds(table, "Rosalind")] == ["registration_answer"]


@pytest.mark.parametrize(
    ("code", "op", "value", "who"),
    [
        ("diet", "is", "Vegan", ["Ada"]),
        ("diet", "is_not", "Vegan", ["Ben"]),
        ("guests", "more", "9", ["Ada"]),
        ("guests", "less", "10", ["Ben"]),
        ("guests", "answered", "", ["Ada", "Ben"]),
        ("guests", "is", "ten", []),
        ("diet", "less", "x", []),
        ("access", "answered", "", []),
        ("access", "contains", "wheelchair", []),
    ],
)
def test_a_filter_finds_who_answered_and_nothing_by_a_secret(meeting, code, op, value, who):
    a_form(meeting)
    registered(meeting, "Ada", diet="Vegan", guests="10", access=SECRET)
    registered(meeting, "Ben", diet="Everything", guests="9")

    clause = registration.answer_clause(fields(meeting)[code], op, value)
    rows = (
        sa.select(Registration).where(clause).order_by(Registration.id).options(sa.orm.joinedload(Registration.person))
    )

    assert [each.person.given_name for each in db.session.scalars(rows)] == who


def test_several_choices_are_found_one_by_one(meeting):
    with transaction():
        form.ask(meeting, code="days", label="Days", kind="choices", choices=["Mon", "Mo", "Tue"])
    registered(meeting, "Ada", days="|Mon|Tue|")
    field = fields(meeting)["days"]

    def count(op, value):
        clause = registration.answer_clause(field, op, value)
        return db.session.scalar(sa.select(sa.func.count(Registration.id)).where(clause))

    assert [count("contains", "Mon"), count("contains", "Mo"), count("is", "Mon"), count("is_not", "Mon")] == [
        1,
        0,
        0,
        1,
    ]
