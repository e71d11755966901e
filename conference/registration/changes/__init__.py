"""Changing a registration that is paid: what it costs by dated tables, and the change itself, from asked to done.

Money is not decided here: checkout asks for fees, writes the order, and says when it is settled.
"""

from conference.registration.changes.actions import ask, do, let_go
from conference.registration.changes.editing import add_step, change_step, remove_step, set_steps
from conference.registration.changes.models import Change, ChangeStep
from conference.registration.changes.queries import (
    as_step,
    change_of,
    changes_by_order,
    changes_of,
    kept_discount,
    open_change,
    step_rows,
    steps_of,
    taken_over_from,
    waiting_among,
)
from conference.registration.changes.rules import ASKED, ChangeState, Kind, Step, difference, fee, kept, split, step_for
from conference.registration.changes.words import (
    change_in_words,
    change_policy,
    cost_in_words,
    kind_name,
    not_any_more,
    step_in_words,
)

__all__ = [
    "ASKED",
    "Change",
    "ChangeState",
    "ChangeStep",
    "Kind",
    "Step",
    "add_step",
    "as_step",
    "ask",
    "change_in_words",
    "change_of",
    "change_policy",
    "changes_by_order",
    "change_step",
    "changes_of",
    "cost_in_words",
    "difference",
    "do",
    "fee",
    "kept",
    "kept_discount",
    "kind_name",
    "let_go",
    "not_any_more",
    "open_change",
    "remove_step",
    "set_steps",
    "split",
    "step_for",
    "step_in_words",
    "step_rows",
    "steps_of",
    "taken_over_from",
    "waiting_among",
]
