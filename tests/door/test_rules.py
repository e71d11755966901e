"""Who may come in."""

from datetime import date

import pytest

from conference.door.rules import Reason, Verdict, VerdictKind, verdict

DAYS = (date(2028, 5, 11), date(2028, 5, 13))
FINE = {
    "state": "confirmed",
    "mode": "in_person",
    "span": "whole",
    "today": DAYS[0],
    "meeting_days": DAYS,
    "is_in": False,
}


def test_whoever_has_paid_and_comes_in_person_may_come_in():
    assert verdict(**FINE) == Verdict(VerdictKind.READY)


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ({"state": "draft"}, Reason.UNFINISHED),
        ({"state": "held"}, Reason.UNPAID),
        ({"state": "cancelled"}, Reason.CANCELLED),
        ({"mode": "virtual"}, Reason.VIRTUAL),
        ({"is_this_meeting": False}, Reason.OTHER_MEETING),
    ],
)
def test_what_keeps_somebody_out_is_named(fact, reason):
    assert verdict(**{**FINE, **fact}) == Verdict(VerdictKind.BLOCKED, reason)


def test_a_day_ticket_opens_the_door_on_its_day_and_before_the_meeting():
    ticket = {**FINE, "span": "2028-05-12"}
    days = (date(2028, 5, 10), date(2028, 5, 11), date(2028, 5, 12), date(2028, 5, 13))

    assert [verdict(**{**ticket, "today": day}).kind for day in days] == ["ready", "blocked", "ready", "blocked"]
    assert verdict(**ticket) == Verdict(VerdictKind.BLOCKED, Reason.OTHER_DAY, date(2028, 5, 12))


def test_who_is_in_is_in_whatever_happened_since():
    assert verdict(**{**FINE, "state": "cancelled", "is_in": True}).kind is VerdictKind.IN
