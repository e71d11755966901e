"""Joining, my membership and the directory, as browsers meet them."""

from datetime import date, timedelta

import pytest

from conference import membership
from conference.kernel import clock, transaction
from conference.membership import Audience
from tests.conftest import browser
from tests.membership.cast import a_person, a_society, a_term, a_type, sign_in


@pytest.fixture
def ada(client, now):
    a_society()
    return a_person(now, "Ada", institution="Ulm", country="DE")


@pytest.fixture
def member(ada, now):
    """Ada with a paid term around today."""
    today = clock.now().date()
    return a_term(
        ada, a_type(benefits="The journal\nA vote"), now, starts=today - timedelta(200), ends=today + timedelta(160)
    )


def test_anybody_sees_what_memberships_cost_and_give(client, ada):
    a_type(benefits="The journal", may_vote=True, eligibility="For researchers")
    a_type("hidden", is_on_offer=False)

    page = client.get("/members/join").get_data(as_text=True)

    assert "225.00 USD" in page
    assert "The journal" in page
    assert "Vote in the" in page
    assert "For researchers" in page
    assert "Hidden" not in page
    assert "Set-Cookie" not in client.get("/members/join").headers


def test_joining_offers_a_choice_once_signed_in(client, ada):
    a_type()
    assert 'type="radio"' not in client.get("/members/join").get_data(as_text=True)

    sign_in(client, ada)
    page = client.get("/members/join?type=active").get_data(as_text=True)

    assert 'name="type" id="type-active" value="active" aria-describedby="type-active-more" checked' in page


def test_a_type_that_one_cannot_have_says_why(client, ada):
    a_type()
    a_type("emeritus", min_years=10)
    sign_in(client, ada)

    page = client.get("/members/join").get_data(as_text=True)

    assert "opens after 10 years" in page
    assert 'value="emeritus" aria-describedby="type-emeritus-more" disabled' in page


def test_my_membership_asks_strangers_to_sign_in(client, ada):
    assert client.get("/members/").status_code == 303
    assert client.post("/members/").status_code == 403


def test_my_membership_tells_who_is_none_how_to_become_one(client, ada):
    sign_in(client, ada)

    assert "You are not a member yet" in client.get("/members/").get_data(as_text=True)
    assert client.post("/members/", data={"listed_for": "public"}).status_code == 404


def test_my_membership_shows_standing_terms_and_the_next_renewal(client, ada, now):
    today = clock.now().date()
    a_term(ada, a_type(), now, starts=today - timedelta(330), ends=today + timedelta(34))
    sign_in(client, ada)

    page = client.get("/members/").get_data(as_text=True)

    assert "1001" in page
    assert "Renew for 225.00 USD" in page
    assert "no day is lost" in page


def test_long_before_the_end_renewing_is_a_quiet_line_with_its_day(client, ada, member):
    sign_in(client, ada)

    page = client.get("/members/").get_data(as_text=True)

    assert "Renewing is due from" in page and 'href="/members/join?type=active"' in page
    assert "Renew for" not in page


def test_a_directory_entry_is_saved_and_shown_as_chosen(client, ada, member, context):
    sign_in(client, ada)
    choice = {"listed_for": "public", "institution_for": "public", "country_for": "members",
              "interests_for": "nobody", "email_for": "nobody"}  # fmt: skip

    answer = client.post("/members/", data=choice)
    public = browser(context).get("/members/directory").get_data(as_text=True)
    own = client.get("/members/directory").get_data(as_text=True)

    assert answer.status_code == 303
    assert "Ada Tester" in public
    assert "Ulm" in public
    assert "Germany" not in public
    assert "Germany" in own
    assert "ada@example.org" not in own


def test_a_wrong_audience_is_refused_and_nothing_changes(client, ada, member):
    sign_in(client, ada)

    answer = client.post("/members/", data={"listed_for": "everyone", "email_for": "public"})

    assert answer.status_code == 422
    assert membership.member_of(ada).listed_for == Audience.NOBODY


@pytest.mark.parametrize(
    "query", ["q=%00%ff", "q=" + "x" * 3000, "page=99999999999", "interest=%22%25_", "country={{7*7}}"]
)
def test_no_search_breaks_the_directory(client, ada, query):
    assert client.get(f"/members/directory?{query}").status_code == 200


def test_the_directory_comes_in_pages(client, ada, now):
    active, today = a_type(), clock.now().date()
    with transaction():
        for number in range(30):
            _listed(number, active, today, now)

    first = client.get("/members/directory").get_data(as_text=True)
    second = client.get("/members/directory?page=2").get_data(as_text=True)

    assert first.count("member-entry") == 24
    assert second.count("member-entry") == 6


def _listed(number, type_, today, now):
    from conference import people

    person = people.enter(email=f"m{number}@example.org", given_name=f"M{number}", now=now)
    term = membership.grant_term(person=person, type=type_, starts=today, ends=today + timedelta(99), now=now)
    membership.choose_directory(member=term.member, now=now, listed_for=Audience.PUBLIC)


def test_the_term_given_today_counts_today(client, ada, member):
    today = date.fromisoformat(clock.now().date().isoformat())

    assert membership.standing_of(ada, today).gives_member_price
