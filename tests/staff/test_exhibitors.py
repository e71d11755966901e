"""Exhibitors at the desk: kinds of booths, companies entered and changed, who may."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from conference import checkout
from conference.kernel import clock, db, transaction
from conference.registration import exhibitors
from tests.cast import a_person
from tests.checkout.exhibitors.acting import badge, count, order
from tests.checkout.groups import acting as of_groups
from tests.staff.cast import follow, page
from tests.staff.exhibiting import COMPANY, LIST, acme, expo, kind

__all__ = ["acme", "expo", "kind"]
KIND = {
    "code": "inline", "name": "Inline booth", "basis": "per_area", "badges": "3", "per_area": "100", "unit": "ft2",
    "rounding": "begun", "minimum": "2", "maximum": "", "company_most": "1", "late": "late_fee", "late_fee": "25.00",
    "remind_days": "14", "budget_code": "EXPO", "position": "1",
}  # fmt: skip


def the_kind(meeting):
    return exhibitors.queries.kinds_of(meeting)[0]


def typed(meeting, expo, **others):
    until = (meeting.starts - timedelta(days=30)).isoformat()
    return {**KIND, "category_id": str(expo.id), "names_until": until, **others}


def test_without_kinds_the_page_says_where_to_begin(meeting, cleo):
    assert "No kinds of booths yet" in page(cleo.get(LIST))
    assert "Make one first" in page(cleo.get(f"{LIST}/new"))


def test_a_kind_is_made_told_in_words_and_changed(meeting, expo, cleo):
    shown = follow(cleo, cleo.post(f"{LIST}/kinds/new", data=typed(meeting, expo)))

    assert "3 badges for each 100 ft² begun, at least 2" in shown
    assert "later, each costs 25.00" in shown
    kind = the_kind(meeting)
    assert (kind.company_most, kind.remind_days, kind.late_fee_minor) == (1, 14, 2500)
    assert kind.names_until.astimezone(meeting.zone).date() == meeting.starts - timedelta(days=29)

    changed = typed(meeting, expo, name="Corner booth", basis="per_booth", per_area="", company_most="")
    follow(cleo, cleo.post(f"{LIST}/kinds/{kind.id}", data=changed))
    db.session.expire_all()
    kind = the_kind(meeting)
    assert (kind.name, kind.rule.basis, kind.company_most) == ("Corner booth", "per_booth", None)
    assert "Changed: Corner booth" in page(cleo.get(f"{LIST}/kinds/{kind.id}"))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"per_area": ""}, "Say for how much area."),
        ({"maximum": "1"}, "It is smaller than the least."),
        ({"late_fee": ""}, "Say how much it is."),
        ({"late_fee": "much"}, "error"),
        ({"badges": "501"}, "A number from 0 to 500."),
        ({"names_until": ""}, "There is no day of names to remind of."),
        ({"code": "Not A Code"}, "Small letters"),
    ],
)
def test_a_kind_that_makes_no_sense_is_told_at_its_field(meeting, expo, cleo, wrong, told):
    response = cleo.post(f"{LIST}/kinds/new", data=typed(meeting, expo, **wrong))

    assert response.status_code == 422 and told in page(response)
    assert exhibitors.queries.kinds_of(meeting) == []


def test_an_exhibitor_is_entered_and_its_allotment_follows_its_booth(meeting, expo, cleo):
    cleo.post(f"{LIST}/kinds/new", data=typed(meeting, expo))
    company = {**COMPANY, "kind_id": str(the_kind(meeting).id)}

    shown = follow(cleo, cleo.post(f"{LIST}/new", data=company))

    assert "0 of 6" in shown and "contact@example.org" in shown and "Nobody was written to yet" in shown
    (acme,) = exhibitors.queries.by_ids(db.session.scalars(select(exhibitors.Exhibitor.id)).all())
    shown = follow(cleo, cleo.post(f"{LIST}/{acme.ref}/edit", data={**company, "area": "80"}))
    assert "0 of 3" in shown
    reason = {"override": "10", "override_reason": "Gold sponsor"}
    shown = follow(cleo, cleo.post(f"{LIST}/{acme.ref}/edit", data={**company, **reason}))
    assert "0 of 10" in shown and "10: Gold sponsor" in shown


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"company": ""}, "Type the company’s name."),
        ({"email": "nobody"}, "not an e-mail address"),
        ({"area": ""}, "go by the area"),
        ({"area": "big"}, "An area is a number"),
        ({"override": "9"}, "Say why"),
        ({"booth_count": "0"}, "A number from 1 to 200."),
    ],
)
def test_an_exhibitor_that_makes_no_sense_is_told_at_its_field(meeting, expo, cleo, wrong, told):
    cleo.post(f"{LIST}/kinds/new", data=typed(meeting, expo))

    response = cleo.post(f"{LIST}/new", data={**COMPANY, "kind_id": str(the_kind(meeting).id), **wrong})

    assert response.status_code == 422 and told in page(response)


def test_fewer_badges_than_are_used_are_refused_with_what_to_do(meeting, acme, cleo):
    for name in ("Ann", "Bo"):
        badge(acme, name, clock.now())
    order(acme, clock.now())
    company = {**COMPANY, "kind_id": str(acme.kind_id), "override": "1", "override_reason": "Contract"}

    response = cleo.post(f"{LIST}/{acme.ref}/edit", data=company)

    assert response.status_code == 409
    assert "Acme uses 2 badges of its allotment and would have 1" in page(response)
    assert count(acme) == (2, 2, 2)


def test_a_kind_that_somebody_has_stays(meeting, acme, cleo):
    response = cleo.post(f"{LIST}/kinds/{acme.kind_id}/remove")

    assert "Acme have such a booth" in page(response)


def test_who_has_ordered_nothing_can_be_taken_away(meeting, acme, cleo):
    shown = follow(cleo, cleo.post(f"{LIST}/{acme.ref}/remove"))

    assert "Acme is taken away" in shown
    assert db.session.scalar(select(func.count()).select_from(exhibitors.Exhibitor)) == 0


def test_every_state_of_a_seat_is_told(meeting, acme, cleo):
    now = clock.now()
    with transaction():
        for name in ("Ann", "Bo", "Dee"):
            a_person(name, now)
    for name in ("Ann", "Bo"):
        badge(acme, name, now)
    order(acme, now)
    badge(acme, "Dee", now)
    of_groups.decline(acme.group, "dee@example.org", now)
    entry = of_groups.entry_of(meeting, "bo@example.org")
    with transaction():
        seen = checkout.quote_cancel(entry, now=now, waived=True).seen
        checkout.cancel(entry, seen=seen, by=None, now=now, waived=True)

    shown = page(cleo.get(f"{LIST}/{acme.ref}"))

    assert all(word in shown for word in ("paid", "taken back", "said no"))


def test_finance_sees_and_downloads_and_changes_nothing(meeting, acme, fay, dov):
    assert fay.get(LIST).status_code == fay.get(f"{LIST}/{acme.ref}").status_code == 200
    assert fay.get(f"{LIST}/new").status_code == fay.post(f"{LIST}/{acme.ref}/remove").status_code == 403
    assert dov.get(LIST).status_code == 403


def test_an_exhibitor_of_another_meeting_is_not_there(meeting, acme, cleo):
    assert cleo.get(f"/staff/exhibitors/T9/{acme.ref}").status_code == 404
