"""Which fields of a form are asked: of whom, after which answers, in which order; pure decisions on values.

A condition is {"join": "all" or "any", "tests": [{"field", "op", "value"}]}; None holds always. It may name earlier fields
only, so there are no cycles, and one reading from top to bottom decides everything.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from conference.registration.form.kinds import BETWEEN, CHOOSING, Kind, codes_of, is_number

JOINS = ("all", "any")
OPS = ("is", "is_not", "contains", "less", "more", "answered", "not_answered")
BARE = ("answered", "not_answered")
COMPARED = (Kind.NUMBER, Kind.DATE)


@dataclass(frozen=True)
class Block:
    """A section with its fields in order; `section` is None for the fields that stand before all sections."""

    section: Any
    fields: list = field(default_factory=list)

    @property
    def condition(self):
        """What must hold for the whole block."""
        return self.section.condition if self.section is not None else None


def when(code, *values):
    """The condition that the field `code` was answered with one of `values`."""
    return {"join": "any", "tests": [{"field": code, "op": "is", "value": value} for value in values]}


def blocks_of(sections, fields):
    """All sections in order with their fields, those without a section first; empty blocks are left out only there."""
    loose = [each for each in fields if each.section_id is None]
    found = [Block(None, loose)] if loose else []
    return found + [Block(each, [one for one in fields if one.section_id == each.id]) for each in sections]


def asked_of(blocks, *, category, mode):
    """The blocks as somebody of this category and mode is asked them; what is retired or meant for others is left out."""
    found = []
    for block in blocks:
        if block.section is not None and not _is_for(block.section, category, mode):
            continue
        fields = [each for each in block.fields if _is_for(each, category, mode)]
        if fields:
            found.append(Block(block.section, fields))
    return found


def counted(blocks, typed):
    """Of `typed` {code: kept text} what counts: the fields that are asked, given the answers before them."""
    return {each.code: typed[each.code] for each in reached(blocks, typed) if typed.get(each.code)}


def reached(blocks, typed):
    """The fields that are asked, in order, when `typed` {code: kept text} is what stands in the form."""
    found, given = [], {}
    for block in blocks:
        if not holds(block.condition, given):
            continue
        for each in block.fields:
            if not holds(each.condition, given):
                continue
            found.append(each)
            if typed.get(each.code):
                given[each.code] = typed[each.code]
    return found


def holds(condition, given):
    """Whether a condition is met by the answers {code: kept text}."""
    if not condition or not condition.get("tests"):
        return True
    join = any if condition.get("join") == "any" else all
    return join(_passes(test, given.get(test["field"], "")) for test in condition["tests"])


def faults(blocks):
    """{(what, code): [faults]} of the conditions of a form: (kind of fault, test) for each test that can never be right.

    The kinds: "unknown" field, "later" field, "retired" field, "choice" that the field does not have, "op" that its kind does
    not know, "value" that is none.
    """
    known = {each.code: each for block in blocks for each in block.fields}
    before, found = set(), {}
    for block in blocks:
        if block.section is not None:
            _note(found, ("section", block.section.code), block.section, known, before)
        for each in block.fields:
            _note(found, ("field", each.code), each, known, before)
            before.add(each.code)
    return found


def fault_of(test, known, before):
    """The kind of fault of one test, or None; `known` {code: field}, `before`: the codes that stand before it."""
    source = known.get(test["field"])
    if source is None:
        return "unknown"
    if source.code not in before:
        return "later"
    if not source.is_asked:
        return "retired"
    if test["op"] in BARE:
        return None
    return _misfit(source, test["op"], str(test.get("value", "")))


def users_of(code, blocks):
    """The sections and fields whose condition asks after the field `code`."""
    rows = [block.section for block in blocks if block.section is not None]
    rows += [each for block in blocks for each in block.fields]
    return [row for row in rows if any(test["field"] == code for test in (row.condition or {}).get("tests", ()))]


def _misfit(source, op, value):
    if not value:
        return "value"
    if op in ("less", "more"):
        if source.kind not in COMPARED:
            return "op"
        return None if source.kind == Kind.DATE or is_number(value) else "value"
    if op == "contains" and source.kind not in (Kind.CHOICES, Kind.TEXT, Kind.LONG, Kind.EMAIL):
        return "op"
    return "choice" if not _may_be(source, value) else None


def _may_be(source, value):
    if source.kind in CHOOSING:
        return value in {each["code"] for each in source.choices}
    return value in {Kind.YES_NO: ("yes", "no"), Kind.CONSENT: ("yes",)}.get(source.kind, (value,))


def _note(found, key, row, known, before):
    tests = (row.condition or {}).get("tests", ())
    wrong = [(fault, test) for test in tests if (fault := fault_of(test, known, before))]
    if wrong:
        found[key] = wrong


def _is_for(row, category, mode):
    return row.is_asked and (not row.categories or category in row.categories) and (not row.modes or mode in row.modes)


def _passes(test, answer):
    value = str(test.get("value", ""))
    match test["op"]:
        case "answered":
            return bool(answer)
        case "not_answered":
            return not answer
        case "is":
            return _same(answer, value)
        case "is_not":
            return not _same(answer, value)
        case "contains":
            return value in codes_of(answer) if answer.startswith(BETWEEN) else value.casefold() in answer.casefold()
        case "less":
            return _lies(answer, value, below=True)
        case "more":
            return _lies(answer, value, below=False)
    return False


def _same(answer, value):
    return bool(answer) and (answer.casefold() == value.casefold() or codes_of(answer) == [value])


def _lies(answer, value, *, below):
    if not answer:
        return False
    if is_number(answer) and is_number(value):
        return Decimal(answer) < Decimal(value) if below else Decimal(answer) > Decimal(value)
    return answer < value if below else answer > value
