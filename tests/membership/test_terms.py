"""Terms in the database: given once, kept apart, taken back; and the questions the checkout asks."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from conference import audit, membership
from conference.kernel import Money, Refusal, db, transaction
from conference.membership import OfferKind, StandingKind
from conference.membership.models import Term
from tests.membership.cast import a_person, a_society, a_term, a_type

TODAY = date(2026, 11, 23)


@pytest.fixture
def ada(context, now):
    return a_person(now, "Ada")


@pytest.fixture
def ben(context, now):
    return a_person(now, "Ben")


@pytest.fixture
def active(context):
    return a_type()


def test_a_term_makes_a_member_with_a_number_and_a_join_date(ada, ben, active, now):
    a_term(ada, active, now)
    a_term(ben, active, now)

    assert [membership.member_of(person).member_number for person in (ada, ben)] == [1001, 1002]
    assert membership.member_of(ada).joined_on == date(2026, 3, 10)
    assert membership.standing_of(ada, TODAY).kind == StandingKind.CURRENT
    assert membership.standing_of(ada, TODAY).until == date(2027, 3, 9)


def test_one_order_line_gives_one_term_however_often_it_is_settled(ada, active, now):
    first = a_term(ada, active, now, line="LINE1")
    again = a_term(ada, active, now, line="LINE1")

    assert again.id == first.id
    assert db.session.scalar(select(func.count()).select_from(Term)) == 1


def test_two_paid_orders_for_the_same_days_lose_neither(ada, active, now):
    a_term(ada, active, now, line="LINE1")
    second = a_term(ada, active, now, line="LINE2")

    assert (second.starts, second.ends) == (date(2027, 3, 10), date(2028, 3, 9))


def test_a_refunded_term_no_longer_counts_and_its_line_never_comes_back(ada, active, now):
    a_term(ada, active, now, line="LINE1")

    with transaction():
        membership.void_term(order_line_ref="LINE1", now=now)
        membership.void_term(order_line_ref="LINE1", now=now)
    again = a_term(ada, active, now, line="LINE1")

    assert again.voided_at == now
    assert membership.standing_of(ada, TODAY).kind == StandingKind.NONE
    assert [entry.verb for entry in audit.story_of(membership.member_of(ada))] == ["voided term"]


def test_a_voided_term_leaves_its_first_day_free_for_another(ada, active, now):
    a_term(ada, active, now, line="LINE1")
    with transaction():
        membership.void_term(order_line_ref="LINE1", now=now)

    assert a_term(ada, active, now, line="LINE2").starts == date(2026, 3, 10)


def test_voiding_an_unknown_line_changes_nothing(context, now):
    with transaction():
        assert membership.void_term(order_line_ref="NOSUCH", now=now) is None


def test_the_database_itself_refuses_two_terms_from_one_day(ada, active, now):
    term = a_term(ada, active, now)

    with pytest.raises(IntegrityError), transaction():
        db.session.add(
            Term(
                member_id=term.member_id,
                type_id=active.id,
                starts=term.starts,
                ends=None,
                currency="USD",
                created_at=now,
            )
        )


def test_standings_of_many_come_in_one_query(ada, ben, active, now, statements):
    a_term(ada, active, now)

    with statements() as seen:
        found = membership.standings_of([ada.id, ben.id], TODAY)

    assert {person_id: standing.kind for person_id, standing in found.items()} == {ada.id: "current", ben.id: "none"}
    assert len(seen) == 1


def test_joining_costs_the_price_and_says_why(ben, active, now):
    offer = membership.offer_for(ben, active, TODAY)

    assert offer == membership.DuesOffer(
        type_code="active",
        title="Active membership",
        amount=Money(22500, "USD"),
        starts=TODAY,
        ends=date(2027, 11, 22),
        why=["From 23 Nov 2026 through 22 Nov 2027"],
        kind=OfferKind.JOIN,
    )


def test_renewing_early_costs_the_renewal_price_and_loses_no_day(ada, now):
    active = a_type(renewal_price_minor=20000)
    a_term(ada, active, now)

    offer = membership.offer_for(ada, active, TODAY)

    assert (offer.kind, offer.amount, offer.starts) == (OfferKind.RENEW, Money(20000, "USD"), date(2027, 3, 10))
    assert offer.why == [
        "From 10 Mar 2027 through 9 Mar 2028",
        "Begins when your present term ends: no day is lost",
        "Renewal price",
    ]


def test_coming_back_after_grace_keeps_number_and_join_date(ada, now):
    active = a_type(renewal_price_minor=20000)
    a_term(ada, active, now, starts=date(2024, 1, 1), ends=date(2024, 12, 31))
    number = membership.member_of(ada).member_number

    offer = membership.offer_for(ada, active, TODAY)
    a_term(ada, active, now, starts=offer.starts, ends=offer.ends)

    assert (offer.kind, offer.starts, offer.amount) == (OfferKind.REINSTATE, TODAY, Money(22500, "USD"))
    assert membership.member_of(ada).member_number == number
    assert membership.member_of(ada).joined_on == date(2024, 1, 1)


def test_paying_twice_ahead_is_refused_in_words(ada, active, now):
    a_term(ada, active, now)
    a_term(ada, active, now, starts=date(2027, 3, 10), ends=date(2028, 3, 9))

    with pytest.raises(Refusal, match="paid through 9 Mar 2028 already"):
        membership.offer_for(ada, active, TODAY)


def test_a_membership_for_life_is_not_renewed_and_not_sold_twice(ada, active, now):
    life = a_type("life", period_kind="lifetime")
    a_term(ada, life, now, ends=None)

    with pytest.raises(Refusal, match="for life"):
        membership.offer_for(ada, active, TODAY)
    with pytest.raises(Refusal, match="for life"):
        a_term(ada, active, now, line="LATE")


def test_a_type_for_long_members_opens_after_its_years(ada, ben, active, now):
    emeritus = a_type("emeritus", price=0, min_years=10)
    a_term(ada, active, now, starts=date(2015, 1, 1), ends=date(2026, 12, 31))
    a_term(ben, active, now)

    assert membership.offer_for(ada, emeritus, TODAY).amount == Money(0, "USD")
    with pytest.raises(Refusal, match="after 10 years"):
        membership.offer_for(ben, emeritus, TODAY)


def test_dues_in_the_same_order_count_at_once(ben, active, now):
    offer = membership.offer_for(ben, active, TODAY)

    assert not membership.standing_of(ben, TODAY).gives_member_price
    assert membership.standing_with(ben, offer, TODAY).gives_member_price
    assert membership.standing_with(ben, offer, TODAY).until == offer.ends


def test_the_day_is_the_society_s_own(context):
    a_society("Pacific/Kiritimati")

    assert membership.local_day(datetime(2026, 12, 31, 11, 0, tzinfo=UTC)) == date(2027, 1, 1)


def test_staff_cannot_give_days_that_are_paid_already(ada, ben, active, now):
    a_term(ada, active, now)

    with pytest.raises(Refusal) as refused, transaction():
        membership.add_by_hand(
            person=ada, type=active, starts=date(2027, 3, 9), ends=None, reason="Prize", by=ben, now=now
        )

    assert refused.value.field == "starts"


def test_a_term_given_by_hand_tells_who_and_why(ada, ben, active, now):
    with transaction():
        membership.add_by_hand(
            person=ada, type=active, starts=TODAY, ends=date(2027, 6, 30), reason="Prize", by=ben, now=now
        )

    entry = audit.story_of(membership.member_of(ada))[0]
    assert (entry.verb, entry.actor_id, entry.note) == ("added term", ben.id, "Prize")
    assert entry.after == {"type": "active", "starts": "2026-11-23", "ends": "2027-06-30", "paid_minor": 0}


def test_a_term_is_taken_back_once(ada, ben, active, now):
    term = a_term(ada, active, now)
    with transaction():
        membership.void_by_hand(term=term, reason="Entered twice", by=ben, now=now)

    with pytest.raises(Refusal), transaction():
        membership.void_by_hand(term=term, reason="Entered twice", by=ben, now=now)

    assert (term.voided_at, term.void_note) == (now, "Entered twice")
