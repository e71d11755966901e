"""What the racing processes do with visa letters: each has an application and a connection of its own."""

from conference import checkout, meetings, people, registration
from conference.kernel import Refusal, clock, transaction
from conference.registration import visa
from tests.checkout import racing
from tests.checkout.visa.cast import a_passport


def ask_and_refund(settings, tries):
    """Ada asks for a letter, and Ben's refused visa is approved, as often as there are tries: ["asked" or "refunded" where it was done]."""
    with racing.application(settings).app_context():
        meeting = meetings.by_code("R1")
        ada, ben = (
            registration.by_id(registration.registration_in(meeting, people.by_email(f"{name}@example.org")).id)
            for name in ("ada", "ben")
        )
        claim = visa.queries.claim_of(ben)
        seen = checkout.visas.quote_refund(claim).seen
        racing._together()
        found = []
        for number in tries:
            found += _tried("asked", _ask, ada, number) + _tried("refunded", _refund, claim, seen)
        return found


def _tried(word, act, *facts):
    try:
        with transaction():
            act(*facts)
    except Refusal:
        return []
    return [word]


def _ask(entry, number):
    now = clock.now()
    standing, passport = checkout.visas.standing_of(entry, now), a_passport(number=f"X{number:07}")
    visa.ask(entry=entry, passport=passport, language="en", standing=standing, by=entry.person, now=now)


def _refund(claim, seen):
    checkout.visas.refund(claim, seen=seen, by=None, now=clock.now())
