"""The trail's words about bank accounts, statements and their lines."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "added a bank account": _l("Bank account added"),
    "approved a payment": _l("Payment approved by a second person"),
    "asked for approval of a payment": _l("Payment marked; a second person is asked"),
    "brought in a bank statement": _l("Bank statement read"),
    "changed a bank account": _l("Bank account changed"),
    "chose to pay by transfer": _l("To be paid by bank transfer"),
    "decided on transfers for": _l("How bank transfers are taken"),
    "declined a payment": _l("Payment declined by a second person"),
    "gave up what is missing of": _l("Given without the rest of its money"),
    "matched bank money to": _l("Bank money matched"),
    "noted a reversed booking": _l("Taken back by the bank"),
    "opened a bank line again": _l("Bank line opened again"),
    "sent bank money back": _l("Bank money sent back"),
    "set a bank line aside": _l("Bank line set aside"),
    "tied a bank line": _l("Bank line tied to what it is"),
    "took bank money out of": _l("Bank money taken out again"),
    "untied a bank line": _l("Bank line untied"),
}
FIELDS = {
    "account": _l("account"),
    "booked": _l("booked on"),
    "books_exact": _l("books exact matches by itself"),
    "currency": _l("currency"),
    "details": _l("for payers"),
    "holder": _l("holder"),
    "is_closed": _l("closed"),
    "second_person_from_minor": _l("two people from, in the smallest unit"),
    "days": _l("days to pay"),
    "days_before": _l("days before the meeting"),
    "grace_days": _l("days of grace"),
    "po_number": _l("purchase order"),
    "until": _l("until"),
    "whom": _l("for whom"),
    "mapping": _l("how CSV files are read"),
}
VALUES = {
    "all": _l("everybody"),
    "groups": _l("groups only"),
}
