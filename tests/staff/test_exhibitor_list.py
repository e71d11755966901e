"""The desk's list of exhibitors: badges and money counted, filters, downloads, the report, letters to all or one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import jobs, mail, registration
from conference.kernel import clock, db, transaction
from conference.registration import exhibitors
from tests.checkout.acting import paid, settle
from tests.checkout.exhibitors.acting import a_kind, an_exhibitor, badge, order, three
from tests.checkout.exhibitors.conftest import a_show
from tests.staff.cast import follow, page
from tests.staff.exhibiting import COMPANY, LIST, acme, expo, kind, letters, rows_of

__all__ = ["acme", "expo", "kind"]


def test_the_list_counts_badges_and_money_and_every_filter_finds(meeting, kind, acme, cleo):
    now = clock.now()
    with transaction():
        an_exhibitor(meeting, kind, now, company="Bolt", email="bolt@example.org", booths="7")
    made = three(acme, now)
    settle(made, paid(made), now)
    badge(acme, "Dee", now)
    order(acme, now)

    shown = page(cleo.get(LIST))

    for part in ("Acme", "Bolt", "2 of 2", "0 of 2", "300.00"):
        assert part in shown
    assert "2</span> <span" in shown  # two exhibitors
    for query, found in (
        ("q=214", "Acme"), ("q=bolt@example", "Bolt"), ("left=yes", "Bolt"), ("left=no", "Acme"), ("owed=yes", "Acme"),
        ("kind=inline&q=acm", "Acme"),
    ):  # fmt: skip
        rows = rows_of(cleo.get(f"{LIST}/exhibitors.csv?{query}"))
        assert [row["company"] for row in rows] == [found], query
    assert "No exhibitor matches" in page(cleo.get(f"{LIST}?q=nothing"))
    order_of = [row["company"] for row in rows_of(cleo.get(f"{LIST}/exhibitors.csv?sort=-company"))]
    assert order_of == ["Bolt", "Acme"]


@pytest.mark.parametrize(
    "sort", ["company", "booths", "kind", "allotted", "used", "left", "seats", "extra", "revenue", "owed"]
)
def test_every_column_sorts_both_ways(meeting, kind, acme, cleo, sort):
    with transaction():
        an_exhibitor(meeting, kind, clock.now(), company="Bolt", email="bolt@example.org", booths="7", booth_count=3)

    assert [cleo.get(f"{LIST}?sort={sign}{sort}").status_code for sign in ("", "-")] == [200, 200]


def test_names_that_nobody_has_said_are_found(meeting, acme, cleo):
    with transaction():
        wish = registration.Wish("expo")
        registration.groups.add_seat(acme.group, email="x@example.org", wish=wish, by=None, now=clock.now())

    assert [row["without_name"] for row in rows_of(cleo.get(f"{LIST}/exhibitors.csv?nameless=yes"))] == ["1"]
    badge(acme, "Ann", clock.now())
    assert [row["without_name"] for row in rows_of(cleo.get(f"{LIST}/exhibitors.csv?nameless=yes"))] == ["1"]


def test_every_badge_is_downloaded_with_its_reason(meeting, acme, cleo):
    now = clock.now()
    made = three(acme, now)
    settle(made, paid(made), now)
    badge(acme, "Dee", now)

    rows = rows_of(cleo.get(f"{LIST}/badges.csv"))

    told = [
        (row["name"], row["state"], row["free_of_charge"], row["number"], row["price"], row["list_price"])
        for row in rows
    ]
    assert told == [
        ("Ann", "paid", "yes", "1", "0.00", "300.00"),
        ("Bo", "paid", "yes", "2", "0.00", "300.00"),
        ("Cy", "paid", "no", "", "300.00", "300.00"),
        ("Dee", "not ordered", "", "", "", ""),
    ]
    assert cleo.get(f"{LIST}/badges.xlsx").status_code == 200 and cleo.get(f"{LIST}/exhibitors.xlsx").status_code == 200


def test_what_badges_would_have_cost_stands_by_kind_and_budget(meeting, acme, cleo):
    badge(acme, "Ann", clock.now())
    order(acme, clock.now())

    shown = page(cleo.get(LIST))

    assert "Exhibitor: Inline booth" in shown and "EXPO" in shown and "300.00" in shown


def test_an_exhibitors_people_are_found_in_the_list_of_registrations(meeting, kind, acme, cleo):
    now = clock.now()
    with transaction():
        bolt = an_exhibitor(meeting, kind, now, company="Bolt", email="bolt@example.org")
    badge(acme, "Ann", now)
    badge(bolt, "Bo", now)
    order(acme, now)
    order(bolt, now)

    def found(wish):
        return [
            row["E-mail"]
            for row in rows_of(cleo.get(f"/staff/registrations/T1/list.csv?columns=email&sort=name&exhibitor={wish}"))
        ]

    assert found(acme.ref) == ["ann@example.org"]
    assert sorted(found("any")) == ["ann@example.org", "bo@example.org"]
    assert "1 badge" in page(cleo.get(f"/staff/registrations/T1/badges?exhibitor={acme.ref}&state=confirmed"))


def test_contacts_are_invited_once_all_together_and_again_one_by_one(meeting, kind, acme, cleo):
    with transaction():
        an_exhibitor(meeting, kind, clock.now(), company="Bolt", email="bolt@example.org")
    assert "Send 2 letters" in page(cleo.get(f"{LIST}/letters"))

    assert cleo.post(f"{LIST}/letters", data={"kind": "invitation", "seen": "1"}).status_code == 409
    follow(cleo, cleo.post(f"{LIST}/letters", data={"kind": "invitation", "seen": "2"}))
    again = cleo.post(f"{LIST}/letters", data={"kind": "invitation", "seen": "2"})

    assert again.status_code == 409
    assert sorted(letters()) == [
        ("exhibitor_invited", "bolt@example.org"),
        ("exhibitor_invited", "contact@example.org"),
    ]
    follow(cleo, cleo.post(f"{LIST}/{acme.ref}/letter", data={"kind": "invitation"}))
    assert letters()[-1] == ("exhibitor_invited", "contact@example.org") and len(letters()) == 3
    assert "Every contact is invited." in page(cleo.get(f"{LIST}/letters"))


def test_who_has_badges_left_is_reminded_once_before_the_day_by_itself(meeting, expo):
    now = clock.now()
    with transaction():
        soon = {"names_until": now + timedelta(days=5), "remind_days": 7}
        kind = a_kind(meeting, now, **soon)
        later = a_kind(meeting, now, code="later", names_until=now + timedelta(days=50), remind_days=7)
        an_exhibitor(meeting, kind, now)
        an_exhibitor(meeting, later, now, company="Later", email="later@example.org")
        full = an_exhibitor(meeting, kind, now, company="Full", email="full@example.org")
    badge(full, "Ann", now)
    badge(full, "Bo", now)
    order(full, now)
    before = len(letters())

    jobs.run("exhibitors.remind")
    jobs.run("exhibitors.remind")

    assert letters()[before:] == [("exhibitor_reminded", "contact@example.org")]
    body = db.session.scalar(select(mail.Letter.body).where(mail.Letter.kind == "exhibitor_reminded"))
    assert "2 badges of Acme" in body and "/meetings/T1/group/" in body


def test_a_reminder_that_fails_keeps_no_other_away(meeting, expo):
    """The first one's meeting lies in a zone of which no clock knows, so that its letter cannot be written."""
    now = clock.now()
    with transaction():
        soon = {"names_until": now + timedelta(days=5), "remind_days": 7}
        elsewhere = a_show(now, code="T2")
        an_exhibitor(elsewhere, a_kind(elsewhere, now, **soon), now, email="elsewhere@example.org")
        an_exhibitor(meeting, a_kind(meeting, now, **soon), now)
        elsewhere.timezone = "No/Where"

    done, troubles = jobs.run_watched("exhibitors.remind")

    assert (done, letters()) == (1, [("exhibitor_reminded", "contact@example.org")])
    assert len(troubles) == 1 and "No/Where" in troubles[0]


def test_whoever_is_taken_away_before_their_letter_gets_none(meeting, acme):
    with transaction():
        exhibitors.remove(acme, by=None, now=clock.now())

    with transaction():
        written = exhibitors.write(acme.id, exhibitors.LetterKind.INVITATION, now=clock.now())

    assert (written, letters()) == (False, [])


def test_another_contact_is_invited_in_their_turn(meeting, acme, cleo):
    cleo.post(f"{LIST}/letters", data={"kind": "invitation", "seen": "1"})
    company = {**COMPANY, "email": "new@example.org", "kind_id": str(acme.kind_id)}
    cleo.post(f"{LIST}/{acme.ref}/edit", data=company)

    assert "Send 1 letter" in page(cleo.get(f"{LIST}/letters"))
