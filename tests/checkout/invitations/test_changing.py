"""What staff change of an invitation, lists that are looked at and undone, reminders that are sent once, and the limit of a kind."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import checkout, mail, people, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import DiscountCode, NotRedeemable, Pool, invitations
from tests.cast import a_membership, a_person
from tests.checkout.acting import letters, paid, place, settle
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


def look(meeting, kind, rows, now):
    kind = invitations.queries.kind_of(meeting, kind.code)
    return invitations.look(kind, [{"line": n, **row} for n, row in enumerate(rows, 2)], meeting=meeting, now=now)


def fresh(invitation):
    return invitations.queries.by_id(invitation.id)


def test_a_look_counts_places_and_money_and_changes_nothing(meeting, keynotes, ada, now):
    with transaction():
        a_membership(ada, now)

    found = look(meeting, keynotes, [{"email": ADA}, {"email": "x@example.org"}], now)

    member, other = 22000 + 9000, 44000 + 9000
    assert (found.kept, found.off.minor, found.faults) == (2, member + other, [])
    assert (found.valid_until, found.kept_until) == (meeting.windows[-1].ends_at,) * 2
    assert (hands(), letters(), db.session.scalars(select(invitations.Invitation)).all()) == ({"free": 3}, [], [])


def test_a_look_names_every_row_that_cannot_be_and_everybody_who_is_known(meeting, speakers, ada, ben, now):
    with transaction():
        cy = a_person("Cy", now)
    (first,) = invite(meeting, speakers, [ADA], now)
    order = place(meeting, ben, now)
    settle(order, paid(order), now)
    place(meeting, cy, now)
    (gone,) = invite(meeting, speakers, ["dee@example.org"], now)
    with transaction():
        invitations.decline(fresh(gone), reason="", by=None, now=now)
    rows = [
        {"email": ADA},
        {"email": "none"},
        {"email": BEN},
        {"email": "BEN@example.org"},
        {"email": "cy@example.org"},
        {"email": "dee@example.org"},
        {"email": "ada@work.example", "given_name": "Áda", "family_name": "DEMO"},
        {"email": "b@work.example", "given_name": "Ben", "family_name": "Demo"},
        {"email": "long@example.org", "note": "x" * 301},
    ]

    found = look(meeting, speakers, rows, now)

    assert [(each["line"], each["reason"]) for each in found.faults] == [
        (2, "ada@example.org is invited already: Speaker"),
        (3, "This is not an e-mail address. It looks like name@example.org."),
        (5, "ben@example.org stands in line 4 already"),
        (10, "note is longer than 300 characters"),
    ]
    assert [(each["line"], each["reason"]) for each in found.warnings] == [
        (4, "ben@example.org is registered already: the invitation can be applied to that afterwards"),
        (6, "cy@example.org has an order that waits for its payment"),
        (7, "dee@example.org was invited before: declined"),
        (8, "Ada Demo is invited already under ada@example.org (Speaker): the same person?"),
        (9, "Ben Demo is known under ben@example.org: the same person?"),
    ]
    assert (shown(first), found.registered) == ("invited", 1)


def test_one_row_at_fault_and_nobody_is_invited(meeting, speakers, now):
    invite(meeting, speakers, [ALL[0]], now)

    with pytest.raises(Refusal, match=r"Line 2: a@example.org is invited already: Speaker. Nobody was invited."):
        invite(meeting, speakers, [ALL[1], ALL[0]], now)

    assert people.by_email(ALL[1]) is None
    assert len(letters()) == 1


def test_a_list_is_sent_once(meeting, speakers, now):
    invite(meeting, speakers, ALL, now)
    kept = db.session.scalar(select(invitations.InvitationList))
    with transaction(), pytest.raises(Refusal, match="already"):
        by = people.by_email("desk@example.org")
        whole = invitations.queries.list_of(meeting, kept.ref)
        invitations.send(whole, meeting=meeting, seen=3, by=by, now=now)

    assert len(letters()) == 3


def test_a_list_is_undone_but_for_those_who_use_theirs(meeting, keynotes, now):
    found = invite(meeting, keynotes, ALL[:2], now)
    with transaction():
        person = people.by_email(ALL[0])
        people.update(person, by=None, now=now, given_name="Ann", country="US")
    register(found[0], now)
    take_up(found[1], now)
    kept = db.session.scalar(select(invitations.InvitationList.ref))

    with transaction():
        done = invitations.undo(invitations.queries.list_of(meeting, kept), meeting=meeting, by=None, now=now)
    with transaction(), pytest.raises(Refusal, match="undone already"):
        invitations.undo(invitations.queries.list_of(meeting, kept), meeting=meeting, by=None, now=now)

    assert (done, [shown(each) for each in found]) == ((1, ["Ann"]), ["registered", "withdrawn"])
    assert (entry_of(meeting, ALL[1]).discount_code, hands()) == ("", {"kept": 1, "free": 2})
    assert in_step()


def test_no_more_are_invited_than_the_kind_allows_and_who_ends_makes_room(meeting, now):
    kind = a_kind(meeting, now, most=2)
    first, _second = invite(meeting, kind, ALL[:2], now)
    with pytest.raises(Refusal, match="0 more can be invited as Speaker"):
        invite(meeting, kind, [ALL[2]], now)

    with transaction():
        invitations.withdraw(first, reason="Double", by=None, now=now)
    (third,) = invite(meeting, kind, [ALL[2]], now)

    assert (shown(third), in_step()) == ("invited", True)


def test_a_limit_is_not_set_below_those_who_are_invited(meeting, speakers, now):
    invite(meeting, speakers, ALL, now)
    facts = {"name": "Speaker", "most": 2}

    with pytest.raises(Refusal, match="3 are invited already"), transaction():
        kind = invitations.queries.kind_of(meeting, "SPEAKER")
        invitations.change_kind(kind, reminders=[], seen=1, by=None, now=now, **facts)
    with pytest.raises(Refusal, match="changed elsewhere"), transaction():
        kind = invitations.queries.kind_of(meeting, "SPEAKER")
        invitations.change_kind(kind, reminders=[], seen=7, by=None, now=now, **facts)

    assert invitations.queries.kind_of(meeting, "SPEAKER").most is None


def test_what_was_promised_stays_when_the_kind_is_changed(meeting, speakers, ada, ben, now):
    (first,) = invite(meeting, speakers, [ADA], now)
    with transaction():
        kind = invitations.queries.kind_of(meeting, "SPEAKER")
        facts = {"effect": "percent", "percent": 50, "budget_code": "NEW", "most": None}
        invitations.change_kind(kind, reminders=[], seen=1, by=None, now=now, **facts)
    (second,) = invite(meeting, invitations.queries.kind_of(meeting, "SPEAKER"), [BEN], now)

    totals = [register(each, now).total_minor for each in (first, second)]

    assert totals == [0, 22000]


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


def test_a_group_s_seat_is_not_repriced_behind_its_payer_s_back(meeting, speakers, ada, ben, now):
    with transaction():
        group = registration.groups.make(meeting=meeting, coordinator=ben, by=ben, now=now, name="Lab")
        wish = registration.Wish("full")
        registration.groups.add_seat(group, email=ADA, wish=wish, by=ben, now=now)
        group = registration.groups.by_ref(meeting, group.ref)
        quoted = checkout.quote_group(group, now=now)
        order = checkout.place_group(group, by=ben, now=now, seen_total=quoted.total.minor)
    settle(order, paid(order), now)
    (found,) = invite(meeting, speakers, [ADA], now)

    with pytest.raises(Refusal, match="A group has paid"):
        checkout.quote_applied(fresh(found), now=now)
