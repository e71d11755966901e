"""Whoever is invited registers by their link at the price that was promised; nobody else does, and nothing of it is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import accounts, checkout, mail, people, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import CodeUse, NotRedeemable, invitations
from tests.cast import a_draft
from tests.checkout.acting import letters, paid, settle
from tests.checkout.changing.acting import cancel, ticket
from tests.checkout.invitations.acting import (
    a_kind,
    entry_of,
    hands,
    in_step,
    invite,
    is_confirmed,
    of,
    register,
    shown,
    sweep,
    take_up,
)

ADA, BEN, NEW = "ada@example.org", "ben@example.org", "new@example.org"


@pytest.fixture
def steps(meeting, now):
    with transaction():
        until = now + timedelta(days=90)
        registration.changes.set_steps(
            meeting, [{"kind": kind, "until": until} for kind in ("cancel", "substitute", "switch")], by=None, now=now
        )


def test_it_is_free_says_why_and_wears_the_ribbon(meeting, speakers, ada, now):
    (found,) = invite(meeting, speakers, [ADA], now)

    order = register(found, now)

    (line,) = order.lines
    assert (line.amount_minor, line.rule["list_minor"], line.rule["off_minor"]) == (0, 44000, 44000)
    assert "Speaker: invited by the programme committee, budget PRG: free of charge (440.00 USD off)" in line.why
    entry = registration.registration_in(meeting, ada)
    assert (entry.state, entry.ribbons, shown(found)) == ("confirmed", ["Speaker"], "registered")
    assert (hands(), in_step()) == ({"kept": 1, "free": 2}, True)


def test_the_letter_has_a_link_of_its_own_and_says_what_it_gives(meeting, keynotes, ada, now):
    invite(meeting, keynotes, [ADA, NEW], now, message="We look forward to your talk.")

    written = {each.to_email: each.body for each in db.session.scalars(select(mail.Letter))}
    keys = {email: of(meeting, email).key for email in (ADA, NEW)}
    assert len(set(keys.values())) == 2 and all(len(key) == 24 for key in keys.values())
    for email, body in written.items():
        assert f"/meetings/T1/invitation/{keys[email]}" in body
        assert "costs you nothing" in body and "Dinner" in body and "We look forward to your talk." in body
        assert "A place is kept for you until" in body


def test_other_things_are_added_at_their_price(meeting, speakers, ada, now):
    (found,) = invite(meeting, speakers, [ADA], now)
    draft = take_up(found, now)
    with transaction():
        wish = registration.Wish("full", extras=("dinner", "workshop"))
        registration.choose(draft, category=draft.category, wish=wish, dues_code="", now=now)
    draft = registration.registration_in(meeting, ada)
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=ada, now=now)
    ordered = shown(found)

    settle(order, paid(order), now)

    assert [(line.kind, line.amount_minor) for line in order.lines] == [
        ("registration", 0),
        ("add_on", 9000),
        ("add_on", 5000),
    ]
    assert (ordered, shown(found), in_step()) == ("ordered", "registered", True)


def test_named_add_ons_are_covered_and_chosen_others_are_not(meeting, keynotes, ada, now):
    (found,) = invite(meeting, keynotes, [ADA], now)

    order = register(found, now)

    assert [(line.kind, line.amount_minor) for line in order.lines] == [("registration", 0), ("add_on", 0)]
    used = db.session.scalar(select(CodeUse.off_minor))
    assert (used, ticket(entry_of(meeting, ADA))[3]) == (44000 + 9000, ["dinner"])


def test_a_share_is_taken_off_and_the_rest_is_paid(meeting, ada, now):
    kind = a_kind(meeting, now, effect="percent", percent=50)
    (found,) = invite(meeting, kind, [ADA], now)

    order = register(found, now)
    settle(order, paid(order), now)

    assert (order.total_minor, shown(found)) == (22000, "registered")


def test_nobody_else_can_use_the_link_or_the_code(meeting, speakers, ada, ben, now):
    (found,) = invite(meeting, speakers, [ADA], now)

    with pytest.raises(Refusal, match="somebody else"), transaction():
        invitations.take_up(found, ben, now=now)
    with transaction():
        draft = a_draft(meeting, ben, now)
    said = []
    for code in (found.code.code, "NONE-AT-ALL"):
        with pytest.raises(NotRedeemable) as refused, transaction():
            checkout.redeem(draft, code, meeting=meeting, person=ben, now=now)
        said.append(str(refused.value))

    assert len(set(said)) == 1
    assert shown(found) == "invited"


def test_an_address_that_changes_does_not_lose_it(meeting, speakers, ada, ben, now):
    (found,) = invite(meeting, speakers, [ADA], now)
    with transaction():
        accounts.mend_address(ada, "ada@elsewhere.example", by=None, now=now)
        accounts.mend_address(ben, ADA, by=None, now=now)

    with pytest.raises(Refusal, match="somebody else"), transaction():
        invitations.take_up(invitations.queries.by_id(found.id), people.by_email(ADA), now=now)
    order = register(found, now)

    assert (order.total_minor, order.person_id, shown(found)) == (0, ada.id, "registered")


def test_it_is_used_once_and_again_only_after_cancelling(meeting, speakers, ada, steps, now):
    (found,) = invite(meeting, speakers, [ADA], now)
    register(found, now)
    with pytest.raises(Refusal, match="registered"):
        take_up(found, now)

    cancel(entry_of(meeting, ADA), now)
    between = shown(found), entry_of(meeting, ADA).ribbons
    again = register(found, now)

    assert (between, again.total_minor, shown(found)) == (("invited", []), 0, "registered")
    assert (entry_of(meeting, ADA).ribbons, in_step()) == (["Speaker"], True)


def test_a_category_that_is_free_anyway_is_registered_with_it_too(meeting, ada, now):
    with transaction():
        press = registration.add_category(meeting, code="press", name="Press")
        registration.set_price(press, meeting.windows[0], amount_minor=0)
    kind = a_kind(meeting, now, category="press", code="PRESS", name="Press", ribbon="Press")
    (found,) = invite(meeting, kind, [ADA], now)

    order = register(found, now)

    assert (order.total_minor, shown(found), entry_of(meeting, ADA).ribbons) == (0, "registered", ["Press"])


def test_an_invitation_opens_a_category_that_is_not_on_offer_to_others(meeting, ada, ben, now):
    with transaction():
        faculty = registration.add_category(meeting, code="faculty", name="Faculty", is_on_offer=False)
        registration.set_price(faculty, meeting.windows[0], amount_minor=30000)
    kind = a_kind(meeting, now, category="faculty")
    (found,) = invite(meeting, kind, [ADA], now)
    codes = [[each.code for each in registration.on_sale(meeting, person, now).categories] for person in (ada, ben)]

    order = register(found, now)
    with pytest.raises(registration.NotSold), transaction():
        draft = a_draft(meeting, ben, now, category="faculty")
        checkout.place(draft=draft, meeting=meeting, person=ben, now=now)

    assert codes == [["full", "faculty", "student"], ["full", "student"]] or "faculty" in codes[0]
    assert "faculty" not in codes[1]
    assert (order.total_minor, shown(found)) == (0, "registered")


def test_another_category_is_not_covered_and_the_price_says_so(meeting, speakers, ada, now):
    (found,) = invite(meeting, speakers, [ADA], now)
    draft = take_up(found, now)
    with transaction():
        student = registration.category_by_code(meeting, "student")
        registration.choose(draft, category=student, wish=registration.Wish("student"), dues_code="", now=now)

    with pytest.raises(NotRedeemable, match="invitation is for another category"):
        registration.offer_for(registration.registration_in(meeting, ada), meeting=meeting, person=ada, now=now)


def test_declining_ends_it_and_a_later_click_is_told(meeting, speakers, ada, now):
    (found,) = invite(meeting, speakers, [ADA], now)
    take_up(found, now)

    with transaction():
        invitations.decline(found, reason="On sabbatical", by=None, now=now)
    with pytest.raises(Refusal, match="ended"):
        take_up(found, now)
    with pytest.raises(Refusal, match="ended meanwhile"), transaction():
        invitations.decline(invitations.queries.by_id(found.id), reason="", by=None, now=now)

    assert (shown(found), of(meeting, ADA).end_note) == ("declined", "On sabbatical")
    assert registration.registration_in(meeting, ada).discount_code == ""
    assert letters() == ["invitation-declined", "invitation-invited"]


def test_what_is_used_cannot_be_declined_or_withdrawn(meeting, speakers, ada, now):
    (found,) = invite(meeting, speakers, [ADA], now)
    register(found, now)

    for act in (invitations.decline, invitations.withdraw):
        with pytest.raises(Refusal, match="It is used"), transaction():
            act(invitations.queries.by_id(found.id), reason="x", by=None, now=now)

    assert (shown(found), is_confirmed(meeting, ADA)) == ("registered", True)


def test_an_invitation_is_not_passed_on_with_the_registration(meeting, speakers, ada, ben, steps, now):
    (found,) = invite(meeting, speakers, [ADA], now)
    register(found, now)

    with pytest.raises(Refusal, match="invitation"):
        checkout.quote_substitute(registration.by_id(entry_of(meeting, ADA).id), email=BEN, now=now)

    assert shown(found) == "registered"


def test_it_lapses_when_its_time_is_over_and_the_person_is_told(meeting, ada, now, monkeypatch):
    kind = a_kind(meeting, now, valid_until=now + timedelta(days=30))
    (found,) = invite(meeting, kind, [ADA], now)

    early, late = (sweep(monkeypatch, now + timedelta(days=days)) for days in (29, 31))
    again = sweep(monkeypatch, now + timedelta(days=32))

    assert (early, late, again, shown(found)) == (0, 1, 0, "lapsed")
    assert letters() == ["invitation-invited", "invitation-lapsed"]
    assert in_step()
