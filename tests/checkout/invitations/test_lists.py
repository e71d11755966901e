"""Lists of people that are looked at, sent whole and undone; the limit of a kind; and what a letter has promised."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import people
from conference.kernel import Refusal, db, transaction
from conference.registration import invitations
from tests.cast import a_membership, a_person
from tests.checkout.acting import letters, paid, place, settle
from tests.checkout.invitations.acting import (
    a_kind,
    entry_of,
    hands,
    in_step,
    invite,
    register,
    shown,
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
