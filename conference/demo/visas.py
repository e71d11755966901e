"""Visa letters of the demo: a policy, two languages, somebody who waits, somebody who has a letter, a visa that was refused."""

from datetime import date, timedelta

from sqlalchemy import select

from conference import checkout, pdf, people, registration
from conference.demo.stories import DESK
from conference.kernel import db, transaction
from conference.registration import Mode, State, visa

SIGNED = {"signatory": "Robin Example", "office": "Executive Director"}
FRENCH = """À l’attention du service des visas

Nous confirmons que {name}, né(e) le {birth_date}, de nationalité {nationality}, titulaire du passeport {passport} valable jusqu’au {passport_expires}, est inscrit(e) à {meeting}, organisé par {society} du {meeting_dates} à {meeting_place}.

{name} participe comme « {registered_as} » et prévoit de séjourner du {first_day} au {last_day}. Tous les frais sont à sa charge ; la présente lettre ne promet aucun visa.

Nous vous remercions de bien vouloir examiner la demande avant le début du congrès."""
REFUSAL = (
    '<html lang="en">'
    "<h1>Consulate of Nowhere</h1><p>The application of {name} for a visa is refused.</p>"
    "<p><em>Fictional: made for a demonstration.</em></p>"
)
# Nationality, language, days ago; the first two have their letter, the last waits.
ASKED = (("KE", "en", 9), ("SN", "fr", 6), ("IN", "en", 2))


def build_visas(meeting, now):
    """Three people of the meeting ask for a letter; the visa of the first is refused."""
    desk = people.by_email(DESK)
    with transaction():
        _decide(meeting, desk, now - timedelta(days=60))
    found = [_ask(entry, *asked, now) for entry, asked in zip(_coming(meeting), ASKED, strict=False)]
    for request, days_ago in zip(found[:2], (8, 5), strict=False):
        with transaction():
            checkout.visas.issue(request, by=desk, now=now - timedelta(days=days_ago))
    for request in found[:1]:
        with transaction():
            _refused(registration.by_id(request.registration_id), now - timedelta(days=1))


def _decide(meeting, desk, at):
    facts = {"is_offered": True, "refund_rule": visa.RefundRule.LESS_FEE, "fee_minor": 5000}
    until = meeting.starts - timedelta(days=14)
    visa.set_policy(meeting, seen=0, by=desk, now=at, refund_until=until, **facts)
    english = visa.first_text(meeting).body
    for language, body in (("en", english), ("fr", FRENCH)):
        visa.save_text(meeting, language=language, body=body, is_used=True, by=desk, now=at, **SIGNED)


def _ask(entry, nationality, language, days_ago, now):
    at, meeting, person = now - timedelta(days=days_ago), entry.meeting, entry.person
    passport = visa.Passport(
        name=f"{person.family_name}, {person.given_name}".upper(),
        number=f"X{entry.id:07d}",
        nationality=nationality,
        birth_date=date(1988, 3, 4),
        expires_on=meeting.ends + timedelta(days=800),
        consulate="",
        arrives=meeting.starts - timedelta(days=1),
        leaves=meeting.ends + timedelta(days=1),
    )
    with transaction():
        standing = checkout.visas.standing_of(entry, at)
        return visa.ask(entry=entry, passport=passport, language=language, standing=standing, by=person, now=at)


def _refused(entry, at):
    content = pdf.render(REFUSAL.format(name=entry.person.full_name))
    letter = visa.refusals.letter_of(content, entry.meeting)
    visa.refusals.ask(entry=entry, letter=letter, note="", by=entry.person, now=at)


def _coming(meeting):
    """Those of the last who come in person, have paid, and are written in Latin letters as in their passports."""
    entry = registration.Registration
    coming = select(entry.ref).where(
        entry.meeting_id == meeting.id,
        entry.state == State.CONFIRMED,
        entry.mode == Mode.IN_PERSON,
        entry.host_id.is_(None),
    )
    found = (registration.by_ref(ref) for ref in db.session.scalars(coming.order_by(entry.id.desc())).all())
    return (each for each in found if each.person.full_name.isascii() and checkout.visas.is_paid(each))
