"""A place that is kept for somebody counts like any other, is theirs alone until its day, and is free the moment it is given up."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from conference import checkout, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import Place, SoldOut, invitations
from conference.registration.invitations import actions, sweeping
from tests.cast import a_person
from tests.checkout.acting import lapse, letters, paid, place, settle
from tests.checkout.invitations.acting import (
    a_kind,
    entry_of,
    hands,
    in_step,
    invite,
    register,
    shown,
    sweep,
    take_up,
)

ADA, BEN = "ada@example.org", "ben@example.org"
NAMES = ("a", "b", "c")
ALL = [f"{name}@example.org" for name in NAMES]
DAY = timedelta(days=1)


def test_kept_places_are_counted_and_no_newcomer_gets_them(meeting, kept, ben, now):
    invite(meeting, kept, ALL[:2], now)
    first = place(meeting, ben, now)

    with transaction():
        late = a_person("Late", now)
    with pytest.raises(SoldOut):
        place(meeting, late, now)

    assert first.total_minor == 44000
    assert (hands(), in_step()) == ({"offered": 2, "held": 1, "free": 0}, True)


def test_a_kept_place_becomes_the_order_s_and_then_theirs(meeting, keynotes, ada, now):
    (found,) = invite(meeting, keynotes, [ADA], now)
    before = shown(found), hands()

    register(found, now)

    assert before == ("kept", {"offered": 1, "free": 2})
    assert (shown(found), hands(), in_step()) == ("registered", {"kept": 1, "free": 2}, True)


def test_an_unpaid_order_gives_it_back_to_the_invitation(meeting, now, ada, monkeypatch):
    half = a_kind(meeting, now, effect="percent", percent=50, keeps_places=True, kept_until=now + 10 * DAY)
    (found,) = invite(meeting, half, [ADA], now)
    order = register(found, now)
    held = hands()

    lapse(order, order.expires_at)
    between = shown(found), hands()
    sweep(monkeypatch, now + 10 * DAY)

    assert (held, between) == ({"held": 1, "free": 2}, ("kept", {"offered": 1, "free": 2}))
    assert (shown(found), hands(), in_step()) == ("invited", {"free": 3}, True)


def test_its_day_over_it_is_free_and_the_invitation_stands(meeting, kept, ada, now, monkeypatch):
    (found,) = invite(meeting, kept, [ADA], now)

    moved = sweep(monkeypatch, now + 10 * DAY)
    order = register(found, now + 11 * DAY)

    assert (moved, order.total_minor, shown(found)) == (1, 0, "registered")
    assert in_step()


@pytest.mark.parametrize("ends", ["decline", "withdraw"])
def test_given_up_it_is_free_at_once(meeting, kept, ends, now):
    first, second, _third = invite(meeting, kept, ALL, now)

    with transaction():
        getattr(invitations, ends)(first, reason="Cannot come", by=None, now=now)

    assert (shown(first), shown(second), hands()) == (
        f"{ends}d" if ends == "decline" else "withdrawn",
        "kept",
        {"offered": 2, "free": 1},
    )
    assert in_step()


def test_whoever_takes_part_from_afar_needs_no_kept_place(meeting, kept, ada, now):
    (found,) = invite(meeting, kept, [ADA], now)
    draft = take_up(found, now)
    with transaction():
        wish = registration.Wish("full", mode="virtual")
        registration.choose(draft, category=draft.category, wish=wish, dues_code="", now=now)
        registration.answer(draft, answers={}, conduct_code=None, now=now)

    with transaction():
        checkout.place(draft=entry_of(meeting, ADA), meeting=meeting, person=ada, now=now)

    assert (shown(found), hands(), in_step()) == ("registered", {"free": 3}, True)


def test_whoever_registers_without_it_uses_the_kept_place_once(meeting, kept, ada, now, monkeypatch):
    (found,) = invite(meeting, kept, [ADA], now)
    order = place(meeting, ada, now)
    settle(order, paid(order), now)

    assert (shown(found), hands(), in_step()) == ("apart", {"kept": 1, "free": 2}, True)


def test_a_place_aside_that_nobody_needs_is_freed_by_the_sweep(meeting, kept, ada, now, monkeypatch):
    (found,) = invite(meeting, kept, [ADA], now)
    order = place(meeting, ada, now, mode="virtual")
    settle(order, paid(order), now)
    between = hands()

    sweep(monkeypatch, now + DAY)

    assert (between, hands(), shown(found)) == ({"offered": 1, "free": 2}, {"free": 3}, "apart")
    assert in_step()


def test_a_place_that_is_extended_while_the_sweep_comes_is_kept(meeting, kept, ada, now):
    """The sweep has read whose day is over, and the office is faster."""
    late = now + 10 * DAY
    (found,) = invite(meeting, kept, [ADA], now)
    keys = sweeping.kept_too_long(late)
    times = {"valid_until": now + 30 * DAY, "kept_until": now + 20 * DAY}
    with transaction():
        invitations.extend(invitations.queries.by_id(found.id), by=None, now=late, **times)

    with transaction():
        freed = [actions.free_if_over(key, now=late) for key in keys]
    with transaction():
        later = actions.free_if_over(found.id, now=now + 20 * DAY)

    assert (keys, freed, later) == ([found.id], [False], True)
    assert (shown(found), hands(), in_step()) == ("invited", {"free": 3}, True)


def test_a_place_that_is_freed_while_it_is_extended_is_not_told_to_be_kept(meeting, kept, ada, now):
    """The office has read the invitation, and somebody else is faster."""
    (found,) = invite(meeting, kept, [ADA], now)
    before, times = letters(), {"valid_until": now + 30 * DAY, "kept_until": now + 20 * DAY}

    with pytest.raises(Refusal, match="its place was freed meanwhile"), transaction():
        stale = invitations.queries.by_id(found.id)
        freed = update(invitations.Invitation).values(pool_id=None)
        db.session.execute(freed, execution_options={"synchronize_session": False})
        invitations.extend(stale, by=None, now=now, **times)

    assert (letters(), in_step()) == (before, True)


def test_the_office_registers_them_in_the_place_that_is_kept(meeting, kept, ben, now):
    (found, *_others) = invite(meeting, kept, ALL, now)
    values = {
        "email": ALL[0],
        "given_name": "Ann",
        "family_name": "",
        "degrees": "",
        "institution": "",
        "country": "US",
    }

    def enter(email, total, given_name="Ann"):
        facts = {
            "values": values | {"email": email, "given_name": given_name},
            "paid_as": "cash",
            "seen_total": total,
            "letter": False,
            "by": ben,
        }
        with transaction():
            checkout.enter_one(meeting=meeting, wish=registration.Wish("full"), now=now, **facts)

    enter(ALL[0], 0)
    with pytest.raises(Refusal, match="no place is left"):
        enter("late@example.org", 44000, "Late")

    assert (shown(found), hands(), in_step()) == ("registered", {"kept": 1, "offered": 2, "free": 0}, True)


def test_more_places_than_there_are_are_not_kept_and_nobody_is_invited(meeting, kept, now):
    with pytest.raises(Refusal, match="3 places are free, and 4 would be kept"):
        invite(meeting, kept, [*ALL, "d@example.org"], now)

    assert (hands(), letters(), in_step()) == ({"free": 3}, [], True)


def test_the_recount_sees_what_is_wrong(meeting, kept, ada, now):
    (found,) = invite(meeting, kept, [ADA], now)
    with transaction():
        db.session.execute(update(invitations.InvitationKind).values(invited=3))
        db.session.execute(delete(Place))
        other = registration.start(meeting=meeting, person=a_person("Other", now), now=now)
        db.session.add(Place(pool_id=found.pool_id, registration_id=other.id, state="offered", claimed_at=now))

    wrong = registration.miscounted()

    place = db.session.scalar(select(Place.id))
    assert wrong == [
        "invitations Speaker: 3 counted, 1 stand",
        f"place {place}: offered, and nobody has that offer",
        f"invitation {found.ref}: its place is missing",
    ]
