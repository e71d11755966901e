"""Evaluating: once each, changeable until it closes, nobody recognised, nothing told of fewer than three."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from conference import accounts, attending, people, registration
from conference.attending.evaluations import queries, rules
from conference.attending.evaluations.models import Evaluation
from conference.kernel import Refusal, db, transaction
from tests.attending.conftest import BASE, STARTS, registered, release
from tests.conftest import NOW
from tests.signing_in import account_of, browser_of, signed_in

AFTER = STARTS + timedelta(hours=2)
FORM = f"{BASE}/sessions/10/evaluation"
DESK = "/staff/schedule/T1"


@pytest.fixture
def form(meeting):
    """The usual form."""
    return asked(meeting)


def asked(meeting, **changes):
    usual = {"questions": attending.usual(), "is_on": True, "begins": "end", "days": 14, "version": 0}
    with transaction():
        return attending.set_form(meeting, by=None, now=NOW, **usual | changes)


def someone(app, meeting, name):
    """A registered person's browser, signed in at the time of the meeting."""
    account = account_of(f"{name}@example.org", given_name=name.title(), family_name="Demo", country="US")
    registered(meeting, name, NOW, person=account.person)
    with time_machine.travel(AFTER, tick=False):
        return browser_of(app, account)


def signed_in_again(app, name):
    """Their browser, signed in at the time at which it is asked for."""
    return browser_of(app, accounts.by_email(f"{name}@example.org"))


def sent(meeting, marks, text=""):
    """What a form sends: marks for the first questions, a text for the last."""
    form = queries.any_form_of(meeting.id)
    questions = queries.questions_of(form)
    fields = {"version": str(form.version)} | {
        f"q{each.id}": str(mark) for each, mark in zip(questions, marks, strict=False)
    }
    return {**fields, f"q{questions[-1].id}": text}


@pytest.mark.parametrize(
    ("begins", "now", "is_open"),
    [
        ("end", datetime(2027, 5, 11, 14, 59, tzinfo=UTC), False),
        ("end", datetime(2027, 5, 11, 15, tzinfo=UTC), True),
        ("start", datetime(2027, 5, 11, 14, tzinfo=UTC), True),
        ("start", datetime(2027, 5, 18, 3, 59, tzinfo=UTC), True),
        (
            "start",
            datetime(2027, 5, 18, 4, tzinfo=UTC),
            False,
        ),  # two days after the 15th are over at midnight in New York
    ],
)
def test_it_is_open_from_the_session_until_so_many_whole_days_after_the_meeting(begins, now, is_open):
    opens = rules.opens(begins, datetime(2027, 5, 11, 14, tzinfo=UTC), datetime(2027, 5, 11, 15, tzinfo=UTC))
    closes = rules.closes(date(2027, 5, 15), 2, ZoneInfo("America/New_York"))

    assert rules.is_open(opens, closes, now) is is_open


def test_answers_are_read_counted_and_told_in_no_order_of_coming():
    answers, faults = rules.read([("1", "mark"), ("2", "mark"), ("3", "text")], {"1": "5", "2": "6", "3": "Good"})
    many = [{"1": 5, "3": "zebra"}, {"1": 2, "3": "Apple"}, {"1": 5}]

    assert (answers, faults) == ({"1": 5, "3": "Good"}, {"2"})
    assert rules.read([("3", "text")], {"3": "x" * (rules.LONGEST + 1)})[1] == {"3"}
    assert rules.counts(many, "1") == ([0, 1, 0, 0, 2], 4)
    assert rules.texts(many, "3") == ["Apple", "zebra"]
    assert [rules.is_told(number) for number in (0, 2, 3)] == [False, False, True]


def test_one_answer_each_to_be_changed_and_taken_away(app, meeting, form):
    ada = someone(app, meeting, "ada")

    with time_machine.travel(AFTER, tick=False):
        first = ada.post(FORM, data=sent(meeting, [1, 2], "Too long"))
        second = ada.post(FORM, data=sent(meeting, [5]))
        (kept,) = db.session.query(Evaluation).all()
        assert list(kept.answers.values()) == [5]
        assert 'value="5" checked' in ada.get(FORM).text
        assert ada.post(FORM, data=sent(meeting, [7])).status_code == 422
        ada.post(FORM, data=sent(meeting, []))

    assert (first.status_code, second.status_code) == (303, 303)
    assert db.session.query(Evaluation).count() == 0


def test_what_is_kept_names_nobody_and_no_time(app, meeting, form):
    with time_machine.travel(AFTER, tick=False):
        someone(app, meeting, "ada").post(FORM, data=sent(meeting, [4]))

    (kept,) = db.session.query(Evaluation).all()
    entry = registered_ref(meeting)
    assert set(Evaluation.__table__.columns.keys()) == {"id", "meeting_id", "item", "seal", "answers"}
    assert len(kept.seal) == 64 and entry not in kept.seal
    assert not Evaluation.__table__.c.seal.foreign_keys


def registered_ref(meeting):
    return registration.registration_in(meeting, people.by_email("ada@example.org")).ref


def test_nothing_is_told_of_two_answers_and_all_of_three(app, meeting, form):
    cleo = signed_in(app, "cleo@example.org", roles=("programme",))
    texts = ["Zu lang", "Great", "Fine"]
    for number, name in enumerate(("ada", "ben", "dan")):
        if number == 2:
            before = cleo.get(f"{DESK}/sessions/10/evaluation").text + cleo.get(f"{DESK}/evaluation").text
            rows = cleo.get(f"{DESK}/evaluation.csv").text
        browser = someone(app, meeting, name)
        with time_machine.travel(AFTER, tick=False):
            assert browser.post(FORM, data=sent(meeting, [number + 3], texts[number])).status_code == 303

    after = cleo.get(f"{DESK}/sessions/10/evaluation").text
    assert "Great" not in before and "Zu lang" not in before and "2 answers" not in before and "Hands on" not in rows
    assert after.index("Fine") < after.index("Great") < after.index("Zu lang")
    assert "3 answers" in after and "Mean: 4.0" in after
    assert "Hands on,3," in cleo.get(f"{DESK}/evaluation.csv").text
    assert "Demo" not in after


def test_it_is_shut_before_its_time_for_strangers_and_for_what_is_cancelled(app, meeting, form, now):
    someone(app, meeting, "ada")
    ada = signed_in_again(app, "ada")
    assert ada.post(FORM, data=sent(meeting, [3])).status_code == 409
    assert "You can evaluate this session from" in ada.get(FORM).text
    assert "Evaluate this session" not in ada.get(f"{BASE}/sessions/10").text

    release(meeting, now, withdrawn=True)
    with time_machine.travel(AFTER, tick=False):
        ada, ben = signed_in_again(app, "ada"), signed_in(app, "ben@example.org")
        assert ben.post(FORM, data=sent(meeting, [3])).status_code == 409
        assert [ada.post(f"{BASE}/sessions/{number}/evaluation").status_code for number in (10, 13, 99)] == [
            409,
            409,
            404,
        ]
        assert "Evaluate this session" not in ada.get(f"{BASE}/sessions/10").text
    assert db.session.query(Evaluation).count() == 0


def test_questions_are_staffs_until_the_first_answer(app, meeting, form):
    cleo = signed_in(app, "cleo@example.org", roles=("programme",))
    fields = {"is_on": "y", "begins": "start", "days": "3", "kind": ["mark", "text"], "wording": ["Room", "Words"]}
    assert cleo.post(f"{DESK}/evaluation", data={**fields, "version": "2"}).status_code == 303
    assert cleo.post(f"{DESK}/evaluation", data={**fields, "version": "9"}).status_code == 409
    assert cleo.post(f"{DESK}/evaluation", data={**fields, "days": "x", "version": "3"}).status_code == 422

    with time_machine.travel(AFTER, tick=False):
        someone(app, meeting, "ada").post(FORM, data=sent(meeting, [4]))

    assert (
        cleo.post(f"{DESK}/evaluation", data={**fields, "wording": ["Hall", "Words"], "version": "3"}).status_code
        == 409
    )
    assert cleo.post(f"{DESK}/evaluation", data={**fields, "days": "9", "version": "3"}).status_code == 303
    questions = queries.questions_of(queries.any_form_of(meeting.id))
    assert [each.wording for each in questions] == ["Room", "Words"]


def test_a_form_without_questions_is_refused(meeting):
    with pytest.raises(Refusal, match="at least one"):
        asked(meeting, questions=[])


def test_answers_to_questions_that_have_changed_are_refused(app, meeting, form):
    ada, old = someone(app, meeting, "ada"), sent(meeting, [4], "Good")
    asked(meeting, version=queries.any_form_of(meeting.id).version, questions=[("text", "Something else")])

    with time_machine.travel(AFTER, tick=False):
        assert ada.post(FORM, data=old).status_code == 409
        assert ada.post(FORM, data=sent(meeting, [], "Good")).status_code == 303
    assert db.session.query(Evaluation).count() == 1
