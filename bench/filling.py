"""Fills the measured site through public actions."""

import random
from datetime import date

from sqlalchemy import select

from bench import made_up
from conference import accounts, meetings, people, registration, schedule
from conference.demo.attendees import build_people, build_registrations
from conference.demo.meetings import build_meetings
from conference.demo.members import build_types
from conference.demo.selling import build_sales
from conference.demo.society import build_society
from conference.kernel import clock, db, transaction
from conference.registration import Registration

# Some take part from afar and have no badge: a thousand are left to print.
ATTENDEES, BUYERS, BATCH = 1070, 3000, 250
MEETING, PROGRAMME = "AM28", "F24"


def society_and_meeting():
    """The demo's society and its coming meeting, with its whole price matrix, its questions and its memberships."""
    now = clock.now()
    with transaction():
        build_society(now)
        build_types("USD")
        build_sales(build_meetings(now)[MEETING], now)


def attendees():
    """References of confirmed registrations, in scripts of the world."""
    now = clock.now()
    people_here = build_people(ATTENDEES, now, progress=_unwatched)
    build_registrations(meetings.by_code(MEETING), people_here, now, progress=_unwatched)
    return list(
        db.session.scalars(
            select(Registration.ref).where(Registration.state == "confirmed", Registration.mode == "in_person")
        )
    )


def _unwatched(_count):
    """Nobody waits in front of a screen."""


def buyers(app):
    """Cookies of people who stand before the last button: details, choice and questions are done."""
    now, found = clock.now(), []
    with transaction():
        meeting = meetings.by_code(MEETING)
        facts = (meeting, registration.category_by_code(meeting, "full"), registration.conduct_code_of(meeting))
    for start in range(0, BUYERS, BATCH):
        with transaction():
            found += [buyer(app, number, *facts, now)[1] for number in range(start, start + BATCH)]
        db.session.expunge_all()
    random.Random(7).shuffle(found)
    return found


def buyer(app, number, meeting, category, conduct, now):
    """(the finished draft of somebody new, their cookie)."""
    account = accounts.create(email=f"buyer{number}@example.org", now=now)
    names = {"given_name": "Buyer", "family_name": str(number), "country": "US", "institution": "Example Institute"}
    people.update(account.person, by=account.person, now=now, **names)
    draft = registration.start(meeting=meeting, person=account.person, now=now)
    wish = registration.Wish(category.code)
    registration.choose(draft, category=category, wish=wish, dues_code="", now=now)
    registration.answer(draft, answers={}, conduct_code=conduct, now=now)
    return draft, cookie_of(app, account, now)


def staff_cookie(app, role="registration"):
    """A cookie of somebody at the registration desk, or of another role."""
    with transaction():
        account = accounts.create(email=f"bench-{role}@example.org", now=clock.now(), roles=(role,))
        return cookie_of(app, account, clock.now())


def cookie_of(app, account, now):
    """The cookie of a sign-in that has just begun, as a header's value."""
    token = accounts.begin(account=account, way="code", now=now)
    signer = app.session_interface.get_signing_serializer(app)
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps({'_user_id': token})}"


def programme(folder):
    """A released programme of 874 events; the path of its first day."""
    starts = date(2024, 2, 3)
    with transaction():
        meetings.create(
            code=PROGRAMME,
            title="A big programme",
            starts=starts,
            ends=date(2024, 2, 4),
            timezone="Europe/Brussels",
            currency="EUR",
            city="Brussels",
            venue="Example Hall",
            country="BE",
        )
    schedule.bring_in(
        meeting=meetings.by_code(PROGRAMME), content=made_up.schedule_file(folder).read_bytes(), dry_run=False
    )
    with transaction():
        schedule.release(meeting=meetings.by_code(PROGRAMME), url=f"/meetings/{PROGRAMME}/schedule", now=clock.now())
    return f"/meetings/{PROGRAMME}/schedule/{starts}"
