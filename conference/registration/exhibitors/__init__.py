"""Exhibitors: companies with a booth, badges that are free of charge within its allotment, and extra badges at their price.

An exhibitor is a group (registration.groups) whose coordinator is the company's contact: its seats, orders and statements are those of
any group. What is its own is the kind of booth with its rule, and the allotment that the rule gives and orders use up.
"""

from conference.registration.exhibitors import files, queries, words
from conference.registration.exhibitors.actions import add, allotted, change, remove
from conference.registration.exhibitors.kinds import add_kind, change_kind, remove_kind
from conference.registration.exhibitors.letters import (
    due_reminders,
    to_invite,
    to_remind,
    write,
    write_again,
    write_all,
)
from conference.registration.exhibitors.models import BoothKind, Exhibitor, ExhibitorFile, ExhibitorLetter
from conference.registration.exhibitors.naming import fees_for_name, of_registration, refuse_unnamed
from conference.registration.exhibitors.queries import standing_of
from conference.registration.exhibitors.rules import (
    COLUMNS,
    HUNDREDTHS,
    MOST,
    Basis,
    Late,
    LetterKind,
    Names,
    Rounding,
    Rule,
    Unit,
    allotment,
    parse_area,
)
from conference.registration.exhibitors.sharing import sharing_of

__all__ = [
    "Basis",
    "BoothKind",
    "COLUMNS",
    "Exhibitor",
    "ExhibitorFile",
    "ExhibitorLetter",
    "HUNDREDTHS",
    "Late",
    "LetterKind",
    "MOST",
    "Names",
    "Rounding",
    "Rule",
    "Unit",
    "add",
    "add_kind",
    "allotment",
    "allotted",
    "change",
    "change_kind",
    "due_reminders",
    "fees_for_name",
    "files",
    "of_registration",
    "parse_area",
    "queries",
    "refuse_unnamed",
    "remove",
    "remove_kind",
    "sharing_of",
    "standing_of",
    "to_invite",
    "to_remind",
    "words",
    "write",
    "write_again",
    "write_all",
]
