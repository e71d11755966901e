"""Lists are cut in SQL, and no page number breaks them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from conference import people
from conference.kernel import transaction
from conference.web import Page, page_number, paginate


@pytest.fixture
def crowd(context, now):
    """Seven people, in the order of their names."""
    with transaction():
        for letter in "ABCDEFG":
            people.enter(email=f"{letter}@example.org", family_name=letter, now=now)
    return select(people.Person).order_by(people.Person.family_name)


def names(page):
    return [person.family_name for person in page.items]


@pytest.mark.parametrize(("number", "shown"), [(1, "ABC"), (2, "DEF"), (3, "G"), (4, "G"), (10**6, "G")])
def test_a_page_holds_its_part_and_beyond_the_end_is_the_last(crowd, number, shown):
    page = paginate(crowd, number=number, per_page=3)

    assert names(page) == list(shown)
    assert (page.total, page.count) == (7, 3)


def test_an_empty_list_has_one_empty_page(context):
    page = paginate(select(people.Person).order_by(people.Person.id), number=5)

    assert (page.items, page.count, page.first, page.last) == ([], 1, 0, 0)


@given(st.text(max_size=30))
def test_any_page_number_in_an_address_is_a_number_from_one(app, text):
    with app.test_request_context(query_string={"page": text}):
        assert 1 <= page_number() < 10**6


@given(total=st.integers(0, 500), per_page=st.integers(1, 60), number=st.integers(1, 40))
def test_first_and_last_say_what_is_shown(total, per_page, number):
    count = max(1, -(-total // per_page))
    number = min(number, count)
    items = list(range(total))[(number - 1) * per_page : number * per_page]

    page = Page(items=items, number=number, total=total, per_page=per_page)

    assert page.count == count
    assert [index + 1 for index in items] == list(range(page.first, page.last + 1) if items else [])
