"""What is done to many: first said of whom and of whom not and why, then done to just those, each once, whatever happens meanwhile."""

import re

import pytest

from conference import audit, registration
from conference.kernel import clock, db, transaction
from conference.staff.bulk import engine
from conference.staff.models import Bulk, BulkItem
from tests.staff.cast import a_registration, lapse, letters, page, settle
from tests.staff.together import AGAIN, LIST, NEW, became, begin, checked, crowd, recipients, seen_in, work

__all__ = ["crowd"]


def test_first_it_says_who_gets_which_letter_and_who_none_and_why(crowd, cleo):
    told = " ".join(page(cleo.get(f"{NEW}/{AGAIN}")).split())

    facts = re.findall(r"<dd[^>]*><bdi>(.*?)</bdi>", told)
    assert facts[:4] == ["3 registrations", "1", "2", "1"]
    assert "Send 3 letters" in told
    assert re.search(r"only begun, not registered .*?Demo, Gus", told)
    assert letters() == []


def test_then_the_worker_does_just_that(crowd, cleo):
    begun = begin(cleo, AGAIN)
    before = cleo.get(begun.location)
    work()
    after = cleo.get(begun.location)

    assert ("Refresh" in before.headers, "At work" in page(before)) == (True, True)
    assert ("Refresh" in after.headers, "Finished" in page(after)) == (False, True)
    assert recipients() == [("ada", "confirmed"), ("ben", "confirmed"), ("eve", "to_pay")]


@pytest.mark.parametrize(
    ("asked", "who"),
    [("mode=virtual", ["ben"]), ("state=held", ["eve"]), ("q=ada", ["ada"]), ("state=confirmed", ["ada", "ben"])],
)
def test_the_filters_of_the_list_hold(crowd, cleo, asked, who):
    begin(cleo, AGAIN, asked=asked)
    work()

    assert [name for name, _kind in recipients()] == who


def test_a_list_that_has_changed_since_it_was_shown_is_said_and_nothing_is_done(crowd, cleo, meeting):
    seen = seen_in(checked(cleo, AGAIN))
    a_registration(meeting, "Hal")

    answer = cleo.post(f"{NEW}/{AGAIN}", data={"seen": seen})

    assert answer.status_code == 409
    assert "The list has changed since you looked" in page(answer)
    assert "Send 4 letters" in page(answer)
    assert db.session.query(Bulk).count() == 0


def test_the_same_people_with_another_letter_are_another_list(crowd, cleo):
    seen = seen_in(checked(cleo, AGAIN))
    settle(crowd["Eve"])

    assert cleo.post(f"{NEW}/{AGAIN}", data={"seen": seen}).status_code == 409


@pytest.mark.parametrize("seen", ["", "x", "0" * 64, "9" * 300])
def test_nothing_is_done_that_was_not_shown(crowd, cleo, seen):
    answer = cleo.post(f"{NEW}/{AGAIN}", data={"seen": seen})
    work()

    assert answer.status_code == 409
    assert letters() == []


def test_nobody_is_nobody(crowd, cleo):
    told = checked(cleo, AGAIN, asked="q=nobody")

    assert "seen" not in told
    assert cleo.post(f"{NEW}/{AGAIN}?q=nobody", data={"seen": ""}).status_code == 409


def test_who_has_moved_on_meanwhile_is_left_as_they_are_and_the_page_says_why(crowd, cleo):
    begun = begin(cleo, AGAIN)
    lapse(crowd["Eve"])
    work()

    assert recipients() == [("ada", "confirmed"), ("ben", "confirmed"), ("eve", "lapsed")]
    assert became()["Eve"] == ("refused", "It has changed meanwhile: no letter fits.")
    assert "no letter fits" in page(cleo.get(f"{begun.location}?state=refused"))
    assert "Demo,refused" in page(cleo.get(f"{begun.location}/results.csv")).replace("eve@example.org,", "")


def test_two_who_begin_the_same_are_told_and_it_is_done_once(crowd, cleo):
    seen = seen_in(checked(cleo, AGAIN))

    answers = [cleo.post(f"{NEW}/{AGAIN}", data={"seen": seen}) for _ in range(2)]
    work()

    assert [answer.status_code for answer in answers] == [303, 409]
    assert "Cleo Desk has just begun the same" in page(answers[1])
    assert len(recipients()) == 3


def test_a_worker_that_dies_over_one_loses_nothing_and_repeats_nothing(crowd, cleo, monkeypatch):
    begin(cleo, AGAIN)
    done = engine._become

    def dies(item_id, *values, **more):
        done(item_id, *values, **more)
        raise KeyboardInterrupt

    assert engine.work_on_next(clock.now())
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(engine, "_become", dies)
        engine.work_on_next(clock.now())
    db.session.rollback()
    between = len(recipients())
    work()

    assert between == 1
    assert recipients() == [("ada", "confirmed"), ("ben", "confirmed"), ("eve", "to_pay")]


def test_what_breaks_for_one_does_not_keep_it_from_the_others(crowd, cleo, caplog):
    begin(cleo, AGAIN)
    with transaction():
        first = db.session.query(BulkItem).order_by(BulkItem.id).first()
        broken = registration.by_id(first.registration_id).person.given_name
        db.session.query(Bulk).update({"act": "cancel"})  # its facts are not those of this act

    for _ in range(9):
        work()

    assert {state for state, _why in became().values()} == {"refused"}
    assert "Something went wrong" in became()[broken][1]
    assert db.session.query(Bulk).one().finished_at is not None


def test_what_is_under_way_is_stopped_for_the_rest(crowd, cleo):
    begun = begin(cleo, AGAIN)
    assert engine.work_on_next(clock.now())

    answers = [cleo.post(f"{begun.location}/stop") for _ in range(2)]
    work()

    assert [answer.status_code for answer in answers] == [303, 409]
    assert len(recipients()) == 1
    assert sorted(state for state, _why in became().values()) == ["done", "stopped", "stopped"]


def test_the_trail_says_who_did_what_to_how_many(crowd, cleo, meeting):
    begin(cleo, AGAIN, asked="mode=virtual")

    entry = audit.story_of(meeting)[0]
    assert (entry.actor_name, entry.verb, entry.note) == ("Cleo Desk", "began together", "Send letters again")
    assert entry.after == {"mode": "virtual", "count": 1}


def test_what_was_done_stands_in_a_list(crowd, cleo):
    begun = begin(cleo, AGAIN)

    told = page(cleo.get(f"{LIST}/bulk"))

    assert f'href="{begun.location}"' in told
    assert "0 of 3" in told
