"""Inviting from the programme: it knows names alone, so who is meant is suggested, looked at, and remembered."""

import re

import pytest
from sqlalchemy import select

from conference import people, schedule
from conference.kernel import clock, db, transaction
from conference.registration import invitations
from conference.schedule import Contributor
from tests.checkout.invitations.acting import a_kind, of, shown
from tests.site.content import a_programme
from tests.staff.cast import follow, page

PROGRAMME = "/staff/invitations/T1/programme"


@pytest.fixture
def released(meeting):
    """Three sessions: Νίκος Άλφα chairs, Νίκος Δέλτα speaks, Νίκος Βήτα presents; others write only."""
    now = clock.now()
    a_kind(meeting, now)
    with transaction():
        schedule.bring_in_programme(meeting=meeting, programme=a_programme(meeting), now=now)
        schedule.release(meeting=meeting, url="http://localhost/", now=now)
    return meeting


def known(address, given, family):
    with transaction():
        people.enter(email=f"{address}@example.org", given_name=given, family_name=family, now=clock.now())


def names(text):
    return re.findall(r'aria-label="Invite ([^"]+)"', text)


def fields(text):
    """{name in the programme: (guid, address that is filled in)}."""
    rows = re.findall(
        r'name="pick" value="([^"]+)" aria-label="Invite ([^"]+)".*?name="email-[^"]+" value="([^"]*)"', text, re.S
    )
    return {name: (guid, email) for guid, name, email in rows}


def test_without_a_release_it_says_what_will_be_here(meeting, cleo):
    a_kind(meeting, clock.now())

    assert "No programme yet" in page(cleo.get(PROGRAMME))


def test_those_with_a_part_stand_there_with_who_they_may_be(released, cleo):
    known("nikos", "Νίκος", "Άλφα")
    known("two", "Νικος", "ΔΕΛΤΑ")
    known("three", "Νίκος", "Δέλτα")

    text = page(cleo.get(PROGRAMME))

    assert names(text) == ["Νίκος Άλφα", "Νίκος Βήτα", "Νίκος Δέλτα"]  # Νίκος Γάμμα is an author and presents nothing
    filled = {name: email for name, (_guid, email) in fields(text).items()}
    assert filled == {"Νίκος Άλφα": "nikos@example.org", "Νίκος Βήτα": "", "Νίκος Δέλτα": ""}
    assert "two@example.org" in text and "three@example.org" in text
    assert "checked" not in re.search(r'id="pick-1"[^>]*>', text)[0]
    assert "The programme knows names, and no addresses" in text


def test_it_is_searched_and_filtered_by_part(released, cleo):
    assert names(page(cleo.get(f"{PROGRAMME}?role=chair"))) == ["Νίκος Άλφα"]
    assert names(page(cleo.get(f"{PROGRAMME}?q=ΒΗΤΑ"))) == ["Νίκος Βήτα"]
    assert "Nobody is found" in page(cleo.get(f"{PROGRAMME}?q=nobody"))


def test_nobody_ticked_or_no_address_is_said_where_it_is(released, cleo):
    found = fields(page(cleo.get(PROGRAMME)))
    guid = found["Νίκος Βήτα"][0]

    nobody = cleo.post(PROGRAMME, data={"kind": "SPEAKER"})
    no_address = cleo.post(PROGRAMME, data={"kind": "SPEAKER", "pick": guid, f"email-{guid}": ""})
    nonsense = cleo.post(PROGRAMME, data={"kind": "SPEAKER", "pick": guid, f"email-{guid}": "beta@"})

    assert [answer.status_code for answer in (nobody, no_address, nonsense)] == [422] * 3
    assert "Tick the people" in page(nobody)
    assert "Type the address" in page(no_address)
    assert 'value="beta@"' in page(nonsense) and "checked" in page(nonsense)


def test_who_is_picked_is_looked_at_invited_and_remembered(released, cleo):
    known("nikos", "Νίκος", "Άλφα")
    found = fields(page(cleo.get(PROGRAMME)))
    picked = dict([found["Νίκος Άλφα"], (found["Νίκος Βήτα"][0], "beta@example.org")])
    data = {"kind": "SPEAKER", "pick": list(picked), **{f"email-{guid}": email for guid, email in picked.items()}}

    answer = cleo.post(PROGRAMME, data=data)
    look = follow(cleo, answer)
    cleo.post(answer.headers["Location"], data={"seen": "2"})

    assert "Chairs: Συνεδρία 0" in look and "Presents: Ομιλία 1" in look
    assert [shown(of(released, email)) for email in ("nikos@example.org", "beta@example.org")] == ["invited"] * 2
    said = db.session.execute(select(Contributor.name, Contributor.person_id).where(Contributor.person_id.is_not(None)))
    assert dict(said.all()) == {
        "Νίκος Άλφα": people.by_email("nikos@example.org").id,
        "Νίκος Βήτα": people.by_email("beta@example.org").id,
    }
    again = page(cleo.get(PROGRAMME))
    assert again.count("invited: Speaker") == 2 and "said so before" in again
    assert len(invitations.queries.lists_of(released)) == 1
