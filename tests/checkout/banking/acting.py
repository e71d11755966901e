"""Statements brought in and lines matched, as the desk does it."""

from datetime import date, timedelta

from sqlalchemy import select

from conference import jobs, payments, people
from conference.checkout import banking
from conference.kernel import Money, db, transaction
from conference.payments import bank, payouts
from tests.payments.bank.writing import IBAN, MAPPING, Said, as_camt

DAY = date(2026, 11, 20)


def an_account(now, **facts):
    """The society's account in dollars."""
    known = {"name": "Current account", "holder": "Society of Tests", "iban": IBAN, "bic": "", "details": "", "currency": "USD",
             "mapping": MAPPING, "books_exact": True, "is_closed": False}  # fmt: skip
    with transaction():
        return bank.add(by=None, now=now, **{**known, **facts})


def bring_in(account, content, now, *, name="november.xml", book=True):
    """How many lines a file added; what is sure is booked as the worker does it."""
    by = people.by_email("fay@example.org") or _fay(now)
    with transaction():
        statement = bank.keep(account, name=name, content=content, by=by, now=now)
    with transaction():
        added = bank.bring_in(statement, by=by, now=now)
    if book:
        jobs.run("statements")
    return added


def came(account, now, *bookings, **facts):
    """Lines of a statement of its own that says just this; the lines."""
    bring_in(account, as_camt(list(bookings)), now, **facts)
    return lines()


def paying(order, minor=None, **facts):
    """The booking by which somebody pays an order with its reference."""
    reference = bank.printed(bank.creditor_reference(order.ref))
    amount = order.total_minor if minor is None else minor
    return Said(amount, facts.pop("text", f"Ref {reference}"), facts.pop("name", "Ada Demo"), **facts)


def lines():
    """Every line, as it is now."""
    return list(
        db.session.scalars(
            select(bank.StatementLine).order_by(bank.StatementLine.id).execution_options(populate_existing=True)
        )
    )


def states():
    return [(str(each.state), each.matched_minor) for each in lines()]


def match(line, order, now, minor=None, by=None):
    """Staff match a line to an order; the order."""
    with transaction():
        order = payments.locked(order.id)
        amount = banking.most(line, order) if minor is None else Money(minor, line.currency)
        return banking.match(line.id, order.id, amount=amount, by=by, now=now)


def undo(line, now, reason="a slip"):
    """The line's latest match is taken out again; LookupError without one."""
    standing = select(bank.Match).where(bank.Match.line_id == line.id, bank.Match.ended_at.is_(None))
    found = db.session.scalars(standing.order_by(bank.Match.id.desc())).first()
    if found is None:
        raise LookupError("nothing is matched")
    with transaction():
        return bank.give_up(found.id, reason=reason, by=None, now=now)


def with_reversals(account, money, now):
    """Lines of the account that say this, and as many that take each of them back."""
    bring_in(account, as_camt(money), now)
    backs = [Said(-each.minor, "reversal", "?", is_reversal=True) for each in money]
    bring_in(account, as_camt(backs), now, name="back.xml")


def do_with(what, line, reversal, *, by, now):
    """Staff do with a line what gives no money to an order: "reverse", "aside", "open" or "back"."""
    with transaction():
        if what == "reverse":
            bank.reverse(line, reversal, by=by, now=now)
        elif what == "aside":
            bank.ignore(line, reason="interest", by=by, now=now)
        elif what == "open":
            bank.reopen(line, by=by, now=now)
        else:
            bank.send_back(line, line.left, note="sent", by=by, now=now)


def a_payout(name="po_first1", minor=12345, *, arrives=DAY, status="paid", **told):
    """Stripe tells of a payout."""
    at = int((arrives - date(1970, 1, 1)) / timedelta(seconds=1))
    seen = payouts.PayoutSeen(name, minor, "USD", status, True, False, at, at, "", **told)
    with transaction():
        return payouts.keep_payout(seen)


def are_tied():
    """Whether every account ties out."""
    return all(each.is_tied for each in bank.tied())


def _fay(now):
    with transaction():
        return people.enter(email="fay@example.org", given_name="Fay", now=now)
