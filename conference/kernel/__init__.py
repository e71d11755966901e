"""What every subject stands on: database, money, clock, references, tokens, cleaned text, colours, refusals.

Nothing here knows Flask pages or tables of a subject.
"""

from conference.kernel import clock, colour, liveness, memory, sheets, tokens
from conference.kernel.append_only import append_only
from conference.kernel.commands import end_plainly
from conference.kernel.days import begin_of, end_of
from conference.kernel.db import (
    Base,
    UtcDateTime,
    before_commit,
    claim_version,
    claimed,
    count_anew,
    db,
    end_read,
    end_reads,
    insert_missing,
    insert_once,
    keep_nothing,
    on_commit,
    one_of,
    plain_rows,
    take_time,
    transaction,
)
from conference.kernel.errors import Refusal, Stale, stamp_of
from conference.kernel.money import (
    THREE_DECIMAL,
    ZERO_DECIMAL,
    CurrencyMismatch,
    Money,
    decimal_text,
    exponent,
    minor_typed,
    parse_minor,
    shown_decimals,
    smallest_step,
)
from conference.kernel.parts import in_parts
from conference.kernel.references import named_by_others
from conference.kernel.refs import REF_ALPHABET, is_badge_code, is_ref, new_badge_code, new_ref
from conference.kernel.roles import ADMINISTRATOR, ROLES, STAFF_ROLES
from conference.kernel.sealed import SealedBytes, SealedText
from conference.kernel.text import clean_line, clean_text, fold, whole_number

__all__ = [
    "ADMINISTRATOR",
    "REF_ALPHABET",
    "ROLES",
    "STAFF_ROLES",
    "SealedBytes",
    "SealedText",
    "Stale",
    "THREE_DECIMAL",
    "ZERO_DECIMAL",
    "Base",
    "CurrencyMismatch",
    "Money",
    "Refusal",
    "UtcDateTime",
    "append_only",
    "before_commit",
    "begin_of",
    "claim_version",
    "claimed",
    "clean_line",
    "clean_text",
    "clock",
    "colour",
    "count_anew",
    "db",
    "decimal_text",
    "end_of",
    "end_plainly",
    "end_read",
    "end_reads",
    "exponent",
    "fold",
    "in_parts",
    "insert_missing",
    "insert_once",
    "is_badge_code",
    "is_ref",
    "keep_nothing",
    "liveness",
    "memory",
    "minor_typed",
    "named_by_others",
    "new_badge_code",
    "new_ref",
    "on_commit",
    "one_of",
    "parse_minor",
    "plain_rows",
    "sheets",
    "shown_decimals",
    "smallest_step",
    "stamp_of",
    "take_time",
    "tokens",
    "transaction",
    "whole_number",
]
