"""`flask demo`: a first look at desk, finance and door finds every state, and the books tie out."""

from collections import Counter

import pytest
import time_machine
from sqlalchemy import func, select

from conference import books, door, meetings, payments, registration
from conference.checkout.dunning import DunningLetter
from conference.demo.names import invented
from conference.demo.stories import CAST
from conference.kernel import Money, db
from conference.mail import Letter
from conference.payments import Line, Order, Payment, Refund
from conference.people import Person, ProfileForm
from conference.registration import Registration, exhibitors, groups, invitations
from conference.registration.waiting import Wait
from tests.conftest import NOW, empty_tables


@pytest.fixture(scope="module")
def filled(app):
    """The small demo in the database, read only: what the command printed."""
    with time_machine.travel(NOW, tick=False), app.app_context():
        empty_tables()
        yield app.test_cli_runner(catch_exceptions=False).invoke(args=["demo"])
        db.session.remove()


@pytest.fixture
def coming(filled):
    return meetings.by_code("AM28")


def counted(column, *where):
    return dict(db.session.execute(select(column, func.count()).where(*where).group_by(column)).all())


def test_no_two_people_are_called_the_same():
    names = Counter((each["given_name"], each["family_name"]) for each in map(invented, range(9000)))

    assert [name for name, count in names.items() if count > 1] == []
    assert invented(17) == invented(17)


def test_everybody_in_the_demo_has_a_name_of_their_own(filled):
    named = select(Person.given_name, Person.family_name).where(Person.email.is_not(None))
    names = db.session.execute(named).all()

    assert len(names) == len(set(names)) > 120


def test_every_state_of_a_registration_is_there_to_be_seen(coming):
    states = counted(Registration.state, Registration.meeting_id == coming.id)

    assert set(states) == set(registration.State)
    assert states["confirmed"] > 60
    assert set(counted(Registration.mode, Registration.meeting_id == coming.id)) == {"in_person", "virtual"}
    assert len(counted(Registration.span, Registration.meeting_id == coming.id)) > 2


def test_every_state_of_an_order_is_there_to_be_seen(filled):
    assert set(counted(Order.state)) == set(payments.OrderState)
    noted = list(db.session.scalars(select(Order.parked_reason).where(payments.needs_staff())))
    assert len(noted) == 3
    for words in ("the payer’s bank disputes a payment", "EUR, not USD", "it came for order"):
        assert sum(words in note for note in noted) == 1, words


def test_one_payment_is_disputed_and_waits_for_finance(filled):
    [dispute] = db.session.scalars(select(payments.Dispute))

    assert (dispute.state, dispute.place, dispute.taken) == ("needs_response", "undecided", dispute.amount)
    assert dispute.evidence_due_at > NOW
    assert payments.disputes.waiting_count() == 1


def test_orders_are_refunded_whole_and_in_part(filled):
    shares = Counter("whole" if each.refunded_minor == each.amount_minor else "part" for each in _refunded_payments())

    assert shares["whole"] > 0 and shares["part"] > 0
    assert set(counted(Refund.state)) == {payments.RefundState.SUCCEEDED, payments.RefundState.REQUESTED}
    by_hand = db.session.scalars(payments.refunds_by_hand()).all()
    assert len(by_hand) == counted(Refund.state)["requested"]


def test_some_places_wait_to_be_paid_now_and_some_for_days(filled):
    left = [order.expires_at - NOW for order in db.session.scalars(select(Order).where(Order.state == "open"))]

    assert len(left) == 14
    assert min(left).total_seconds() < 3600 and max(left).days > 7


def test_one_workshop_is_sold_out_and_one_nearly(coming):
    free = {each.code: each.pool.free for each in registration.add_ons_of(coming)}

    assert free["trials"] == 0
    assert 0 < free["vectors"] <= 10 < free["writing"] < free["dinner"]


def test_three_wait_for_the_full_workshop_and_one_is_offered_a_place(coming):
    [pool] = db.session.scalars(select(registration.Pool).where(registration.Pool.waiting > 0))

    assert counted(Wait.state) == {"offered": 1, "waiting": 3}
    assert (pool.name, pool.waiting, pool.free) == ("Workshop: First-in-human trials", 3, 0)


def test_members_and_others_register_and_some_join_with_it(coming):
    [(members, others)] = db.session.execute(
        select(
            func.count().filter(Line.why[0].as_string().startswith("Member price")),
            func.count().filter(Line.why[0].as_string().startswith("Non-member price")),
        ).where(Line.kind == "registration")
    )

    assert members > 10 and others > 10
    assert db.session.scalar(select(func.count()).where(Line.kind == "dues")) > 0


def test_the_door_knows_who_came_and_who_is_still_expected(coming):
    over = meetings.by_code("AM27")

    for meeting in (over, coming):
        arrived, expected = door.arrived(meeting)
        assert 0 < arrived < expected
    assert db.session.scalar(select(func.count()).where(door.CheckIn.undone_at.is_not(None))) > 0


def test_the_mailbox_begins_with_letters_about_orders_waiting_visas_groups_exhibitors_invitations_cards_and_a_dispute_alone(
    filled,
):
    kinds = counted(Letter.kind)

    visas = {"visa-received", "visa-ready", "visa-claim_received"}
    seats = {
        "paid_for_others",
        "seat",
        "seat_changed",
        "seat_declined",
        "seat_ended",
        "seat_gone",
        "to_pay_for_others",
        "exhibitor_invited",
    }
    invited = {f"invitation-{kind}" for kind in ("invited", "declined", "withdrawn")}
    orders = {"confirmed", "to_pay", "on_its_way", "refunded", "returned", "waiting-joined", "waiting-offered"}
    promised, cards = {"by_transfer", "dunning"}, {"card_saved", "renewal_ahead"}
    assert set(kinds) == {*orders, *visas, *seats, *invited, *promised, *cards, "dispute_opened"}
    others = {*visas, *seats, *invited, *promised, *cards}
    assert sum(count for kind, count in kinds.items() if kind not in others) < CAST + 11


def test_orders_that_were_promised_to_be_paid_stand_at_every_step(filled):
    steps = counted(DunningLetter.step)

    assert steps == {"friendly": 4, "first": 3, "second": 2, "last": 1}


def test_visa_letters_wait_are_issued_and_one_visa_was_refused(coming):
    found = registration.visa.queries.counts(coming)

    assert (found["waiting"], found["issued"]) == (1, 2)
    assert registration.visa.queries.claim_counts(coming)["waiting"] == 1


def test_exhibitors_have_used_all_some_or_none_and_one_has_bought_more(coming):
    found = {each.company: exhibitors.standing_of(each, NOW) for each in _exhibitors_of(coming)}

    counts = {company: (each.allotted, each.used) for company, each in found.items()}
    assert counts == {
        "Cloudberry Freezers": (2, 0), "Helix and Thread": (9, 3), "Meridian Couriers": (6, 6), "Northlight Vectors": (4, 4),
        "Quill Cytometry": (2, 2),
    }  # fmt: skip
    extra = db.session.scalars(
        select(Line).where(Line.rule["beyond"]["id"].as_integer().is_not(None), Line.ended_at.is_(None))
    )
    assert sorted(line.title.partition(":")[0] for line in extra) == ["Emil Sandoval", "Fumi Takasugi", "Pavel Zelenka"]


def test_the_books_of_the_demo_tie_out(filled):
    assert payments.differences() == []
    assert registration.miscounted() == []


def test_every_month_that_is_over_is_closed_and_this_one_open(filled):
    closed = books.closures()
    assert (closed[0].month, closed[-1].month, len(closed)) == ("2026-10", "2025-11", 12)
    [delivered] = [each for each in closed if any(role == books.Role.REVENUE for role, *_sums in each.totals)]
    assert delivered.month == "2026-05"  # in which the meeting before this one was held
    assert books.differences() == []


def test_what_is_being_done_is_said_meanwhile(filled):
    assert filled.exit_code == 0
    for word in ("people", "AM27: 20 registrations", "AM28: 60 registrations", "arrivals", "programme"):
        assert word in filled.stderr


def _refunded_payments():
    nothing = Money(0, "USD").minor
    return db.session.scalars(select(Payment).where(Payment.refunded_minor > nothing))


def test_a_group_shows_a_seat_in_every_state_two_grants_and_an_order_out_of_which_somebody_was_taken(coming):
    lab, company, *_exhibitors = sorted(groups.tallies(coming), key=lambda each: each.group.id)
    seats = groups.seats_of(lab.group)

    assert {str(each.state) for each in seats} == set(groups.SeatState)
    assert [each.state for each in seats if each.is_declined] == ["paid", "declined"]
    assert {each.seat.grant for each in seats} > {"R01-GENE", "T32-TRAIN"} and lab.group.po_number
    assert lab.missing and lab.kept > lab.missing and lab.owed.minor > 0
    assert [order.due < order.total for order in groups.orders_of(lab.group) if order.state == "open"] == [True]
    assert (company.seats, company.open) == (4, 4) and groups.rosters_of(company.group)


def _exhibitors_of(meeting):
    mine = select(exhibitors.Exhibitor.id).where(exhibitors.Exhibitor.meeting_id == meeting.id)
    return exhibitors.queries.by_ids(db.session.scalars(mine).all())


def test_invitations_stand_in_every_state_but_those_of_the_past(coming):
    found = invitations.queries.joined(select(invitations.queries.shown_column(), func.count())).group_by("shown")
    states = dict(db.session.execute(found.where(invitations.Invitation.meeting_id == coming.id)).all())

    assert set(states) == {"kept", "invited", "registered", "apart", "declined", "withdrawn"}
    assert all(kind.invited > 0 for kind in invitations.queries.kinds_of(coming))
    assert [budget for _kind, budget, _count, off in invitations.taken_off(coming) if off] == [
        "PRG-28",
        "PRG-28",
        "OPS-28",
    ]


def test_the_form_asks_nothing_that_the_profile_asks(app, coming):
    labels = {each.label for each in registration.questions_of(coming)}

    with app.test_request_context("/"):
        of_the_profile = {str(field.label.text) for field in ProfileForm()}
    assert len(labels) > 5 and "Career stage" in of_the_profile
    assert not labels & of_the_profile
