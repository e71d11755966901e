"""What staff change of an invitation, and reminders that are sent once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import mail, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import DiscountCode, NotRedeemable, Pool, invitations
from tests.checkout.acting import letters, place
from tests.checkout.invitations.acting import (
    a_kind,
    entry_of,
    hands,
    in_step,
    invite,
    of,
    register,
    shown,
    sweep,
    take_up,
)

ADA, BEN = "ada@example.org", "ben@example.org"
DAY = timedelta(days=1)
ALL = [f"{name}@example.org" for name in ("a", "b", "c")]


def fresh(invitation):
    return invitations.queries.by_id(invitation.id)


def test_extending_moves_its_end_and_the_place(meeting, now, ada, monkeypatch):
    kind = a_kind(meeting, now, keeps_places=True, kept_until=now + 5 * DAY, valid_until=now + 10 * DAY)
    (found,) = invite(meeting, kind, [ADA], now)
    with transaction():
        times = {"valid_until": now + 20 * DAY, "kept_until": now + 15 * DAY}
        invitations.extend(fresh(found), by=None, now=now, **times)

    sweep(monkeypatch, now + 11 * DAY)
    between = shown(found)
    sweep(monkeypatch, now + 15 * DAY)

    assert (between, shown(found)) == ("kept", "invited")
    assert (register(found, now + 19 * DAY).total_minor, in_step()) == (0, True)


def test_a_place_is_kept_anew_when_there_is_one(meeting, now, ada, ben, monkeypatch):
    kind = a_kind(meeting, now, keeps_places=True, kept_until=now + 5 * DAY)
    (found,) = invite(meeting, kind, [ADA], now)
    sweep(monkeypatch, now + 6 * DAY)
    late, times = now + 7 * DAY, {"valid_until": now + 40 * DAY, "kept_until": now + 30 * DAY}

    with transaction():
        invitations.extend(fresh(found), by=None, now=late, **times)
    kept = shown(found), hands()
    with transaction():
        registration.resize(db.session.scalar(select(Pool).where(Pool.name == "Venue")), places=1, by=None, now=late)
        invitations.free_place(found.id, now=late)
    place(meeting, ben, late)
    with pytest.raises(registration.SoldOut), transaction():
        invitations.extend(fresh(found), by=None, now=late, **times)

    assert kept == ("kept", {"offered": 1, "free": 2})
    assert (shown(found), in_step()) == ("invited", True)


@pytest.mark.parametrize(
    ("valid", "kept", "said"),
    [(-1, None, "over already"), (200, None, "closes before"), (10, 11, "at the latest"), (10, -1, "at the latest")],
)
def test_times_that_make_no_sense_are_refused(meeting, keynotes, now, valid, kept, said):
    (found,) = invite(meeting, keynotes, [ADA], now)
    kept_until = now + kept * DAY if kept else None

    with pytest.raises(Refusal, match=said), transaction():
        invitations.extend(fresh(found), valid_until=now + valid * DAY, kept_until=kept_until, by=None, now=now)


def test_another_category_takes_place_draft_and_code_along(meeting, keynotes, ada, now):
    (found,) = invite(meeting, keynotes, [ADA], now)
    take_up(found, now)
    student = registration.category_by_code(meeting, "student")

    with transaction():
        invitations.change_category(fresh(found), student, by=None, now=now)
    places = hands(), hands("Students")
    order = register(found, now)

    assert places == ({"free": 3}, {"offered": 1, "free": 0})
    assert [line.rule.get("category") for line in order.lines][:1] == ["student"]
    assert (order.total_minor, hands("Students"), in_step()) == (0, {"kept": 1, "free": 0}, True)
    with pytest.raises(Refusal, match="It is used"), transaction():
        invitations.change_category(fresh(found), registration.category_by_code(meeting, "full"), by=None, now=now)


def test_what_was_priced_a_moment_ago_is_not_used_after_a_change(meeting, speakers, ada, now):
    (found,) = invite(meeting, speakers, [ADA], now)
    draft = take_up(found, now)
    offer = registration.offer_for(draft, meeting=meeting, person=ada, now=now)
    with transaction():
        invitations.withdraw(fresh(found), reason="x", by=None, now=now)

    with pytest.raises(NotRedeemable), transaction():
        registration.hold(entry_of(meeting, ADA), add_ons=[], now=now, redeemed=offer.redeemed)

    assert (shown(found), db.session.scalar(select(DiscountCode.used))) == ("withdrawn", 0)


def test_who_has_declined_is_invited_again_with_a_link_of_its_own(meeting, keynotes, ada, now):
    (first,) = invite(meeting, keynotes, [ADA], now)
    with transaction():
        invitations.decline(fresh(first), reason="", by=None, now=now)

    (second,) = invite(meeting, keynotes, [ADA], now)

    assert first.key != second.key
    assert (register(second, now).total_minor, shown(first), shown(second)) == (0, "declined", "registered")
    assert in_step()


def test_reminders_go_once_to_those_who_have_not_answered(meeting, now, ada, ben, monkeypatch):
    kind = a_kind(meeting, now, reminders=[now + 5 * DAY, now + 10 * DAY], valid_until=now + 30 * DAY)
    found = invite(meeting, kind, [ADA, BEN, *ALL], now)
    register(found[0], now)
    with transaction():
        invitations.decline(fresh(found[2]), reason="", by=None, now=now)

    counts = [sweep(monkeypatch, now + days * DAY) for days in (4, 5, 5, 6, 10, 10, 20)]

    assert counts == [0, 3, 0, 0, 3, 0, 0]
    reminded = select(mail.Letter.to_email).where(mail.Letter.kind == "invitation-reminded")
    assert sorted(db.session.scalars(reminded)) == sorted(2 * [BEN, ALL[1], ALL[2]])


def test_a_worker_that_was_away_sends_one_reminder_and_none_from_before_the_invitation(meeting, now, ada, monkeypatch):
    kind = a_kind(meeting, now, reminders=[now - DAY, now + 2 * DAY, now + 4 * DAY], valid_until=now + 30 * DAY)
    (found,) = invite(meeting, kind, [ADA], now)

    counts = [sweep(monkeypatch, now + days * DAY) for days in (1, 9, 10)]

    assert (counts, letters().count("invitation-reminded")) == ([0, 1, 0], 1)
    assert [at for at, _sent in invitations.queries.reminded(fresh(found))] == [now + 2 * DAY, now + 4 * DAY]


def test_sent_again_it_is_the_same_link(meeting, speakers, ada, now):
    (found,) = invite(meeting, speakers, [ADA], now)
    with transaction():
        invitations.resend(fresh(found), by=None, now=now + DAY)

    bodies = list(db.session.scalars(select(mail.Letter.body).where(mail.Letter.kind == "invitation-invited")))
    assert len(bodies) == 2 and all(of(meeting, ADA).key in body for body in bodies)
