"""The list of members: the database filters by standing exactly as the rules decide."""

import random
from datetime import date, timedelta

from sqlalchemy import select

from conference import membership, people
from conference.kernel import db, transaction
from conference.membership import StandingKind, listing
from conference.membership.listing import Wish
from conference.membership.models import Member
from tests.membership.cast import a_person, a_term, a_type

TODAY = date(2026, 11, 23)


def numbers(wish, on=TODAY):
    return [member.member_number for member in db.session.scalars(listing.members(wish, on))]


def test_the_database_filters_standing_as_the_rules_decide(context, now):
    dice = random.Random(28)
    kinds = [a_type("month", grace_days=0), a_type("active"), a_type("patient", grace_days=366)]
    with transaction():
        for number in range(120):
            _somebody_with_a_history(f"p{number}@example.org", dice, kinds, now)
    by_id = dict(db.session.execute(select(Member.person_id, Member.member_number)).all())

    for on in (TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=97), date(2027, 2, 28), date(2028, 2, 29)):
        standings = membership.standings_of(list(by_id), on)
        found = {kind: set(_with_standing(kind, on)) for kind in StandingKind}
        expected = {kind: {by_id[i] for i, each in standings.items() if each.kind == kind} for kind in StandingKind}
        assert found == expected
    assert min(len(group) for group in found.values()) > 0


def _with_standing(kind, on):
    return db.session.scalars(select(Member.member_number).where(listing.standing_is(kind, on)))


def _somebody_with_a_history(email, dice, kinds, now):
    person = people.enter(email=email, given_name="Some", now=now)
    day = TODAY + timedelta(days=dice.randint(-900, 120))
    for step in range(dice.randint(1, 3)):
        ends = day + timedelta(days=dice.randint(0, 400))
        membership.grant_term(
            person=person, type=dice.choice(kinds), starts=day, ends=ends, now=now, order_line_ref=f"{email}{step}"
        )
        day = ends + timedelta(days=dice.randint(1, 200))
    if dice.random() < 0.4:
        for step in range(2):
            membership.void_term(order_line_ref=f"{email}{step}", now=now)


def test_members_are_found_by_name_number_type_and_country(context, now):
    active, trainee = a_type(), a_type("trainee")
    a_term(a_person(now, "Ada", country="PT"), active, now)
    a_term(a_person(now, "Ben", country="JP"), trainee, now)

    assert numbers(Wish()) == [1001, 1002]
    assert numbers(Wish(q="ben")) == [1002]
    assert numbers(Wish(q="1001")) == [1001]
    assert numbers(Wish(type="trainee")) == [1002]
    assert numbers(Wish(country="PT")) == [1001]
    assert numbers(Wish(standing="expired")) == []
    assert numbers(Wish(standing="expired"), on=date(2028, 1, 1)) == [1001, 1002]
    assert listing.countries() == ["JP", "PT"]


def test_the_list_is_sorted_both_ways(context, now):
    active = a_type()
    a_term(a_person(now, "Zoe"), active, now)
    a_term(a_person(now, "Ada"), active, now, ends=date(2026, 12, 31))

    assert numbers(Wish(sort="name")) == [1002, 1001]
    assert numbers(Wish(sort="-name")) == [1001, 1002]
    assert numbers(Wish(sort="-number")) == [1002, 1001]
    assert numbers(Wish(sort="until")) == [1002, 1001]
