"""Kinds as the form sends them, and what the tests of invitations ask at the desk."""

from sqlalchemy import select

from conference import mail, registration
from conference.audit import Entry
from conference.kernel import db
from tests.staff.cast import follow

PAGES = "/staff/invitations/T1"


def typed(meeting, **changes):
    """A kind as the form sends it."""
    full = registration.category_by_code(meeting, "full")
    usual = {
        "name": "Speaker",
        "code": "speaker",
        "inviter": "the programme committee",
        "category_id": str(full.id),
        "effect": "comp",
        "budget_code": "PRG-1",
        "ribbon": "Speaker",
        "asks_eligibility": "y",
        "is_open": "y",
        "version": "",
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


def by_hand(browser, kind, email, **more):
    """Look at inviting one person; (address of the look, its page)."""
    data = {"kind": kind.code, "email": email, **more}
    answer = browser.post(f"{PAGES}/new", data=data)
    return answer.headers["Location"], follow(browser, answer)


def send(browser, address, seen=1, **more):
    return browser.post(address, data={"seen": str(seen), **more})


def letters():
    db.session.rollback()
    return list(db.session.scalars(select(mail.Letter.kind).order_by(mail.Letter.id)))


def verbs():
    db.session.rollback()
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.id)))
