"""A bank statement of thousands beside a hundred thousand orders: read, kept, and each line with the order that it most likely pays."""

import random
import time
from datetime import timedelta

from bench import hundred_thousand
from conference import books, payments, people
from conference.kernel import Money, clock, db, transaction
from conference.payments import NewLine, bank

LINES, ORDERS, TIMES = 5000, 4000, 2
# Of ten lines: how each says what it is for.
SAYS = ("ref", "ref", "ref", "ref", "slip", "name", "amount", "twice", "paid", "nothing")
HOW = (
    f"a camt.053 file of {LINES} lines read, kept and matched on PostgreSQL beside {hundred_thousand.ORDERS} orders that are paid and invoiced and"
    f" {ORDERS} that are open: payments.bank.keep, then bring_in, as the desk does it. Of ten lines four name an open order, one does with a slip,"
    " one has the payer's name alone, one the amount alone, one pays an order a second time, one names an order or an invoice that is paid, one"
    " says nothing. Booking what is sure follows in the worker, order by order, as for a card"
)


def statement(site):
    """Seconds for a statement of 5,000 lines."""
    with site.app.app_context():
        hundred_thousand.filled(books.period(books.month_of(clock.now() - timedelta(days=62))))
        refs = _orders()
        runs, found = [], 0
        for number in range(TIMES):
            with transaction():
                account = bank.add(by=None, now=clock.now(), **_account(number))
            begun = time.perf_counter()
            found = _bring_in(account, _file(refs))
            runs.append(round(time.perf_counter() - begun, 2))
    how = f"{HOW}; {found} lines have a suggestion"
    yield {"figure": "statement", "value": min(runs), "unit": "s", "goal": "<= 10", "how": how, "runs": runs}


def _orders():
    now = clock.now()
    known = [
        {"email": f"payer{number}@example.org", "given_name": f"Given{number}", "family_name": f"Family{number}",
         "degrees": "", "institution": f"Institute {number % 900}", "country": "US"}
        for number in range(ORDERS)
    ]  # fmt: skip
    with transaction():
        them = [
            each for start in range(0, ORDERS, 500) for each in people.enter_many(known[start : start + 500], now=now)
        ]
        bought = [(each.id, [NewLine("dues", 0, "Dues", Money(20000 + each.id % 40 * 100, "USD"))]) for each in them]
        facts = {"currency": "USD", "now": now, "expires_at": now + timedelta(days=30), "scope": None}
        orders = payments.wholesale.open_many(bought, **facts)
    return [(each.ref, each.total_minor) for each in orders]


def _account(number):
    facts = {"holder": "", "iban": "", "bic": "", "details": "", "currency": "USD", "mapping": {}, "is_closed": False}
    return {"name": f"Account {number}", "books_exact": True, **facts}


def _bring_in(account, content):
    """How many of its lines have a suggestion."""
    by, now = people.by_email("payer0@example.org"), clock.now()
    with transaction():
        kept = bank.keep(account, name="bench.xml", content=content, by=by, now=now)
    with transaction():
        if bank.work_on(kept.id, bank.read_asked(kept.id, now=now), now=now):
            db.session.flush()
    with transaction():
        bank.bring_in(kept, by=by, now=now)
    mine = db.select(db.func.count()).select_from(bank.StatementLine)
    return db.session.scalar(
        mine.where(bank.StatementLine.account_id == account.id, bank.StatementLine.suggested_id.is_not(None))
    )


def _file(refs):
    dice = random.Random(7)
    entries = "".join(_entry(refs, number, dice) for number in range(LINES))
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Acct><Ccy>USD</Ccy></Acct>'
        f"{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _entry(refs, number, dice):
    (ref, minor), says = refs[number * 3 // 4 % len(refs)], SAYS[number % len(SAYS)]
    text, name = _said(says, ref, number, dice), f"Given{number * 3 // 4} Family{number * 3 // 4}"
    if says == "nothing":
        minor = 7
    if says in ("amount", "nothing", "paid"):
        name = f"Payer {number}"
    day = clock.now().date().isoformat()
    return (
        f'<Ntry><Amt Ccy="USD">{minor // 100}.{minor % 100:02}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt>'
        f"<Dt>{day}</Dt></BookgDt><AcctSvcrRef>B{number}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>"
        f"{name}</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def _said(says, ref, number, dice):
    """What a payer has typed."""
    paid = hundred_thousand.FIRST + dice.randrange(hundred_thousand.ORDERS)
    match says:
        case "ref" | "twice":
            return f"Fee {bank.printed('RF18' + ref)} thank you"
        case "slip":
            return f"Fee {bank.printed('RF18' + ref[:4] + dice.choice('34679') + ref[5:])} thank you"
        case "paid" if number % 20 > 10:
            return f"Invoice MADE-{paid} conference registration"
        case "paid":
            return f"Annual meeting {hundred_thousand.ref_of(paid)} registration"
    return f"conference fee {number}"
