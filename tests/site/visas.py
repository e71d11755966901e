"""Visa letters on the site: Ada has hers, Gus waits for a mended one and asks for his money."""

from datetime import timedelta

from conference import checkout, registration
from conference.kernel import transaction
from conference.registration import visa
from tests.registration.eligibility.documents import a_document
from tests.site import people

WAITING = ("visa_request", "visa_passport", "visa_letter_at_desk", "decide_visa")
CLAIMS = ("visa_refusal", "visa_refusal_document", "decide_visa_refusal")


def of_visas(meeting, now):
    """{key: value} for the addresses of visa letters."""
    cleo = people.person("registration")
    with transaction():
        facts = {"is_offered": True, "refund_rule": visa.RefundRule.FULL}
        visa.set_policy(meeting, seen=0, by=cleo, now=now, **facts)
        body = "{name} {passport} {meeting} {meeting_dates}"
        visa.save_text(meeting, language="el", body=body, signatory="Ελένη", office="", is_used=True, by=cleo, now=now)
    own, his = _issued(meeting, "ada", cleo, now), _issued(meeting, "gus", cleo, now)
    with transaction():
        entry = registration.by_id(his.registration_id)
        claim = visa.refusals.ask(entry=entry, letter=a_document(), note="Λύπη", by=entry.person, now=now)
    waiting = _asked(meeting, "gus", now)
    return {
        "checkout.verify.letter_code": own.code,
        "staff.void_visa.ref": own.ref,
        **{f"staff.{view}.ref": waiting.ref for view in WAITING},
        **{f"staff.{view}.ref": claim.ref for view in CLAIMS},
    }


def _asked(meeting, name, now):
    entry = registration.by_id(registration.registration_in(meeting, people.person(name)).id)
    passport = visa.Passport(
        name="Δοκιμή",
        number="X1234567",
        nationality="GR",
        birth_date=now.date() - timedelta(days=9000),
        expires_on=meeting.ends + timedelta(days=900),
        consulate="Πρεσβεία",
        arrives=meeting.starts,
        leaves=meeting.ends,
    )
    with transaction():
        standing = checkout.visas.standing_of(entry, now)
        return visa.ask(entry=entry, passport=passport, language="el", standing=standing, by=entry.person, now=now)


def _issued(meeting, name, cleo, now):
    asked = _asked(meeting, name, now)
    with transaction():
        checkout.visas.issue(asked, by=cleo, now=now)
    return asked
