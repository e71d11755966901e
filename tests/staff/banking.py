"""A bank account at the desk, and statements brought in through the pages."""

from io import BytesIO

import pytest

from conference import jobs
from conference.kernel import clock
from conference.payments import bank
from tests.checkout.banking.acting import lines
from tests.payments.bank.writing import MAPPING, Said, as_camt
from tests.staff.cast import follow

ACCOUNT = {
    "name": "Current account", "holder": "Society of Tests", "currency": "usd", "iban": "DE89 3704 0044 0532 0130 00", "bic": "",
    "details": "", "books_exact": "y", **{f"csv_{name}": value for name, value in MAPPING.items()},
}  # fmt: skip


@pytest.fixture
def account(meeting, fay):
    follow(fay, fay.post("/staff/bank/accounts/new", data=ACCOUNT))
    (found,) = bank.accounts()
    return found


def paying(order, minor=None, **facts):
    reference = bank.creditor_reference(order.ref)
    return Said(
        order.total_minor if minor is None else minor, f"Ref {reference}", "Ada Demo", day=clock.now().date(), **facts
    )


def upload(fay, account, content, name="november.xml"):
    return fay.post("/staff/bank/statements", data={"account": account.ref, "file": (BytesIO(content), name)})


def brought_in(fay, account, *bookings):
    """The lines of a statement that was read and kept."""
    checked = upload(fay, account, as_camt(list(bookings)))
    follow(fay, fay.post(checked.location))
    jobs.run("statements")
    return lines()
