"""Waiting lists at the desk: the number of somebody in the order, and what is done to a list, each with its reason."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from conference import mail, registration
from conference.audit import Entry
from conference.kernel import clock, db, transaction
from conference.registration import Pool
from conference.registration.waiting import Wait
from tests.cast import a_draft
from tests.staff.cast import follow, page, somebody

LISTS = "/staff/waiting/T1"


@pytest.fixture
def line(meeting):
    """Ann is offered the only place of the boat; Ben, Cy and Di wait for it, in this order."""
    now = clock.now()
    with transaction():
        boat = registration.offer_add_on(meeting, code="boat", title="Boat", amount_minor=2000, places=0)
    waits = [_join(meeting, name, boat, now) for name in ("Ann", "Ben", "Cy", "Di")]
    with transaction():
        registration.resize(db.session.get(Pool, boat.pool_id), places=1, by=None, now=now)
    with transaction():
        registration.waiting.offer_next(boat.pool_id, now=now)
    return waits


def _join(meeting, name, boat, now):
    person = somebody(name)
    with transaction():
        return registration.waiting.join(a_draft(meeting, person, now), add_on=boat, now=now)


def numbers(text):
    """{name: the number in the order, or None} as the page has them."""
    rows = re.findall(r'data-label="Place"[^>]*>(.*?)</td>.*?<bdi>([^<]*)</bdi></a>', text, re.S)
    return {name: int(found[1]) if (found := re.search(r"<bdi>(\d+)", cell)) else None for cell, name in rows}


def states():
    db.session.rollback()
    return list(db.session.scalars(select(Wait.state).order_by(Wait.id)))


def reasons():
    db.session.rollback()
    return [each.note for each in db.session.scalars(select(Entry).order_by(Entry.id)) if each.note]


def act(browser, wait, verb, **typed):
    return browser.post(f"{LISTS}/wait/{wait.ref}/{verb}", data=typed)


def test_only_those_who_wait_are_numbered_and_moving_counts_the_same(meeting, line, cleo):
    before = numbers(page(cleo.get(f"{LISTS}/{line[0].pool_id}")))

    after = numbers(follow(cleo, act(cleo, line[3], "move", number="2", reason="Speaks on the boat")))

    assert before == {"Demo, Ann": None, "Demo, Ben": 1, "Demo, Cy": 2, "Demo, Di": 3}
    assert after == {"Demo, Ann": None, "Demo, Ben": 1, "Demo, Di": 2, "Demo, Cy": 3}
    assert "Speaks on the boat" in reasons()


def test_the_download_has_the_same_numbers(meeting, line, cleo):
    rows = csv.DictReader(io.StringIO(page(cleo.get(f"{LISTS}/waits.csv")).lstrip("\ufeff")))

    assert [(row["name"], row["number"]) for row in rows] == [
        ("Ann Demo", ""),
        ("Ben Demo", "1"),
        ("Cy Demo", "2"),
        ("Di Demo", "3"),
    ]


@pytest.mark.parametrize(
    ("verb", "typed"),
    [("move", {"number": "1"}), ("move", {"number": "0", "reason": "x"}), ("offer", {}), ("remove", {})],
)
def test_nothing_happens_without_a_reason_and_what_was_typed_is_kept(meeting, line, cleo, verb, typed):
    answer = act(cleo, line[2], verb, **typed)

    assert answer.status_code == 422
    assert all(f'value="{value}"' in page(answer) or value in page(answer) for value in typed.values())
    assert states() == ["offered", "waiting", "waiting", "waiting"]


def test_a_place_is_offered_out_of_turn_only_when_one_is_free(meeting, line, cleo):
    full = act(cleo, line[2], "offer", reason="Invited")
    with transaction():
        registration.resize(db.session.get(Pool, line[0].pool_id), places=2, by=None, now=clock.now())

    follow(cleo, act(cleo, line[2], "offer", reason="Invited"))

    assert full.status_code == 422 and "No place is free" in page(full)
    assert states() == ["offered", "waiting", "offered", "waiting"]
    assert "Invited" in reasons()


def test_whoever_is_taken_off_is_told_why(meeting, line, cleo):
    follow(cleo, act(cleo, line[1], "remove", reason="Asked by telephone"))
    again = act(cleo, line[1], "remove", reason="Asked by telephone")

    letter = db.session.scalar(select(mail.Letter).where(mail.Letter.kind == "waiting-removed"))
    assert (letter.to_email, "Asked by telephone" in letter.body) == ("ben@example.org", True)
    assert (again.status_code, states()) == (422, ["offered", "removed", "waiting", "waiting"])


def test_a_paused_list_offers_nothing_until_it_goes_on(meeting, line, cleo):
    pool_id = line[0].pool_id
    shown = follow(cleo, cleo.post(f"{LISTS}/{pool_id}/pause", data={"paused": "yes"}))
    with transaction():
        registration.waiting.leave(line[0], now=clock.now())
        paused = registration.waiting.offer_next(pool_id, now=clock.now())

    follow(cleo, cleo.post(f"{LISTS}/{pool_id}/pause", data={"paused": "no"}))
    with transaction():
        registration.waiting.offer_next(pool_id, now=clock.now())

    assert (paused, "Paused" in shown) == (None, True)
    assert states() == ["declined", "offered", "waiting", "waiting"]


def test_only_those_who_keep_registrations_do_it(meeting, line, dov):
    answers = [act(dov, line[1], verb, number="1", reason="me") for verb in ("move", "offer", "remove")]
    answers.append(dov.post(f"{LISTS}/{line[0].pool_id}/pause", data={"paused": "yes"}))

    assert {answer.status_code for answer in answers} <= {403, 404}
    assert states() == ["offered", "waiting", "waiting", "waiting"]
