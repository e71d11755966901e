"""Who stands at the counter: those of the same name are told apart first, and what is known of somebody is corrected there."""

import re
from datetime import timedelta

import pytest

from conference import audit, people, registration
from conference.kernel import clock, db, transaction
from conference.registration import Registration
from conference.staff.models import WalkIn
from tests.staff.cast import a_registration, page, somebody
from tests.staff.test_walk_in import ADA, CHECK, DESK, count, entry_of, flat, hidden

NEW = "/staff/registrations/T1/new"


@pytest.mark.parametrize("address", [CHECK, f"{NEW}/check"])
def test_before_somebody_new_is_entered_those_of_the_same_name_are_shown(meeting, cleo, address):
    ada = somebody("Ada", family_name="Lovelace", country="GB")

    answer = cleo.post(address, data={**ADA, "email": "other@example.org", "total": ""})

    assert answer.status_code == 409
    assert "Is it one of these?" in page(answer)
    assert f'name="same" value="{ada.ref}"' in flat(answer)


@pytest.mark.parametrize(("check", "made"), [(CHECK, DESK), (f"{NEW}/check", NEW)])
def test_the_same_person_is_registered_under_their_own_address_and_the_trail_says_so(meeting, cleo, check, made):
    ada = somebody("Ada", family_name="Lovelace", country="GB")
    typed = {**ADA, "email": "other@example.org", "total": ""}

    told = page(cleo.post(check, data={**typed, "same": ada.ref}))
    kept = {name: hidden(told, name) for name in ("email", "recognised")}
    cleo.post(made, data={**ADA, **kept})

    assert kept == {"email": "ada@example.org", "recognised": "other@example.org"}
    assert entry_of(meeting).state == "confirmed"
    assert people.by_email("other@example.org") is None
    assert ("recognised", "other@example.org") in [(each.verb, each.note) for each in audit.story_of(ada)]


@pytest.mark.parametrize(("check", "made"), [(CHECK, DESK), (f"{NEW}/check", NEW)])
def test_somebody_else_is_entered_and_the_trail_says_who_was_told_apart(meeting, cleo, check, made):
    ada = somebody("Ada", family_name="Lovelace", country="GB")
    typed = {**ADA, "email": "other@example.org"}

    refused = cleo.post(made, data=typed)
    checked = cleo.post(check, data={**typed, "apart": ada.ref})
    done = cleo.post(made, data={**typed, "apart": ada.ref})

    assert (refused.status_code, checked.status_code, done.status_code) == (409, 200, 303)
    assert db.session.query(Registration).count() == 1
    (told,) = [each for each in audit.story_of(people.by_email("other@example.org")) if each.verb == "told apart"]
    assert told.note == "Ada Lovelace, ada@example.org, Example Institute, GB"


def test_who_comes_in_between_check_and_confirm_is_asked_about(meeting, cleo):
    typed = {**ADA, "email": "other@example.org"}
    assert cleo.post(CHECK, data=typed).status_code == 200
    somebody("Ada", family_name="Lovelace", country="GB")

    assert cleo.post(DESK, data=typed).status_code == 409
    assert db.session.query(WalkIn).count() == 0


def test_who_was_seen_in_the_search_is_not_asked_about_again(meeting, cleo):
    somebody("Ada", family_name="Lovelace", country="GB")
    found = page(cleo.get(f"{DESK}?q=ada+lovelace"))
    (link,) = re.findall(r'href="([^"]*new=1[^"]*)"', found)
    form = page(cleo.get(link.replace("&amp;", "&")))

    answer = cleo.post(CHECK, data={**ADA, "email": "other@example.org", "apart": hidden(form, "apart"), "total": ""})

    assert answer.status_code == 200


def test_a_registration_of_somebody_recognised_is_served_rather_than_made_twice(meeting, cleo):
    entry, _order = a_registration(meeting, "Ada", known={"family_name": "Lovelace"})

    told = page(cleo.post(CHECK, data={**ADA, "email": "other@example.org", "same": entry.person.ref}))

    assert "Registered already" in told


def test_what_is_corrected_at_the_counter_is_kept_and_told(meeting, cleo):
    ada = somebody("Ada", institution="Old Institute")
    form = page(cleo.get(f"{DESK}?q=ada@example.org"))

    cleo.post(DESK, data={**ADA, "family_name": "Demo", "country": "US", "seen": hidden(form, "seen")})

    db.session.expire_all()
    assert ada.institution == "Example Institute"
    assert audit.story_of(ada)[0].before == {"institution": "Old Institute"}


def test_what_was_corrected_elsewhere_meanwhile_is_not_lost(meeting, cleo):
    ada = somebody("Ada", institution="Old Institute")
    form = page(cleo.get(f"{DESK}?q=ada@example.org"))
    with transaction():
        people.update(people.by_id(ada.id), by=None, now=clock.now(), institution="New Institute")

    answer = cleo.post(DESK, data={**ADA, "seen": hidden(form, "seen")})
    db.session.expire_all()

    assert answer.status_code == 422
    assert "changed elsewhere" in page(answer)
    assert (people.by_email("ada@example.org").institution, count()) == ("New Institute", 0)


def test_a_corrected_country_counts_for_the_price_that_is_checked(meeting, cleo):
    somebody("Ada", country="US")
    low = a_category_for_low_incomes(meeting)
    form = page(cleo.get(f"{DESK}?q=ada@example.org"))
    typed = {**ADA, "family_name": "Demo", "country": "ET", "category": low, "seen": hidden(form, "seen")}

    checked = cleo.post(CHECK, data={**typed, "total": ""})
    done = cleo.post(DESK, data={**typed, "total": hidden(page(checked), "total")})
    refused = cleo.post(CHECK, data={**typed, "country": "US", "email": "eve@example.org", "given_name": "Eve"})

    assert (hidden(page(checked), "total"), done.status_code) == ("5000", 303)
    assert refused.status_code == 422


def a_category_for_low_incomes(meeting):
    with transaction():
        category = registration.add_category(meeting, code="low", name="Low income", position=2)
        registration.set_price(category, meeting.windows[0], amount_minor=5000)
        eligibility, now = registration.eligibility, clock.now()
        eligibility.require(category, by=people.by_email("cleo@example.org"), now=now, tiers=["low"])
        eligibility.tiers.put_in_force(
            {"ET": "low"}, name="List", valid_from=now.date() - timedelta(days=9), by=None, now=now
        )
    return "low"
