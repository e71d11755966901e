"""Who is invited, who is in a group, whose badge is an exhibitor's: found in the list, shown in columns, and treated together like all."""

import csv
import io

import pytest

from conference import payments, people, registration
from conference.kernel import clock, db, transaction
from conference.registration import groups, invitations
from tests.cast import a_person
from tests.checkout.exhibitors.acting import badge, count
from tests.checkout.exhibitors.acting import order as order_badges
from tests.checkout.groups.acting import ordered
from tests.checkout.invitations import acting as inviting
from tests.staff.cast import a_registration, page, somebody
from tests.staff.exhibiting import acme, expo, kind
from tests.staff.together import LIST, became, begin, checked, work

__all__ = ["acme", "expo", "kind"]

EVERYBODY = {"ada", "ann", "gil", "sam"}


@pytest.fixture
def lab(meeting):
    """Gil's seat is paid by Pat, whose group it is."""
    now = clock.now()
    with transaction():
        pat = a_person("Pat", now)
        made = groups.make(meeting=meeting, coordinator=pat, by=pat, now=now, name="Pat Lab")
    found = groups.by_ref(meeting, made.ref)
    ordered(found, now, "gil@example.org", given_name="Gil")
    return found


@pytest.fixture
def mixed(meeting, acme, lab):
    """Ada has registered by herself, Sam as an invited speaker, Ann has a badge of Acme, Gil a seat of Pat's lab."""
    now = clock.now()
    a_registration(meeting, "Ada")
    somebody("Sam")
    speakers = inviting.a_kind(meeting, now)
    inviting.a_kind(meeting, now, code="PRESS", name="Press")
    (invitation,) = inviting.invite(meeting, speakers, ["sam@example.org"], now)
    inviting.register(invitation, now)
    badge(acme, "Ann", now)
    order_badges(acme, now)
    assert {name: entry_of(meeting, name).state for name in EVERYBODY} == dict.fromkeys(EVERYBODY, "confirmed")


def entry_of(meeting, name):
    db.session.expire_all()
    found = registration.registration_in(meeting, people.by_email(f"{name}@example.org"))
    return registration.by_id(found.id)


def listed(client, asked):
    text = page(client.get(f"{LIST}/list.csv?{asked}")).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def found(client, asked):
    return {row["E-mail"].partition("@")[0] for row in listed(client, f"columns=email&{asked}")}


def nothing_is_left_over():
    return payments.differences() + registration.miscounted() == []


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("invited=any", {"sam"}),
        ("invited=SPEAKER", {"sam"}),
        ("invited=PRESS", set()),
        ("invited=none", EVERYBODY - {"sam"}),
        ("group=any", {"gil", "ann"}),
        ("group=none", {"ada", "sam"}),
        ("group=nonsense", set()),
        ("exhibitor=any", {"ann"}),
        ("exhibitor=none", EVERYBODY - {"ann"}),
        ("group=any&exhibitor=none", {"gil"}),
        ("invited=none&group=none", {"ada"}),
    ],
)
def test_the_list_is_filtered_by_invitation_group_and_exhibitor(meeting, mixed, cleo, asked, shown):
    assert found(cleo, asked) == shown


def test_one_group_and_one_exhibitor_are_chosen_by_name(meeting, mixed, lab, acme, cleo):
    told = page(cleo.get(f"{LIST}?view=all"))

    for value, name in (("SPEAKER", "Speaker"), (lab.ref, "Pat Lab"), (acme.ref, "Acme")):
        assert f'<option value="{value}">{name}</option>' in told
    assert found(cleo, f"group={lab.ref}") == {"gil"}
    assert found(cleo, f"exhibitor={acme.ref}") == {"ann"}
    assert f'<option value="{lab.ref}" selected>Pat Lab</option>' in page(cleo.get(f"{LIST}?group={lab.ref}"))


def test_an_invitation_that_was_withdrawn_and_a_badge_that_was_taken_back_are_none(meeting, mixed, acme, cleo):
    with transaction():
        sam = inviting.of(meeting, "sam@example.org")
    for asked in ("exhibitor=any", "invited=any"):
        begin(cleo, "cancel", {"how": "free", "reason": "ill"}, asked)
        work()
    was_invited = found(cleo, "invited=any")
    with transaction():
        invitations.withdraw(invitations.queries.by_id(sam.id), by=None, now=clock.now(), reason="ill")

    assert was_invited == {"sam"}
    assert (found(cleo, "invited=any"), found(cleo, "exhibitor=any")) == (set(), set())


def test_their_columns_say_it_and_the_download_of_everything_too(meeting, mixed, cleo):
    rows = listed(cleo, "columns=given_name,invited,group,exhibitor&sort=given_name")
    whole = csv.DictReader(io.StringIO(page(cleo.get(f"{LIST}/export.csv")).removeprefix("\ufeff")))

    assert [tuple(row.values()) for row in rows] == [
        ("Ada", "", "", ""),
        ("Ann", "", "Acme", "Acme"),
        ("Gil", "", "Pat Lab", ""),
        ("Sam", "Speaker", "", ""),
    ]
    assert {row["given_name"]: (row["invited_as"], row["group"], row["exhibitor"]) for row in whole} == {
        row["Given name"]: (row["Invited as"], row["Group"], row["Exhibitor"]) for row in rows
    }


def test_a_letter_and_badges_are_for_those_of_one_kind_alone(meeting, mixed, cleo):
    told = checked(cleo, "letter", {"subject": "For speakers", "text": "Dear {name}"}, "invited=SPEAKER")

    assert "Send 1 letter" in told
    assert "sam@example.org" in told
    assert "1 badge" in page(cleo.get(f"{LIST}/badges?invited=SPEAKER&state=confirmed"))


def test_ending_all_of_them_gives_back_codes_badges_and_money_to_whoever_paid(meeting, mixed, lab, acme, cleo):
    told = checked(cleo, "cancel", {"how": "free", "reason": "Called off"})
    begin(cleo, "cancel", {"how": "free", "reason": "Called off"})
    work()

    assert "880.00 USD" in told.replace("\xa0", " ")
    assert became() == {name.title(): ("done", "") for name in EVERYBODY}
    assert {entry_of(meeting, name).state for name in EVERYBODY} == {"cancelled"}
    assert count(acme)[1:] == (0, 0)
    refunded = {payments.order_by_id(each.order_id).person_id for each in db.session.query(payments.Refund)}
    assert refunded == {people.by_email(f"{name}@example.org").id for name in ("ada", "pat")}
    assert nothing_is_left_over()


@pytest.mark.parametrize(("how", "moved"), [("today", {"ada", "gil"}), ("kept", EVERYBODY)])
def test_another_category_for_all_of_them_leaves_nothing_over(meeting, mixed, acme, cleo, how, moved):
    """At today's price whoever came free of charge is asked to pay first; the invitation is to one category."""
    with transaction():
        plus = registration.add_category(meeting, code="plus", name="Plus", position=3)
        registration.set_price(plus, meeting.windows[0], amount_minor=40000)

    begin(cleo, "category", {"category": "plus", "how": how, "reason": "Better so"})
    work()

    assert {each for each, _told in became().values()} == {"done"}
    assert {name for name in EVERYBODY if entry_of(meeting, name).category.code == "plus"} == moved
    assert nothing_is_left_over()
