"""The bank on the site: an account, a statement that was kept with lines of every state, one that was only read."""

from io import BytesIO

from conference import checkout, jobs
from conference.kernel import clock, db, transaction
from conference.payments import bank, marks
from tests.checkout.banking.acting import a_payout
from tests.payments.bank.writing import IBAN, MAPPING, Said, as_camt, as_csv
from tests.site import people
from tests.site.desk_values import made

ACCOUNT = {
    "name": "Λογαριασμός", "holder": "Εταιρεία Δοκιμών", "currency": "USD", "iban": IBAN, "bic": "", "details": "Τράπεζα",
    "books_exact": "y", **{f"csv_{name}": value for name, value in MAPPING.items()},
}  # fmt: skip


def of_banks(site, meeting, orders):
    """{key: value} for the addresses of banks; Eve's order waits, and part of it is paid."""
    day, fay = clock.now().date(), site.browser("finance")
    assert fay.post("/staff/bank/accounts/new", data=ACCOUNT).status_code == 303
    (account,) = bank.accounts()
    eve = orders["eve"]
    said = [
        Said(1000, f"Μέρος {bank.creditor_reference(eve.ref)}", "Εύα", day=day),
        Said(2000, "Τίποτα", "Κανένας", day=day),
        Said(3000, "Τόκοι", "Τράπεζα", day=day),
        Said(4000, "Λάθος", "Άλλος", day=day),
        Said(-4000, "Πίσω", "Κάποιος", day=day, is_reversal=True),
        Said(-50, "Έξοδα", "Τράπεζα", day=day),
        Said(6000, "Πληρωμή", "STRIPE", day=day),
        Said(6000, "po_site77 Πληρωμή", "STRIPE", day=day),
    ]
    for name in ("po_site66", "po_site77"):
        a_payout(name, 6000, arrives=day)
    kept = _made(site, account, as_camt(said), "november.xml")
    assert fay.post(f"/staff/bank/statements/{kept}").status_code == 303
    jobs.run("statements")
    part, nothing, aside, original, back, _out, payout, tied = _lines()
    typed = {"order": eve.ref, "amount": "10.00"}
    assert fay.post(f"/staff/bank/lines/{part.ref}/match", data=typed).status_code == 303
    assert fay.post(f"/staff/bank/lines/{aside.ref}/aside", data={"reason": "Τόκοι"}).status_code == 303
    with transaction():
        marked = {
            "provider": "cheque",
            "amount": eve.total,
            "note": "Επιταγή 17",
            "by": people.person("ivy"),
            "now": clock.now(),
        }
        marks.ask(eve, **marked)
        terms = {"whom": "all", "days": 10, "days_before": 5, "grace_days": 3}
        checkout.transferring.set_terms(meeting, by=None, version=0, now=clock.now(), **terms)
    odd = as_csv([Said(5000, "Νέο", "Νέος", day=day)]) + b"x;;;x;1,00;USD;\r\n"
    return {
        "account_ref": account.ref,
        "statement_ref": kept,
        "staff.bring_in_statement.statement_ref": _made(site, account, odd, "odd.csv"),
        "line_ref": nothing.ref,
        "staff.undo_bank_match.line_ref": part.ref,
        "staff.tie_bank_line.line_ref": payout.ref,
        "staff.untie_bank_line.line_ref": tied.ref,
        "staff.reopen_bank_line.line_ref": aside.ref,
        "staff.choose_original.line_ref": back.ref,
        "original": original.id,
        "mark_ref": db.session.scalar(db.select(marks.Mark.ref)),
        "checkout.pay_by_transfer.ref": eve.ref,
    }


def _made(site, account, content, name):
    return made(site, "finance", "/staff/bank/statements", {"account": account.ref, "file": (BytesIO(content), name)})


def _lines():
    db.session.rollback()
    return list(db.session.scalars(db.select(bank.StatementLine).order_by(bank.StatementLine.id)))
