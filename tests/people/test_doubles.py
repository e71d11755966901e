"""The same person is found a second time, whatever way they came in, in few questions."""

import pytest

from conference import people
from conference.kernel import db, transaction
from conference.people.doubles import Known, doubles_among, doubles_of
from conference.people.doubles.models import Mark
from tests.membership.conftest import statements

__all__ = ["statements"]


@pytest.fixture
def ada(context, now):
    with transaction():
        facts = {"given_name": "Ada", "family_name": "Lovelace", "institution": "Example Institute", "country": "GB"}
        return people.enter(email="ada@example.org", now=now, **facts)


def found(*names, **known):
    return [each.person.email for each in doubles_of(Known(*names, **known))]


def test_who_is_known_is_found_by_any_way_of_writing_the_name(ada):
    assert found("Lovelace", "ADA") == found("Ada", "Lovelaec", country="GB") == ["ada@example.org"]
    assert found("", "", email="ada+desk@example.org") == ["ada@example.org"]
    assert found("Ida", "Lovelace") == found("", "") == []


def test_the_likeliest_comes_first(ada, now):
    with transaction():
        for number in range(8):
            place = "Institute of Examples" if number == 5 else "Elsewhere"
            people.enter(
                email=f"a{number}@example.org", given_name="A.", family_name="Lovelace", institution=place, now=now
            )

    assert found("Ada", "Lovelace", institution="Example Institute", country="GB")[0] == "ada@example.org"
    assert found("Ada", "Lovelace", institution="Examples")[:2] == ["ada@example.org", "a5@example.org"]


def test_a_new_name_is_found_and_the_old_one_is_not(ada, now):
    with transaction():
        people.update(ada, by=None, now=now, family_name="Byron")

    assert found("Ada", "Byron") == ["ada@example.org"]
    assert found("Ada", "Lovelace") == []


def test_an_orcid_id_is_found_once_it_is_told(ada, now):
    with transaction():
        people.update(ada, by=None, now=now, orcid="0000-0002-1825-0097")

    assert found("Eve", "Other", orcid="0000-0002-1825-0097") == ["ada@example.org"]


def test_people_who_come_by_the_hundred_or_by_their_address_are_found_too(context, now):
    with transaction():
        people.enter_many([{"email": "bea@example.org", "given_name": "Bea", "family_name": "Bode"}], now=now)
        people.find_or_enter_all({"cai@example.org": ("Cai", "Cole")}, now=now)
        people.find_or_enter(email="dag+x@example.org", now=now)

    assert found("Bode", "Bea") == ["bea@example.org"]
    assert found("Cole", "Cai") == ["cai@example.org"]
    assert found("Dag", "Dahl", email="dag@example.org") == ["dag+x@example.org"]


def test_who_is_forgotten_leaves_no_mark(ada):
    with transaction():
        people.forget_unnamed([ada.id])

    assert people.by_email("ada@example.org") is None
    assert db.session.query(Mark).count() == 0


def test_many_are_looked_for_at_once(ada, now, statements):
    with transaction():
        people.enter_many(
            [{"email": f"p{number}@example.org", "given_name": "Pat", "family_name": f"Family{number}"}
             for number in range(30)], now=now,
        )  # fmt: skip
    wanted = [Known("Lovelace", "Ada"), Known("Nobody", "Known"), *(Known("Pat", f"Family{n}") for n in range(30))]

    with statements() as seen:
        alike = doubles_among(wanted)

    assert len(seen) <= 3
    assert [each.person.email for each in alike[0]] == ["ada@example.org"]
    assert 1 not in alike
    assert all(f"p{number}@example.org" in {each.person.email for each in alike[number + 2]} for number in range(30))
