"""Five people in a meeting, not all of whom can have everything done to them."""

import pytest

from conference import mail, payments, registration
from conference.kernel import db, transaction
from tests.staff.cast import a_registration, an_order, lapse, somebody


@pytest.fixture
def crowd(meeting):
    """Ada, Ben (a speaker) and Dan with a dinner are registered; Eve waits for payment; Gus never paid; by name."""
    found = {
        "Ada": a_registration(meeting, "Ada"),
        "Ben": a_registration(meeting, "Ben"),
        "Dan": a_registration(meeting, "Dan", extras=("dinner",)),
        "Eve": an_order(meeting, somebody("Eve")),
        "Gus": an_order(meeting, somebody("Gus")),
    }
    lapse(found["Gus"][1])
    with transaction():
        registration.set_ribbons(registration.by_ref(found["Ben"][0].ref), ["Speaker"])
        db.session.query(mail.Letter).delete()
    return found


def now_of(crowd, name):
    return registration.by_ref(crowd[name][0].ref)


def settled(crowd):
    """The sums of all accounts, what is on its way back left aside: nothing is left over anywhere."""
    return [payments.owed(order).minor for order in db.session.query(payments.Order) if order.state == "paid"]
