"""Lists of bank lines at the desk: what is wished for in the address, orders that a line may pay, a table for spreadsheets."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from conference import payments
from conference.checkout import banking
from conference.kernel import Money, clean_line, db
from conference.payments import Order, bank
from conference.people import Person
from conference.staff import order_list
from conference.staff.bank_words import HINTS

AT_ONCE = 500  # lines that the table holds in memory
FOUND = 10  # orders that a search shows beside a line
COLUMNS = (
    "line", "account", "booked_on", "amount", "currency", "state", "left", "name", "account_of_payer", "text", "bank_reference",
    "reason", "note", "orders", "statement_line",
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """Which lines are wished for; `state` empty is all of them."""

    state: str
    account: Any
    statement: Any
    why: str
    text: str

    @property
    def filters(self):
        """As bank.lines takes them."""
        return vars(self)

    @property
    def asked(self):
        """As they stand in an address, but for the state."""
        refs = {"account": self.account, "statement": self.statement}
        named = {name: each.ref if each else None for name, each in refs.items()}
        return {**named, "why": self.why or None, "q": self.text or None}


@dataclass(frozen=True)
class Choice:
    """An order that a line may pay: what is still due of it, how much of the line it takes, what speaks for it, what is to be known."""

    order: Any
    person: Any
    due: Money
    most: Money
    score: int
    why: str
    hints: tuple


def wish_of(args):
    """The Wish in an address; lines that wait are meant where it names no state, `all` is all."""
    state, why = args.get("state", bank.LineState.OPEN), args.get("why", "")
    return Wish(
        state="" if state == "all" else state if state in list(bank.LineState) else bank.LineState.OPEN,
        account=bank.account_of(args.get("account", "")),
        statement=bank.statement_of(args.get("statement", "")),
        why=why if why in list(bank.Why) else "",
        text=clean_line(args.get("q", ""))[:200],
    )


def suggested(lines):
    """{order id: (order, person)} of the orders that these lines most likely pay."""
    return _orders({each.suggested_id for each in lines if each.suggested_id and each.state == bank.LineState.OPEN})


def choices(line, text, now):
    """[Choice] for a line that waits: what is suggested, or what is looked for."""
    if text:
        rows = db.session.execute(order_list.listed(order_list.Wish(q=text)).limit(FOUND)).all()
        found = {order.id: (order, person, 0, "", ()) for order, person in rows}
    else:
        told = {each.order_id: each for each in bank.suggestions_for(line, now)}
        orders = _orders(told)
        found = {key: (*orders[key], each.score, each.why, each.hints) for key, each in told.items()}
    return [_choice(line, *each) for each in found.values()]


def rows(wish):
    """Rows of the table of the lines that are wished for, read some at a time."""
    for line in db.session.scalars(bank.lines(**wish.filters).execution_options(yield_per=AT_ONCE)):
        paid = "; ".join(f"{each.order.ref} {Money(each.amount_minor, line.currency).decimal_text}" for each in line.matches if not each.ended_at)  # fmt: skip
        yield (
            line.ref, line.account.name, line.booked_on.isoformat(), line.amount.decimal_text, line.currency, str(line.state),
            line.left.decimal_text, line.name, line.iban, line.text, line.bank_ref, line.why, line.note, paid, line.number,
        )  # fmt: skip


def _choice(line, order, person, score, why, hints):
    due, hints = payments.missing(order), tuple(HINTS[each] for each in hints)
    return Choice(order, person, due, banking.most(line, order), score, why, hints)


def _orders(keys):
    statement = select(Order, Person).join(Person, Order.person_id == Person.id).where(Order.id.in_(keys))
    return {
        order.id: (order, person) for order, person in db.session.execute(statement.options(selectinload(Order.lines)))
    }
