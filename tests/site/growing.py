"""Makes the small society five times as large, to see which pages ask more questions then."""

from datetime import date

from conference import checkout, jobs, meetings, membership, people, registration, schedule, society
from conference.kernel import clock, transaction
from tests.signing_in import account_of
from tests.site import attending, content, documents, dunning, invitations
from tests.site.guests import bring
from tests.site.people import FACTS, order, person

CROWD = 24


def grow():
    """More people with accounts, memberships, orders and letters, more sessions, pages and meetings."""
    now, meeting = clock.now(), meetings.by_code(content.CODE)
    for number in range(CROWD):
        _somebody(meeting, f"guest{number}", now)
    dunning.promised(meeting, [f"late{number}" for number in range(CROWD)])
    attending.crowd(meeting, [f"guest{number}" for number in range(CROWD)], now)
    invitations.invite_crowd(meeting, [f"new{number}" for number in range(CROWD)], now)
    for number in range(4):
        _another_meeting(f"T{number + 2}", now)
    with transaction():
        for number in range(CROWD):
            society.add_page(
                by=None, now=now, slug=f"page-{number}", section="menu", title=f"Σελίδα {number}", body=content.BODY
            )
        schedule.bring_in_programme(meeting=meeting, programme=content.a_programme(meeting, sessions=15), now=now)
        schedule.release(meeting=meeting, url="http://localhost/", now=now)
    jobs.run("papers")  # what is online follows a release


def _somebody(meeting, name, now):
    account_of(f"{name}@example.org", roles=("door",), given_name=name.title(), **FACTS)
    documents.invoice(order(meeting, name, now, paid=44000 + 9000, extras=("dinner",)), person(name), now)
    bring(meeting, name, f"Συνοδός {name}", now)
    type_ = membership.type_by_code("active")
    with transaction():
        offer = membership.offer_for(person(name), type_, membership.local_day(now))
        membership.grant_term(person=person(name), type=type_, starts=offer.starts, ends=offer.ends, now=now)
        membership.choose_directory(
            member=membership.member_of(person(name)), now=now, listed_for="public", email_for="members"
        )


def _another_meeting(code, now):
    """A free one, for which Ada is registered too."""
    with transaction():
        meeting = registration.new_meeting(
            code=code,
            title=f"Συνάντηση {code}",
            starts=date(2027, 6, 1),
            ends=date(2027, 6, 2),
            timezone="America/New_York",
            currency="USD",
        )
        ada = people.by_email("ada@example.org")
        draft = registration.start(meeting=meeting, person=ada, now=now)
        category = registration.category_by_code(meeting, "regular")
        wish = registration.Wish("regular", registration.WHOLE, "in_person", ())
        registration.choose(draft, category=category, wish=wish, dues_code="", now=now)
        registration.answer(draft, answers={}, conduct_code=None, now=now)
    with transaction():
        draft = registration.registration_in(meeting, ada)
        checkout.place(draft=draft, meeting=meeting, person=ada, now=now)
