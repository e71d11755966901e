"""Somebody who is known by name alone: kept, shown and counted as everybody, written to by nobody, signed in never."""

import csv
import io

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from conference import accounts, mail, people, registration
from conference.accounts.models import Account
from conference.kernel import Refusal, clock, db, transaction
from conference.people import Person
from tests.accounts.steps import ask, is_signed_in
from tests.conftest import browser
from tests.signing_in import account_of, signed_in

PASSWORD = "violet harbour under seven kettles"
MARIA = {"given_name": "Maria", "family_name": "Byron", "country": "GB"}


@pytest.fixture
def maria(context):
    with transaction():
        return people.enter(now=clock.now(), **MARIA)


@pytest.fixture
def registered(context, maria):
    """Maria, registered for a free meeting."""
    now = clock.now()
    with transaction():
        meeting = registration.new_meeting(
            code="T1", title="Meeting T1", starts=now.date(), ends=now.date(), timezone="UTC", currency="USD"
        )
        entry = registration.start(meeting=meeting, person=maria, now=now)
        wish = registration.Wish("regular")
        regular = registration.category_by_code(meeting, "regular")
        registration.choose(entry, category=regular, wish=wish, dues_code="", now=now)
        registration.hold(entry, add_ons=[], now=now)
        registration.keep(entry, now=now)
    return registration.by_id(entry.id)


def a_row(**facts):
    with transaction():
        db.session.add(Person(created_at=clock.now(), **facts))


@pytest.mark.parametrize("facts", [{}, {"email": ""}, {"email": "", "given_name": "Ada"}, {"country": "GB"}])
def test_a_person_has_a_name_an_institution_or_an_address_that_is_one(context, facts):
    with pytest.raises(IntegrityError):
        a_row(**facts)


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        (MARIA, ("Maria Byron", "Byron, Maria")),
        ({"institution": "Example Sequencing"}, ("Example Sequencing", "Example Sequencing")),
        ({"email": "m@example.org", "institution": "Example Sequencing"}, ("m@example.org", "m@example.org")),
    ],
)
def test_what_somebody_is_called_is_what_is_known_of_them(context, facts, names):
    with transaction():
        person = people.enter(now=clock.now(), **facts)

    assert (person.full_name, person.filed_name) == names


def test_any_number_of_people_have_no_address(context):
    for _number in range(3):
        a_row(**MARIA)

    assert db.session.query(Person).count() == 3


@pytest.mark.parametrize("nothing", [None, ""])
def test_nobody_is_found_by_an_address_that_is_none(maria, nothing):
    with transaction():
        db.session.add(Account(person_id=maria.id, created_at=clock.now()))

    assert (people.by_email(nothing), accounts.by_email(nothing), people.by_emails([nothing])) == (None, None, {})
    with pytest.raises(ValueError, match="an address"):
        people.find_or_enter(email=nothing, now=clock.now())


@pytest.mark.parametrize("typed", ["", " ", "None", "null", "NULL", "\x00", "%", "Maria Byron"])
def test_nobody_signs_in_without_an_address(context, maria, typed):
    known = hash_of(PASSWORD)
    with transaction():
        db.session.add(Account(person_id=maria.id, created_at=clock.now(), password_hash=known))
    client = browser(context)

    answers = [
        ask(client, typed),
        client.post("/account/sign-in/password", data={"email": typed, "password": PASSWORD}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert not is_signed_in(client) and db.session.query(mail.Letter).count() == 0


def hash_of(password):
    """What is kept of somebody's password."""
    account = account_of("other@example.org")
    with transaction():
        accounts.set_password(account, password, now=clock.now(), letter=False)
    return account.password_hash


def test_the_office_gives_nobody_a_way_in_by_mending_what_is_not_there(registered):
    with pytest.raises(Refusal, match="known by name alone"), transaction():
        accounts.mend_address(registered.person, "maria@example.org", by=None, now=clock.now())

    assert people.by_email("maria@example.org") is None


def test_a_letter_to_nobody_is_not_written_and_stops_nothing(maria):
    facts = {"kind": "returned", "cause": "C", "subject": "S", "template": "checkout/mail/_end.txt"}
    with transaction():
        written = mail.post(to=maria, now=clock.now(), **facts)

    assert written is None and db.session.query(mail.Letter).count() == 0


def test_another_of_the_same_name_is_not_taken_for_them(maria):
    same = people.doubles.Known(MARIA["given_name"], MARIA["family_name"], country="GB")
    assert people.doubles.doubles_of(same) == []
    with transaction():
        people.update(maria, by=None, now=clock.now(), email="maria@example.org")

    assert [each.person.email for each in people.doubles.doubles_of(same)] == ["maria@example.org"]


def test_every_page_of_the_desk_and_the_door_shows_them(context, registered):
    client = signed_in(context, "cleo@example.org", roles=("registration", "door", "administrator"), given_name="Cleo")
    ref = registered.ref
    pages = [
        "/staff/registrations/T1?sort=email",
        "/staff/registrations/T1?sort=-email",
        f"/staff/registration/{ref}",
        f"/staff/registration/{ref}/details",
        "/staff/?q=maria+byron",
        "/door/?meeting=T1&name=maria",
        f"/staff/badges/{ref}.pdf",
        "/staff/registrations/T1/export.csv",
    ]

    shown = {address: client.get(address, follow_redirects=True) for address in pages}

    assert {address: answer.status_code for address, answer in shown.items()} == dict.fromkeys(pages, 200)
    assert all("None" not in answer.text for address, answer in shown.items() if not address.endswith("pdf"))
    (row,) = csv.DictReader(io.StringIO(shown[pages[-1]].text.removeprefix("\ufeff")))
    assert (row["given_name"], row["email"]) == ("Maria", "")


def test_their_page_at_the_desk_offers_no_address_to_mend(context, registered):
    client = signed_in(context, "cleo@example.org", roles=("registration",), given_name="Cleo")
    address = f"/staff/registration/{registered.ref}/address"

    answer = client.post(address, data={"email": "maria@example.org"})

    assert address not in client.get(f"/staff/registration/{registered.ref}").text
    assert answer.status_code == 422 and "known by name alone" in answer.text
    assert db.session.scalar(select(Person.email).where(Person.id == registered.person_id)) is None
