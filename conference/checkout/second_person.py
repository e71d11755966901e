"""Whoever brings in a bank statement does not settle large amounts with it alone: a file can be made up.

From the society's limit on, a line waits until somebody else of finance matches it, or approves what was matched.
"""

from flask_babel import gettext as _

from conference import accounts, mail, people
from conference.checkout.marking import limit, needs_second
from conference.payments import Provider, bank, marks
from conference.web import absolute_url


def is_alone(line, order, amount, by):
    """Whether a match would rest on one person, or on nobody beside who brought the line in, and is too large for that.

    What counts is the whole line, or all that lines of the same person give to the order, so that parts come to the same.
    """
    if limit() is None:
        return False
    uploader = bank.brought_in_by(line)
    given = amount + bank.given_by(uploader, order)
    return (by is None or by.id == uploader) and needs_second(max(line.amount, given))


def ask(line, order, amount, *, by, now):
    """A second person is asked about money of a line for a locked order. Refusal when so much is not left, or another one waits for this order."""
    bank.set_apart(line, amount)
    uploader = people.by_id(bank.brought_in_by(line))
    note = f"{line.name} {line.text}".strip()[:300]
    marks.ask(order, provider=Provider.BANK, amount=amount, note=note, by=uploader, now=now, line=line, acting=by)
    _tell(line, uploader, now)


def _tell(line, uploader, now):
    """The rest of finance, once for each statement."""
    cause = f"statement:{line.statement_id}"
    for person in () if mail.addressed("second_person", [cause]) else _others(uploader):
        mail.post(
            kind="second_person",
            cause=cause,
            to=person,
            subject=_("Payments wait for a second person"),
            template="checkout/mail/second_person.txt",
            now=now,
            uploader=uploader,
            account=line.account.name,
            address=absolute_url("staff.approvals"),
        )


def _others(uploader):
    """Everybody of finance but one."""
    holders = {account.person.id: account.person for account in accounts.holders_of("finance")}
    return [person for key, person in sorted(holders.items()) if key != uploader.id]
