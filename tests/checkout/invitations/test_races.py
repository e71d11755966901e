"""Invited people and newcomers at once: kept places are never sold twice and never anybody else's, a limit holds, one answer counts."""

import pytest
from sqlalchemy import func, select

from conference import payments, registration
from conference.kernel import clock, db, transaction
from conference.registration.invitations import Invitation, InvitationKind
from tests.cast import a_draft, a_meeting, a_person
from tests.checkout.invitations import racing as inviting
from tests.checkout.invitations.acting import a_kind, hands, invite, of, shown, take_up
from tests.checkout.racing import in_processes
from tests.checkout.test_races import FIFTY, settings, shares
from tests.conftest import empty_tables

__all__ = ["settings"]
NEW = [f"new{number}@example.org" for number in range(40)]
INVITED = [f"guest{number}@example.org" for number in range(50)]
SWEEP = ("sweep", "")


def a_crowd(context, *, places, **facts):
    """The meeting, newcomers with a finished draft, and people who can be invited, usually to a place that is kept for them."""
    now = clock.now()
    with transaction():
        meeting = a_meeting(now, code="R1", places=places)
    a_kind(meeting, now, **{"keeps_places": True, **facts})
    with transaction():
        for email in NEW:
            a_draft(meeting, a_person(email.partition("@")[0], now), now)
        for email in INVITED:
            a_person(email.partition("@")[0], now)
    db.session.rollback()  # no read of ours stands open while the others run
    return meeting


def guest_list(meeting, emails, *, ready=True):
    """These are invited, a place is kept for each, and, if they are `ready`, they have gone through the steps."""
    now = clock.now()
    (kind,) = registration.invitations.queries.kinds_of(meeting)
    for found in invite(meeting, kind, emails, now):
        if ready:
            take_up(found, now)
    db.session.rollback()  # no read of ours stands open while the others run


def won(results, what):
    return [email for done, email, came in results if done == what and came]


def standing():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Invitation))


def mixed(*groups):
    """All of them, in turns."""
    longest = max(len(group) for group in groups)
    return [group[number] for number in range(longest) for group in groups if number < len(group)]


def test_fifty_are_invited_and_forty_newcomers_buy_the_last_thirty_places(context, settings):
    a_crowd(context, places=30)
    work = mixed([("invite", email) for email in INVITED], [("buy", email) for email in NEW])

    results = in_processes(inviting.act, settings, shares(work, FIFTY))

    kept, bought = won(results, "invite"), won(results, "buy")
    assert len(kept) + len(bought) == 30
    assert hands() == {name: count for name, count in (("offered", len(kept)), ("held", len(bought))) if count} | {
        "free": 0
    }
    assert (standing(), registration.miscounted(), payments.differences()) == (len(kept), [], [])


def test_without_the_guard_more_places_are_kept_than_there_are(context, settings):
    """The control of the keeping; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    a_crowd(context, places=2)

    results = in_processes(
        inviting.act_with_loose_keeping, settings, shares([("invite", email) for email in INVITED[:4]])
    )

    assert len(won(results, "invite")) > 2
    empty_tables()  # nothing of it ties out, and the next test begins with nothing


def test_twenty_kept_places_are_taken_by_their_people_whoever_clicks_first(context, settings):
    meeting = a_crowd(context, places=23)
    guest_list(meeting, INVITED[:20])
    work = mixed([("buy", email) for email in NEW], [("register", email) for email in INVITED[:20]], [SWEEP] * 8)

    results = in_processes(inviting.act, settings, shares(work))

    assert (sorted(won(results, "register")), len(won(results, "buy"))) == (sorted(INVITED[:20]), 3)
    assert hands() == {"kept": 20, "held": 3, "free": 0}
    assert registration.miscounted() == payments.differences() == []


def test_the_limit_of_a_kind_holds_when_all_are_invited_at_once(context, settings):
    a_crowd(context, places=500, most=10)

    results = in_processes(inviting.act, settings, shares([("invite", email) for email in INVITED]))

    assert (len(won(results, "invite")), standing()) == (10, 10)
    assert (db.session.scalar(select(InvitationKind.invited)), registration.miscounted()) == (10, [])


def test_without_the_guard_more_are_invited_than_may_be(context, settings):
    """The control of the limit; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    a_crowd(context, places=500, most=2, keeps_places=False)

    results = in_processes(
        inviting.act_with_loose_limit, settings, shares([("invite", email) for email in INVITED[:4]])
    )

    assert len(won(results, "invite")) > 2
    empty_tables()


def test_the_same_person_is_invited_once(context, settings):
    a_crowd(context, places=500)

    results = in_processes(inviting.act, settings, shares([("invite", INVITED[0])] * 20))

    assert (len(won(results, "invite")), standing(), hands()["offered"]) == (1, 1, 1)
    assert registration.miscounted() == []


def test_registering_and_declining_at_once_is_one_of_the_two(context, settings):
    meeting = a_crowd(context, places=60)
    guest_list(meeting, INVITED[:12])
    work = mixed(
        *[[(what, email) for email in INVITED[:12]] for what in ("register", "decline", "decline", "register")]
    )

    results = in_processes(inviting.act, settings, [work[number::4] for number in range(4)])

    registered, declined = set(won(results, "register")), set(won(results, "decline"))
    assert (registered & declined, registered | declined) == (set(), set(INVITED[:12]))
    states = {email: shown(of(meeting, email)) for email in INVITED[:12]}
    assert states == {email: "registered" if email in registered else "declined" for email in INVITED[:12]}
    assert hands().get("kept", 0) == len(registered)
    assert registration.miscounted() == payments.differences() == []


def test_without_the_guards_what_ends_twice_counts_twice(context, settings):
    """The control of the ending; on SQLite the single writer is a guard of its own."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: there is no race to lose")
    meeting = a_crowd(context, places=60)
    guest_list(meeting, INVITED[:12], ready=False)

    in_processes(inviting.act_with_loose_ending, settings, shares([("withdraw", INVITED[0])] * 4))

    db.session.rollback()
    assert any("invitations Speaker" in text for text in registration.miscounted())
    empty_tables()
