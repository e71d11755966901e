"""A profile is saved whole, never over what was changed elsewhere in the meantime."""

from datetime import date

import pytest

from conference import audit, people
from conference.kernel import db, transaction
from tests.signing_in import account_of, browser_of, signed_in

FULL = {
    "given_name": "Ada",
    "family_name": "Lovelace",
    "badge_name": "Ada L.",
    "degrees": "PhD",
    "institution": "Analytical Society",
    "city": "London",
    "country": "GB",
    "orcid": "https://orcid.org/0000-0002-1825-0097",
    "interests": ["vectors", "ethics"],
}


@pytest.fixture
def topics(context):
    with transaction():
        people.set_interests([("vectors", "Viral vectors"), ("editing", "Genome editing"), ("ethics", "Ethics")])


def seen(email="ada@example.org"):
    db.session.expire_all()
    return people.seen_version(people.by_email(email))


STAGE = {"career_stage": "graduate", "stage_since": date(2025, 9, 1), "stage_until": date(2029, 8, 31)}
TYPED_STAGE = {"career_stage": "graduate", "stage_since": "2025-09-01", "stage_until": "2029-08-31"}


def saved(email="ada@example.org"):
    db.session.expire_all()
    person = people.by_email(email)
    return {name: getattr(person, name) for name in people.FIELDS}


def test_everything_is_kept_in_its_normal_form(context, topics):
    client = signed_in(context, "ada@example.org")

    answer = client.post("/account/profile", data={**FULL, **TYPED_STAGE, "seen": seen()})

    assert (answer.status_code, answer.location) == (303, "/account/")
    assert saved() == {**FULL, "orcid": "0000-0002-1825-0097", **STAGE}


def test_the_page_shows_what_is_known(context, topics):
    client = signed_in(context, "ada@example.org", **{**FULL, "orcid": "0000-0002-1825-0097"})

    page = client.get("/account/profile").text

    assert 'value="Lovelace"' in page
    assert '<option selected value="GB">United Kingdom</option>' in page
    assert page.count(" checked ") == 2


def test_what_is_emptied_is_empty(context, topics):
    client = signed_in(context, "ada@example.org", **{**FULL, "orcid": "0000-0002-1825-0097"})

    emptied = dict.fromkeys(people.FIELDS[:-1], "")
    client.post("/account/profile", data={**emptied, "given_name": "Ada", "country": "GB", "seen": seen()})

    nothing = {**dict.fromkeys(people.FIELDS, ""), "stage_since": None, "stage_until": None, "interests": []}
    assert saved() == {**nothing, "given_name": "Ada", "country": "GB"}


@pytest.mark.parametrize("name", ["given_name", "family_name"])
def test_one_name_is_enough(context, name):
    client = signed_in(context, "ada@example.org")

    assert client.post("/account/profile", data={name: "Sukarno", "country": "ID", "seen": seen()}).status_code == 303


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"given_name": "", "family_name": ""}, "Give at least one name"),
        ({"country": ""}, "Choose where you live or work"),
        ({"country": "ZZ"}, "Not a valid choice"),
        ({"orcid": "0000-0002-1825-0098"}, "mistyped"),
        ({"orcid": "my orcid"}, "not an ORCID iD"),
        ({"given_name": "x" * 301}, "300 characters"),
        ({"interests": ["phrenology"]}, "valid choice"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_typed_is_lost(context, topics, change, told):
    client = signed_in(context, "ada@example.org")
    before = saved()

    answer = client.post("/account/profile", data={**FULL, "seen": seen(), **change})

    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Analytical Society"' in answer.text
    assert saved() == before


def test_an_edit_elsewhere_is_not_overwritten_unseen(context):
    client = signed_in(context, "ada@example.org", given_name="Ada", country="GB")
    opened = seen()
    client.post("/account/profile", data={"given_name": "Ada", "country": "GB", "city": "London", "seen": opened})

    answer = client.post("/account/profile", data={"given_name": "Augusta", "country": "GB", "seen": opened})

    assert answer.status_code == 409
    assert "changed elsewhere" in answer.text
    assert 'value="Augusta"' in answer.text
    assert saved()["city"] == "London"
    assert f'value="{seen()}"' in answer.text


def test_a_second_look_saves_after_all(context):
    client = signed_in(context, "ada@example.org", given_name="Ada", country="GB")

    answer = client.post("/account/profile", data={"given_name": "Augusta", "country": "GB", "seen": seen()})

    assert answer.status_code == 303
    assert saved()["given_name"] == "Augusta"


def test_the_longest_names_of_all_are_kept(context):
    client, name = signed_in(context, "ada@example.org"), "𒀀" * 300

    for _ in range(2):
        form = {"given_name": name, "family_name": name, "institution": name, "country": "GB", "seen": seen()}
        assert client.post("/account/profile", data=form).status_code == 303
    client.post("/account/profile", data={**form, "city": "London", "seen": seen()})
    client.post("/account/security/confirm")

    assert saved()["family_name"] == name
    assert audit.story_of(people.by_email("ada@example.org"))[0].after == {"city": "London"}


def test_markup_in_a_name_stays_text(context):
    client = signed_in(context, "ada@example.org", given_name="<b>{{7*7}}</b>", country="GB")

    page = client.get("/account/profile").text

    assert "&lt;b&gt;{{7*7}}&lt;/b&gt;" in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("target", "location"), [("/account/security", "/account/security"), ("//evil.example", "/account/")]
)
def test_saving_leads_on_within_this_site(context, target, location):
    client = signed_in(context, "ada@example.org")
    form = {"given_name": "Ada", "country": "GB", "seen": seen()}

    assert client.post("/account/profile", data=form, query_string={"next": target}).location == location


def test_strangers_sign_in_first(client):
    assert client.get("/account/profile").location == "/account/sign-in?next=/account/profile"


def test_a_retired_topic_is_no_longer_offered(context, topics):
    with transaction():
        people.set_interests([("ethics", "Ethics and society"), ("editing", "Genome editing")])

    assert [(topic.code, topic.label) for topic in people.interests()] == [
        ("ethics", "Ethics and society"),
        ("editing", "Genome editing"),
    ]


def test_a_change_is_remembered_with_who_made_it(context):
    account = account_of("ada@example.org", given_name="Ada", country="GB")
    browser_of(context, account).post(
        "/account/profile", data={"given_name": "Augusta", "country": "GB", "seen": seen()}
    )

    entry = audit.story_of(people.by_email("ada@example.org"))[0]

    assert (entry.actor_id, entry.before, entry.after) == (
        account.person_id,
        {"given_name": "Ada"},
        {"given_name": "Augusta"},
    )


def test_a_stage_that_ends_before_it_begins_is_asked_again(context):
    client = signed_in(context, "ada@example.org")
    typed = {"given_name": "Ada", "country": "GB", **TYPED_STAGE, "stage_until": "2020-01-01", "seen": seen()}

    answer = client.post("/account/profile", data=typed)

    assert (answer.status_code, saved()["career_stage"]) == (422, "")
    assert "It ends before it began." in answer.text
