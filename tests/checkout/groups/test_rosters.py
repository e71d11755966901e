"""Rosters of groups: from a file, whole or not at all, and by a link that takes so many."""

import pytest

from conference.kernel import Refusal, transaction
from conference.registration import Wish, groups
from conference.registration.groups import SeatState
from tests.cast import a_person
from tests.checkout.acting import place
from tests.checkout.groups.acting import decline, order, people_of, seat, states

CSV = "email,given_name,family_name,category,grant\n"


def checked(group, text, now):
    with transaction():
        return groups.check(group, name="lab.csv", text=text, now=now)


def test_bad_rows_are_named_and_nothing_of_the_file_is_kept(meeting, group, ben, now):
    place(meeting, ben, now)
    text = CSV + "ben@example.org,,,full,\nno address,,,full,\ndov@example.org,,,gold,\neve@example.org,,,full,\n"
    text += "EVE@example.org,,,full,\n"

    roster = checked(group, text, now)

    assert roster.report["faults"] == [
        {"line": 2, "reason": "ben@example.org is registered for this meeting already"},
        {"line": 3, "reason": "This is not an e-mail address. It looks like name@example.org."},
        {"line": 4, "reason": "There is no category “gold”."},
        {"line": 6, "reason": "eve@example.org stands in line 5 already"},
    ]
    with pytest.raises(Refusal, match="Line 2"), transaction():
        groups.bring_in(group, roster, by=group.coordinator, now=now)
    assert states(group) == []


def test_a_roster_is_brought_in_once_and_undone_whole_while_nobody_has_ordered_it(group, now):
    seat(group, "ben@example.org", now)
    roster = checked(group, CSV + "dov@example.org,Dov,,full,R01\neve@example.org,Eve,,full,R02\n", now)
    assert (roster.report["added"], len(states(group))) == (2, 1)
    with transaction():
        groups.bring_in(group, roster, by=group.coordinator, now=now)
    with pytest.raises(Refusal, match="already"), transaction():
        groups.bring_in(group, roster, by=group.coordinator, now=now)
    assert [each.seat.grant for each in groups.seats_of(group)] == ["", "R01", "R02"]

    with transaction():
        groups.undo_roster(group, groups.roster_of(group, roster.ref), by=group.coordinator, now=now)

    assert [each.seat.email for each in groups.seats_of(group)] == ["ben@example.org"]


def test_a_roster_that_is_ordered_is_not_undone(group, now):
    roster = checked(group, CSV + "dov@example.org,Dov,,full,R01\n", now)
    with transaction():
        groups.bring_in(group, roster, by=group.coordinator, now=now)
    order(group, now)

    with pytest.raises(Refusal, match="Nothing was undone"), transaction():
        groups.undo_roster(group, groups.roster_of(group, roster.ref), by=group.coordinator, now=now)

    assert states(group) == [SeatState.HELD]


def test_a_roster_link_takes_so_many_and_no_more(group, ben, now):
    with transaction():
        groups.open_link(group, most=1, by=group.coordinator, now=now)
        cleo = a_person("Cleo", now)
    with transaction():
        groups.join(group, ben, wish=Wish("full"), now=now)

    with pytest.raises(Refusal, match="link is closed"), transaction():
        groups.join(group, cleo, wish=Wish("full"), now=now)

    assert [each.seat.email for each in groups.seats_of(group)] == ["ben@example.org"]


def test_undoing_a_roster_leaves_whoever_has_said_no_where_they_are(group, now):
    roster = checked(group, CSV + "dov@example.org,Dov,,full,R01\neve@example.org,Eve,,full,R02\n", now)
    with transaction():
        groups.bring_in(group, roster, by=group.coordinator, now=now)
    decline(group, "dov@example.org", now)

    with transaction():
        groups.undo_roster(group, groups.roster_of(group, roster.ref), by=group.coordinator, now=now)

    assert people_of(group) == {"dov@example.org": "declined"}
