"""The badge of a guest: a band of its own, with whom they come, seen and corrected by the host until it is printed."""

import pymupdf
import pytest

from conference import jobs, people, registration
from conference.badges import actions, face_of
from conference.badges.choice import Choice
from conference.badges.faces import as_snapshot, from_snapshot
from conference.badges.printing import file_of
from conference.kernel import Refusal, transaction
from conference.registration import Wish
from tests.badges.cast import a_badge_meeting, registered
from tests.signing_in import account_of, browser_of

BADGE = "/meetings/T1/guests"
NAMES = {"given_name": "Maria", "family_name": "Byron", "country": "GB"}


@pytest.fixture
def meeting(context, now):
    made = a_badge_meeting(now)
    with transaction():
        facts = {"kind": "guest", "band": "#7a1f5c", "admits_to_sessions": False}
        registration.add_category(made, code="guest", name="Accompanying person", **facts)
        registration.guests.set_policy(made, most=2, hosts=[], by=None, now=now)
    return made


@pytest.fixture
def ada(context, meeting, now):
    """Ada's registration; she goes by another name than that of her passport."""
    known = {"given_name": "Augusta", "badge_name": "Ada Lovelace", "family_name": "Lovelace", "country": "US"}
    return registered(meeting, now, "Ada", person=account_of("ada@example.org", **known).person)


@pytest.fixture
def maria(meeting, ada, now):
    """Her guest, who is registered."""
    category = registration.category_by_code(meeting, "guest")
    with transaction():
        host = registration.by_id(ada.id)
        facts = {"category": category, "wish": Wish("guest"), "by": ada.person, "now": now}
        guest = registration.guests.add(host, names=NAMES, **facts)
        registration.hold(guest, add_ons=[], now=now)
        registration.keep(guest, now=now)
    return registration.by_id(guest.id)


@pytest.fixture
def as_ada(context, ada):
    return browser_of(context, account_of("ada@example.org"))


def print_one(entry, now):
    with transaction():
        return actions.record_print(entry, by=people.by_email("ada@example.org"), now=now)


def test_it_has_the_name_the_band_of_its_category_and_the_name_its_host_goes_by(maria):
    face = face_of(maria)

    assert (face.headline, face.surname, face.category, face.colour) == (
        "Maria",
        "Byron",
        "Accompanying person",
        "#7a1f5c",
    )
    assert face.guest_of == "Guest of Ada Lovelace"  # never by the name that is not on her own badge
    assert face.spoken == "Maria, Byron, Guest of Ada Lovelace, United Kingdom, Accompanying person"


def test_a_run_prints_guests_with_the_others(meeting, ada, maria, now):
    with transaction():
        run = actions.order_run(meeting, choice=Choice(), by=ada.person, now=now)
    jobs.run("prints")

    with pymupdf.open(file_of(run.ref)) as document:
        texts = [page.get_text() for page in document]

    assert ["Guest of Ada Lovelace" in text for text in texts] == [True, False]
    assert "Accompanying person" in texts[0] and "Maria" in texts[0] and "United Kingdom" in texts[0]


def test_guests_are_chosen_by_their_category(meeting, ada, maria, now):
    with transaction():
        run = actions.order_run(meeting, choice=Choice(category="guest"), by=ada.person, now=now)

    assert run.total == 1


def test_a_face_is_kept_as_it_was_and_one_of_nobodys_guest_as_before(ada, maria):
    assert from_snapshot(as_snapshot(face_of(maria))) == face_of(maria)
    assert "guest_of" not in as_snapshot(face_of(ada)) and from_snapshot(as_snapshot(face_of(ada))) == face_of(ada)


def test_the_host_sees_it_as_it_is_printed(as_ada, maria):
    page, picture, paper = (as_ada.get(f"{BADGE}/{maria.ref}/badge{kind}") for kind in ("", ".png", ".pdf"))

    assert page.status_code == 200 and face_of(maria).spoken in page.text
    assert picture.data.startswith(b"\x89PNG")
    with pymupdf.open(stream=paper.data) as document:
        assert "Guest of Ada Lovelace" in document[0].get_text()


def test_the_host_corrects_the_name_free_of_charge_until_it_is_printed(as_ada, maria, now):
    address = f"{BADGE}/{maria.ref}/badge"

    first = as_ada.post(address, data={"given_name": "Anna", "family_name": "Noether", "country": ""})
    print_one(maria, now)
    second = as_ada.post(address, data={"given_name": "Emmy", "family_name": "Noether", "country": ""})

    assert (first.status_code, second.status_code) == (303, 409)
    assert registration.by_id(maria.id).person.full_name == "Anna Noether"
    assert "Tell the registration desk" in second.text and "Keep the name" not in as_ada.get(address).text


def test_a_name_is_needed(as_ada, maria):
    answer = as_ada.post(f"{BADGE}/{maria.ref}/badge", data={"given_name": "", "family_name": "", "country": "GB"})

    assert answer.status_code == 422 and "Give at least one name." in answer.text
    assert registration.by_id(maria.id).person.full_name == "Maria Byron"


def test_whoever_is_cancelled_has_no_badge(as_ada, ada, maria):
    with transaction():
        registration.cancel(maria)

    assert as_ada.get(f"{BADGE}/{maria.ref}/badge").status_code == 404
    assert as_ada.get("/meetings/T1/badge").status_code == 200


def test_a_guest_cannot_be_kept_when_the_host_is_gone(meeting, ada, maria, now):
    with transaction():
        registration.cancel(maria, registration.by_id(ada.id))
    with pytest.raises(Refusal), transaction():
        registration.keep(registration.by_id(maria.id), now=now)
