"""A bank account of the fictional society, and a statement of it: lines that were booked by themselves, and some that wait for somebody."""

from datetime import timedelta

from conference import checkout, jobs, people, registration, society
from conference.demo.stories import FINANCE, Teller
from conference.kernel import decimal_text, transaction
from conference.payments import bank, payouts

# The IBAN that the registry of IBANs gives as Germany's example (https://www.swift.com/standards/data-standards/iban): nobody's.
IBAN = "DE89370400440532013000"
MAPPING = {
    "delimiter": "semicolon", "encoding": "utf-8", "date_format": "%Y-%m-%d", "decimal": "point", "date": "Booked", "amount": "Amount",
    "text": "Text", "name": "Name", "id": "Reference", "currency": "Currency", "credit": "", "debit": "", "iban": "",
}  # fmt: skip
PAYERS = 5
DAY = timedelta(days=1)


def build_bank(meeting, cast, now):
    """The account and its statement; `cast` are people who have no registration yet."""
    finance = people.by_email(FINANCE)
    orders = _orders(meeting, cast, now)
    with transaction():
        facts = {"details": "Example Bank, 1 Example Street", "bic": "", "is_closed": False, "books_exact": True}
        account = bank.add(
            by=finance, now=now - 30 * DAY, name="Current account", holder=society.current().name, iban=IBAN,
            currency=meeting.currency, mapping=MAPPING, **facts,
        )  # fmt: skip
    with transaction():
        terms = {"whom": "all", "days": 14, "days_before": 14, "grace_days": 3}
        checkout.transferring.set_terms(meeting, by=finance, version=0, now=now - 30 * DAY, **terms)
    content = _table([*_said(orders), *_of_stripe()], meeting.currency, now)
    with transaction():
        kept = bank.keep(account, name="statement-of-the-week.csv", content=content, by=finance, now=now)
    with transaction():
        bank.bring_in(kept, by=finance, now=now)
    jobs.run("statements")


def _orders(meeting, cast, now):
    """Orders that wait for a transfer."""
    free = [each for each in cast if registration.registration_in(meeting, each) is None][:PAYERS]
    found = []
    for person in free:
        with transaction():
            tell = Teller(meeting, now)
            order = tell.placed(person, days_ago=3)
            checkout.hold_longer(order, until=now + 14 * DAY, by=tell.desk, now=now)
            found.append((order, person))
    return found


def _said(orders):
    """(minor units, text, name, the bank's reference) of each line."""
    lines = []
    for number, (order, person) in enumerate(orders):
        reference, minor, name = bank.printed(bank.creditor_reference(order.ref)), order.total_minor, person.full_name
        odd = {
            1: (minor - 1500, reference, name),
            2: (minor, f"Ref {_mistyped(order.ref)}", name),
            3: (minor, "conference fee", name),
            4: (minor + 2500, reference, name),
        }
        lines.append((*odd.get(number, (minor, reference, name)), f"EX{number}"))
    interest, fee = (1234, "Interest", "Example Bank", "EX97"), (-850, "Account fee", "Example Bank", "EX98")
    return [*lines, (9900, "Invoice 2028-17, thank you", "Example University", "EX96"), interest, fee]


def _mistyped(ref):
    """A reference of which two letters have changed places, as happens in typing."""
    place = next(place for place in range(len(ref) - 1) if ref[place] != ref[place + 1])
    return f"{ref[:place]}{ref[place + 1]}{ref[place]}{ref[place + 2 :]}"


def _of_stripe():
    """The payout, as it arrives: its line names it, so it is tied by itself."""
    payout = payouts.by_id("po_demo_1")
    return [(payout.amount_minor, f"STRIPE {payout.payout_id}", "Stripe (fictional)", "EX95")] if payout else []


def _table(lines, currency, now):
    rows = [
        f"{(now - 2 * DAY).date()};{name};{text};{decimal_text(minor, currency)};{currency};{reference}"
        for minor, text, name, reference in lines
    ]
    return "\n".join(["Booked;Name;Text;Amount;Currency;Reference", *rows, "not a day;Example Bank;Note;;;"]).encode()
