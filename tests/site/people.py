"""Who walks through the site: strangers, the cast, and one of each role at the desk."""

from conference import accounts, checkout, payments, people, registration
from conference.kernel import transaction
from conference.payments import Seen
from conference.registration import Wish
from tests.conftest import browser
from tests.signing_in import account_of, browser_of

STAFF = ("registration", "programme", "finance", "door", "administrator")
# Ada is a member and registered, Ben has begun, Dov has nothing and may see nothing of theirs.
PERSONS = ("stranger", "ada", "ben", "dov", *STAFF)
# To them things are done: Eve has not paid, Fay's order is parked, Gus's refund failed, Hal comes by screen, Ivy's account changes.
OTHERS = ("eve", "fay", "gus", "hal", "ivy")
NAMES = {"ada": "Αντιγόνη", "ben": "Βενιαμίν", "dov": "Δούβ", "eve": "Εύα", "fay": "Φαίη", "gus": "Γκας", "hal": "Χαλ"}
FACTS = {"family_name": "Δοκιμή", "country": "US", "institution": "Ινστιτούτο", "degrees": "PhD", "is_fictional": True}


def roles_of(name):
    """The roles of one of PERSONS."""
    return frozenset({name} & set(STAFF))


def email_of(name):
    """Everybody's address."""
    return f"{name}@example.org"


def enter_everybody():
    """An account for everybody, complete enough to register but for Dov."""
    for name in (*PERSONS[1:], *OTHERS):
        known = {} if name == "dov" else {"given_name": NAMES.get(name, "Κλειώ"), **FACTS}
        account_of(email_of(name), roles=roles_of(name), **known)


def person(name):
    """Somebody's row."""
    return people.by_email(email_of(name))


def enter(app, name):
    """A fresh browser of one of PERSONS, signed in anew unless they are a stranger."""
    return browser(app) if name == "stranger" else browser_of(app, accounts.by_email(email_of(name)))


def draft(meeting, name, now, *, category="full", extras=(), mode="in_person", dues=""):
    """A registration of which all is chosen and answered."""
    with transaction():
        entry = registration.start(meeting=meeting, person=person(name), now=now)
        wish = Wish(category, registration.WHOLE, mode, tuple(extras))
        chosen = registration.category_by_code(meeting, category)
        registration.choose(entry, category=chosen, wish=wish, dues_code=dues, now=now)
        ids = {question.code: question.id for question in registration.questions_of(meeting)}
        answers = {ids["first"]: "yes", ids["stage"]: "Άλλο", ids["other"]: "Ερευνητής", ids["guests"]: "1"}
        conduct = registration.conduct_code_of(meeting)
        registration.answer(entry, answers=answers, conduct_code=conduct, now=now)
    return registration.registration_in(meeting, person(name))


def order(meeting, name, now, *, paid=None, **wishes):
    """An order for a registration, for which `paid` minor units came by card (None: nothing yet)."""
    entry = draft(meeting, name, now, **wishes)
    with transaction():
        placed = checkout.place(draft=entry, meeting=meeting, person=person(name), now=now)
    if paid is not None:
        seen = Seen(f"cs_{name}", placed.ref, "complete", "paid", paid, placed.currency, f"pi_{name}")
        with transaction():
            checkout.settle(placed.id, seen, now=now)
    return payments.order_by_ref(placed.ref)
