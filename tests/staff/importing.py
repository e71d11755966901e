"""Bringing a file of registrations in at the desk, and what became of its rows."""

import io

from sqlalchemy import select

from conference import payments, people, registration
from conference.kernel import Base, db
from tests.staff.cast import page

IMPORT = "/staff/registrations/T1/import"
HEADER = "email,given_name,family_name,degrees,institution,country,category,paid\n"
# What tells of the import itself, and what wakes the worker.
TELLING = {"staff_upload", "audit_entry"}


def send(client, text):
    answer = client.post(IMPORT, data={"file": (io.BytesIO(text.encode()), "people.csv")})
    assert answer.status_code == 303, page(answer)
    return answer.headers["Location"]


def brought_in(client, text):
    address = send(client, text)
    assert client.post(address).status_code == 303
    return address


def everything():
    """All rows of all tables that are about people, registrations and money."""
    db.session.expire_all()
    return {
        table.name: sorted(map(repr, db.session.execute(select(table))))
        for table in Base.metadata.sorted_tables
        if table.name not in TELLING
    }


def entry_of(meeting, email):
    person = people.by_email(email)
    return registration.registration_in(meeting, person) if person else None


def order_of(meeting, email):
    return payments.orders_with_line("registration", entry_of(meeting, email).id)[0]
