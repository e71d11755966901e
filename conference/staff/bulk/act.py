"""An act on many: what it is called, what is typed for it, whom it would do what, and doing it to one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Act:
    """`label` names it in the menu, `title(facts)` says what it does, `press(count)` stands on the last button.

    `plan(listed, facts, now)` gives the Plan; `do(entry, facts, kept, by, now)` does it to one registration inside a
    transaction: a Refusal leaves that one as it was, what it returns (a dict or None) is kept with it. `prepare(entry)` is
    called before, outside of a transaction. `form` is the class of what is typed, None when nothing is.
    """

    key: str
    label: Any
    lede: Any
    title: Callable
    plan: Callable
    do: Callable
    press: Callable
    form: Any = None
    prepare: Callable | None = None
    is_letter: bool = False
