"""A place that becomes free goes to whoever waits, in order, for a time; nobody else gets it meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from conference import mail, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import Place, Pool, SoldOut
from conference.registration.waiting import WaitState
from tests.cast import a_draft
from tests.checkout.acting import lapse, paid, place, settle
from tests.checkout.waiting.acting import give_back, in_step, places, states, sweep, wait

SOON, LATER = timedelta(hours=1), timedelta(hours=49)


def test_a_place_given_back_is_offered_to_the_first_and_to_nobody_else(meeting, people, adas, line, now, monkeypatch):
    give_back(adas, now)

    with pytest.raises(SoldOut, match="others wait"):
        place(meeting, people[3], now)
    sweep(monkeypatch, now)

    assert list(states().values()) == ["offered", "waiting"]
    assert places() == ["offered"]
    with pytest.raises(SoldOut):
        place(meeting, people[3], now)
    assert in_step()


def test_an_offer_becomes_an_order_and_then_a_registration(meeting, people, adas, line, now, monkeypatch):
    give_back(adas, now)
    sweep(monkeypatch, now)

    order = place(meeting, people[1], now)
    held = places(), states()[line[0].id]
    settle(order, paid(order), now)

    assert held == (["held"], "accepted")
    assert (places(), states()[line[0].id]) == (["kept"], "done")
    assert in_step()


def test_an_offer_that_nobody_takes_moves_on_and_the_person_is_told(adas, line, now, monkeypatch):
    give_back(adas, now)
    sweep(monkeypatch, now)

    moved = sweep(monkeypatch, now + LATER)

    assert (moved, list(states().values())) == (2, ["lapsed", "offered"])
    kinds = [each for each in db.session.scalars(select(mail.Letter.kind).order_by(mail.Letter.id)) if "wait" in each]
    assert kinds == ["waiting-joined"] * 2 + ["waiting-offered", "waiting-lapsed", "waiting-offered"]
    assert in_step()


def test_an_offer_that_is_over_cannot_be_taken_even_before_the_sweep_has_come(
    meeting, people, adas, line, now, monkeypatch
):
    give_back(adas, now)
    sweep(monkeypatch, now)

    with pytest.raises(SoldOut, match="has ended"):
        place(meeting, people[1], now + LATER)

    assert states()[line[0].id] == "offered"
    assert in_step()


def test_an_unpaid_order_gives_the_place_back_to_its_offer_and_moves_on_when_that_ends(
    meeting, people, adas, line, now, monkeypatch
):
    give_back(adas, now)
    sweep(monkeypatch, now)
    order = place(meeting, people[1], now)

    lapse(order, order.expires_at)
    sweep(monkeypatch, order.expires_at)
    stands = list(states().values())
    sweep(monkeypatch, now + LATER)

    assert stands == ["offered", "waiting"]
    assert list(states().values()) == ["lapsed", "offered"]
    assert in_step()


def test_declining_gives_the_place_to_the_next_at_once(adas, line, now, monkeypatch):
    give_back(adas, now)
    sweep(monkeypatch, now)

    with transaction():
        registration.waiting.leave(line[0], now=now)
    sweep(monkeypatch, now)

    assert list(states().values()) == ["declined", "offered"]
    assert in_step()


def test_nobody_waits_twice_and_nobody_waits_for_what_is_free_or_theirs(meeting, people, adas, line, now):
    again = wait(meeting, people[1], now)
    with pytest.raises(Refusal, match="a place already"), transaction():
        entry = registration.registration_in(meeting, people[0])
        registration.waiting.join(entry, category=entry.category, now=now)
    with transaction():
        registration.resize(db.session.get(Pool, line[0].pool_id), places=9, by=None, now=now)
        for each in line:
            registration.waiting.leave(each, now=now)
    with pytest.raises(Refusal, match="no need to wait"):
        wait(meeting, people[3], now)

    assert again.id == line[0].id
    assert in_step()


def test_leaving_and_coming_back_is_the_end_of_the_list(meeting, people, line, now):
    with transaction():
        registration.waiting.leave(line[0], now=now)
    back = wait(meeting, people[1], now + SOON)

    assert registration.waiting.number_ahead(back) == 1
    assert states() == {line[0].id: "left", line[1].id: "waiting", back.id: "waiting"}
    assert in_step()


def test_when_registration_closes_the_list_ends_with_a_letter(meeting, adas, line, now, monkeypatch):
    give_back(adas, now)
    sweep(monkeypatch, now)
    closes = max(window.ends_at for window in meeting.windows)

    sweep(monkeypatch, closes)

    assert set(states().values()) == {WaitState.CLOSED}
    assert (places(), db.session.scalar(select(Pool.taken).where(Pool.name == "Venue"))) == ([], 0)
    letters = [each for each in db.session.scalars(select(mail.Letter.kind)) if each == "waiting-closed"]
    assert len(letters) == 2
    assert in_step()


def test_a_letter_with_an_offer_names_its_link_and_its_end(meeting, adas, line, now, monkeypatch):
    give_back(adas, now)
    sweep(monkeypatch, now)

    letter = db.session.scalar(select(mail.Letter).where(mail.Letter.kind == "waiting-offered"))

    assert letter.to_email == "ben@example.org"
    assert f"/waiting/{line[0].ref}" in letter.body
    assert "Wed 25 Nov 2026, 06:59 (Baltimore, EST)" in letter.body


def test_an_add_on_has_a_list_of_its_own(meeting, people, adas, now, monkeypatch):
    with transaction():
        dinner = registration.offer_add_on(meeting, code="dinner", title="Dinner", amount_minor=8500, places=1)
        registration.resize(db.session.scalar(select(Pool).where(Pool.name == "Venue")), places=9, by=None, now=now)
    first = place(meeting, people[1], now, extras=("dinner",))
    with transaction():
        draft = a_draft(meeting, people[2], now)
        mine = registration.waiting.join(draft, add_on=dinner, now=now)
    give_back(first, now)
    sweep(monkeypatch, now)
    with pytest.raises(SoldOut):
        place(meeting, people[3], now, extras=("dinner",))

    order = place(meeting, people[2], now, extras=("dinner",))
    settle(order, paid(order), now)

    assert states()[mine.id] == "done"
    assert in_step()


def test_the_recount_sees_what_is_wrong(adas, line, now, monkeypatch):
    give_back(adas, now)
    sweep(monkeypatch, now)
    with transaction():
        db.session.execute(update(Pool).where(Pool.name == "Venue").values(waiting=5))
        db.session.execute(update(Place).values(state="held"))

    found = registration.miscounted()

    assert found == [
        "waiting list of Venue: 5 counted, 1 wait",
        f"offer {line[0].ref}: offered, and its place is held",
    ]
