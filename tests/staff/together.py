"""Doing something to many as its pages do: shown first, then begun, then done by the worker; and looking at what came of it."""

import re

import pytest

from conference import jobs, mail, registration
from conference.kernel import db, transaction
from conference.staff.models import Bulk, BulkItem
from tests.staff.cast import a_registration, an_order, lapse, page, somebody

LIST = "/staff/registrations/T1"
NEW, BADGES = f"{LIST}/bulk/new", f"{LIST}/badges"
AGAIN = "letters-again"


@pytest.fixture
def crowd(meeting):
    """Ada has registered, Ben virtually; Eve is asked to pay; Gus's time to pay is over; their orders by name."""
    orders = {"Ada": a_registration(meeting, "Ada")[1], "Ben": a_registration(meeting, "Ben", mode="virtual")[1]}
    for name in ("Eve", "Gus"):
        _entry, orders[name] = an_order(meeting, somebody(name))
    lapse(orders["Gus"])
    with transaction():
        db.session.query(mail.Letter).delete()
    return orders


def checked(client, what, typed=None, asked=""):
    """The text of the page that says what would be done."""
    answer = client.post(f"{NEW}/{what}/check?{asked}", data=typed or {})
    assert answer.status_code == 200, page(answer)
    return " ".join(page(answer).split())


def seen_in(text):
    return re.search(r'name="seen" value="(\w+)"', text)[1]


def begin(client, what, typed=None, asked=""):
    """The answer to doing what was shown a moment ago."""
    seen = seen_in(checked(client, what, typed, asked))
    return client.post(f"{NEW}/{what}?{asked}", data={**(typed or {}), "seen": seen})


def work():
    jobs.run("together")
    db.session.expire_all()


def became():
    """{who: (state, why)} of what was begun last."""
    last = db.session.query(Bulk).order_by(Bulk.id.desc()).first()
    rows = db.session.query(BulkItem).filter_by(bulk_id=last.id)
    return {registration.by_id(each.registration_id).person.given_name: (each.state, each.told) for each in rows}


def recipients():
    return sorted((each.to_email.partition("@")[0], each.kind) for each in db.session.query(mail.Letter))
