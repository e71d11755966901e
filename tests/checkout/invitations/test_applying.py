"""Somebody registered and paid before they were invited: the difference goes back to the cent, once, and the books tie out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conference import checkout, payments, registration
from conference.kernel import Refusal, db, transaction
from conference.registration import CodeUse, DiscountCode, invitations
from tests.cast import a_draft, a_membership
from tests.checkout.acting import letters, paid, place, settle
from tests.checkout.changing.acting import cancel, fresh, going_back, lines, ticket
from tests.checkout.invitations.acting import a_kind, entry_of, hands, in_step, invite, register, shown

ADA = "ada@example.org"


@pytest.fixture
def entry(meeting, ada, now):
    """Ada's registration, paid: the whole meeting for 440, the dinner for 90, the workshop for 50."""
    order = place(meeting, ada, now, extras=["dinner", "workshop"])
    settle(order, paid(order), now)
    return registration.by_id(registration.registration_in(meeting, ada).id)


def apply(invitation, now, *, seen=None):
    with transaction():
        found = invitations.queries.by_id(invitation.id)
        _entry, quote = checkout.quote_applied(found, now=now)
        return checkout.apply_invitation(found, seen=seen or quote.seen, by=None, now=now)


def uses():
    db.session.rollback()
    rows = select(DiscountCode.code, DiscountCode.used, CodeUse.off_minor, CodeUse.state).outerjoin(
        CodeUse, CodeUse.code_id == DiscountCode.id
    )
    return [tuple(row) for row in db.session.execute(rows.order_by(DiscountCode.id))]


def test_the_ticket_goes_back_and_the_rest_stays(meeting, speakers, entry, now):
    (found,) = invite(meeting, speakers, [ADA], now)
    before = shown(found)

    asked = apply(found, now)

    assert (before, shown(found)) == ("apart", "registered")
    assert lines(asked.order_id) == [("registration", 0)]
    assert (going_back(), ticket(entry)[3], fresh(entry).ribbons) == ([44000], ["dinner", "workshop"], ["Speaker"])
    sold = checkout.lines_of(fresh(entry))[0]
    assert "Speaker: invited by the programme committee, budget PRG: free of charge (440.00 USD off)" in sold.why
    assert letters() == ["changed", "confirmed", "invitation-applied", "invitation-invited"]
    assert (hands(), in_step()) == ({"kept": 1, "free": 2}, True)


def test_named_add_ons_go_back_too(meeting, keynotes, entry, now):
    (found,) = invite(meeting, keynotes, [ADA], now)

    apply(found, now)

    assert (sorted(going_back()), ticket(entry)[3]) == ([9000, 44000], ["dinner", "workshop"])
    assert uses() == [(found.code.code, 1, 53000, "kept")]
    assert in_step()


def test_a_share_goes_back_as_a_share(meeting, entry, now):
    kind = a_kind(meeting, now, effect="percent", percent=25)
    (found,) = invite(meeting, kind, [ADA], now)

    asked = apply(found, now)

    assert (lines(asked.order_id), going_back()) == ([("registration", 33000), ("credit", -33000)], [11000])
    assert in_step()


def test_a_former_code_gives_way_and_nothing_is_taken_off_twice(meeting, speakers, ada, now):
    with transaction():
        registration.add_code(meeting, code="HALF", effect="percent", percent=50, reason="Award", most_uses=1)
        draft = a_draft(meeting, ada, now)
        checkout.redeem(draft, "HALF", meeting=meeting, person=ada, now=now)
    with transaction():
        order = checkout.place(draft=draft, meeting=meeting, person=ada, now=now)
    settle(order, paid(order), now)
    (found,) = invite(meeting, speakers, [ADA], now)

    apply(found, now)

    assert going_back() == [22000]
    assert uses() == [("HALF", 0, None, None), (found.code.code, 1, 44000, "kept")]
    assert not any("HALF" in text for text in checkout.lines_of(fresh(entry_of(meeting, ADA)))[0].why)
    assert in_step()


def test_it_is_applied_once_and_only_at_the_price_that_was_seen(meeting, speakers, entry, now):
    (found,) = invite(meeting, speakers, [ADA], now)

    with pytest.raises(Refusal, match="price has changed"):
        apply(found, now, seen="0:1:1:1")
    apply(found, now)
    with pytest.raises(Refusal, match="registered with it already"):
        apply(found, now)

    assert (going_back(), in_step()) == ([44000], True)


def test_another_category_has_to_be_changed_first(meeting, entry, now):
    kind = a_kind(meeting, now, category="student")
    (found,) = invite(meeting, kind, [ADA], now)
    with pytest.raises(Refusal, match="registered as Full"):
        apply(found, now)

    with transaction():
        full = registration.category_by_code(meeting, "full")
        invitations.change_category(invitations.queries.by_id(found.id), full, by=None, now=now)
    apply(found, now)

    assert (going_back(), in_step()) == ([44000], True)


def test_what_is_left_is_refunded_to_the_cent_when_they_cancel(meeting, keynotes, entry, now):
    with transaction():
        steps = [{"kind": "cancel", "until": now + timedelta(days=90)}]
        registration.changes.set_steps(meeting, steps, by=None, now=now)
    (found,) = invite(meeting, keynotes, [ADA], now)
    apply(found, now)

    cancel(entry, now)

    assert (sum(going_back()), shown(found), fresh(entry).ribbons) == (44000 + 9000 + 5000, "invited", [])
    again = register(found, now)
    assert (again.total_minor, shown(found), in_step()) == (5000, "ordered", True)


def test_what_a_group_has_paid_goes_back_to_its_payer_and_the_seat_stays(meeting, speakers, ada, ben, now):
    with transaction():
        a_membership(ada, now)
        group = registration.groups.make(meeting=meeting, coordinator=ben, by=ben, now=now, name="Lab")
        registration.groups.add_seat(group, email=ADA, wish=registration.Wish("full"), grant="G1", by=ben, now=now)
    group = registration.groups.by_ref(meeting, group.ref)
    with transaction():
        quoted = checkout.quote_group(group, now=now)
        order = checkout.place_group(group, by=ben, now=now, seen_total=quoted.total.minor)
    settle(order, paid(order), now)
    (found,) = invite(meeting, speakers, [ADA], now)

    asked = apply(found, now)

    sold = payments.order_by_id(asked.order_id)
    (back,) = db.session.scalars(select(payments.Refund))
    assert (back.order_id, back.amount_minor, sold.person_id) == (order.id, 22000, ben.id)
    assert "membership" not in " ".join(sold.lines[0].why) and "Speaker: invited" in sold.lines[0].why[-1]
    assert [(str(each.state), each.seat.grant) for each in registration.groups.seats_of(group)] == [("paid", "G1")]
    assert (shown(found), in_step()) == ("registered", True)


def test_whoever_has_not_paid_has_nothing_to_apply_it_to(meeting, speakers, ada, now):
    (found,) = invite(meeting, speakers, [ADA], now)
    with pytest.raises(Refusal, match="not registered yet"):
        apply(found, now)
    order = place(meeting, ada, now)
    with pytest.raises(Refusal, match="confirmed"):
        apply(found, now)

    assert (order.total_minor, payments.differences()) == (44000, [])
