"""Banks: accounts of the society, what their statements say, and which orders that money pays.

A file is read whole or not at all, each of its lines is kept once, and no cent of a line is given twice. What an order gives
for the money is decided above, in checkout.
"""

from conference.payments.bank import csv_file
from conference.payments.bank.accounts import add, change
from conference.payments.bank.as_written import decoded
from conference.payments.bank.candidates import account_for, accounts, candidates, missing_of
from conference.payments.bank.clearings import Clearing, is_on_its_way, on_their_way
from conference.payments.bank.counterparts import tie, untie
from conference.payments.bank.finding import Finder
from conference.payments.bank.knowing import known_until, say_complete, waited_for
from conference.payments.bank.matching import (
    give_up,
    ignore,
    line_by_id,
    originals,
    refuse_other_currency,
    reopen,
    reverse,
    send_back,
    set_apart,
    sure_original,
    take,
)
from conference.payments.bank.models import Account, Counterpart, Match, Statement, StatementLine
from conference.payments.bank.promises import Promise, broken_by, paid_into, promise, promise_of, reference_of
from conference.payments.bank.queries import (
    account_of,
    brought_in_by,
    counts,
    given_by,
    line_of,
    lines,
    matches_of,
    statement_of,
    statements,
    suggestions_for,
    sure_lines,
    tied,
)
from conference.payments.bank.recording import (
    ask_to_bring_in,
    asked,
    bring_in,
    fail,
    keep,
    put_back,
    read_asked,
    work_on,
)
from conference.payments.bank.recount import differences
from conference.payments.bank.rules import CounterpartKind, LineState, Why, creditor_reference, printed, refs_said
from conference.payments.bank.tracing import (
    Likely,
    counterpart_of,
    likely,
    likely_payouts,
    lines_of,
    sent_by,
    sure,
    unseen,
)

__all__ = [
    "Account",
    "Counterpart",
    "CounterpartKind",
    "Finder",
    "Likely",
    "LineState",
    "Match",
    "Promise",
    "Clearing",
    "Statement",
    "StatementLine",
    "Why",
    "account_for",
    "account_of",
    "accounts",
    "add",
    "ask_to_bring_in",
    "asked",
    "bring_in",
    "broken_by",
    "brought_in_by",
    "candidates",
    "change",
    "counterpart_of",
    "counts",
    "creditor_reference",
    "differences",
    "csv_file",
    "decoded",
    "fail",
    "give_up",
    "given_by",
    "ignore",
    "is_on_its_way",
    "keep",
    "known_until",
    "likely",
    "likely_payouts",
    "line_by_id",
    "line_of",
    "lines",
    "lines_of",
    "matches_of",
    "missing_of",
    "on_their_way",
    "originals",
    "paid_into",
    "printed",
    "refs_said",
    "promise",
    "promise_of",
    "put_back",
    "read_asked",
    "reference_of",
    "reopen",
    "refuse_other_currency",
    "reverse",
    "say_complete",
    "send_back",
    "sent_by",
    "set_apart",
    "statement_of",
    "statements",
    "suggestions_for",
    "sure",
    "sure_lines",
    "sure_original",
    "take",
    "tie",
    "tied",
    "unseen",
    "untie",
    "waited_for",
    "work_on",
]
