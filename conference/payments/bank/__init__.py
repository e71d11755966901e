"""Banks: accounts of the society, what their statements say, and which orders that money pays.

A file is read whole or not at all, each of its lines is kept once, and no cent of a line is given twice. What an order gives
for the money is decided above, in checkout.
"""

from conference.payments.bank import csv_file
from conference.payments.bank.accounts import add, change
from conference.payments.bank.as_written import decoded
from conference.payments.bank.candidates import accounts, candidates, missing_of
from conference.payments.bank.finding import Finder
from conference.payments.bank.matching import (
    give_up,
    ignore,
    line_by_id,
    originals,
    refuse_other_currency,
    reopen,
    reverse,
    send_back,
    sure_original,
    take,
)
from conference.payments.bank.models import Account, Match, Statement, StatementLine
from conference.payments.bank.promises import Promise, broken_by, promise, promise_of, reference_of
from conference.payments.bank.queries import (
    account_of,
    counts,
    line_of,
    lines,
    matches_of,
    statement_of,
    statements,
    suggestions_for,
    sure_lines,
    tied,
)
from conference.payments.bank.recording import ask_for, asked, bring_in, fail, keep, put_back, read_asked, work_on
from conference.payments.bank.rules import LineState, Why, creditor_reference, printed

__all__ = [
    "Account",
    "Finder",
    "LineState",
    "Match",
    "Promise",
    "Statement",
    "StatementLine",
    "Why",
    "account_of",
    "accounts",
    "add",
    "ask_for",
    "asked",
    "bring_in",
    "broken_by",
    "candidates",
    "change",
    "counts",
    "creditor_reference",
    "csv_file",
    "decoded",
    "fail",
    "give_up",
    "ignore",
    "keep",
    "line_by_id",
    "line_of",
    "lines",
    "matches_of",
    "missing_of",
    "originals",
    "printed",
    "promise",
    "promise_of",
    "put_back",
    "read_asked",
    "reference_of",
    "reopen",
    "refuse_other_currency",
    "reverse",
    "send_back",
    "statement_of",
    "statements",
    "suggestions_for",
    "sure_lines",
    "sure_original",
    "take",
    "tied",
    "work_on",
]
