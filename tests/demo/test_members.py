"""The demo's members: believable, and the same each time."""

from collections import Counter

from conference import membership, people
from conference.demo import members
from conference.kernel import transaction


def test_most_demo_members_are_current_and_some_are_in_grace_or_lapsed(context, now):
    with transaction():
        crowd = [_somebody(number, now) for number in range(120)]
    told = []

    made = members.build_members(crowd, now, progress=told.append)

    standings = membership.standings_of([each.person_id for each in made], membership.local_day(now))
    kinds = Counter(str(standing.kind) for standing in standings.values())

    assert told == [120]
    assert membership.types_on_offer()[0].code == "active"
    assert kinds["current"] + kinds["new"] > 80
    assert kinds["grace"] > 0
    assert kinds["expired"] > 5
    assert len({each.member_number for each in made}) == 120
    assert 20 < sum(each.listed_for != "nobody" for each in made) < 90


def _somebody(number, now):
    return people.enter(email=f"p{number}@example.org", given_name=f"P{number}", now=now)
