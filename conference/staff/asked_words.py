"""When and of whom something is asked, in words."""

from flask_babel import gettext as _

from conference import registration
from conference.registration import form


def of_form(meeting, blocks):
    """{section or field: words} for everything of a form that is not asked of all and always."""
    fields = {each.code: each for block in blocks for each in block.fields}
    categories = {each.code: each.name for each in registration.categories_of(meeting, all_of_them=True)}
    rows = [block.section for block in blocks if block.section] + list(fields.values())
    return {row: words for row in rows if (words := _words(row, fields, categories))}


def condition_words(condition, fields):
    """A condition as a phrase; `fields` {code: field}."""
    join = _(" or ") if condition["join"] == "any" else _(" and ")
    return join.join(_test(test, fields.get(test["field"])) for test in condition["tests"])


def _words(row, fields, categories):
    parts = [condition_words(row.condition, fields)] if row.condition else []
    if row.categories:
        parts.append(_("for %(names)s", names=", ".join(categories.get(each, each) for each in row.categories)))
    if row.modes:
        parts.append(", ".join(registration.mode_name(each).lower() for each in row.modes))
    return "; ".join(parts)


def _test(test, source):
    label = source.label if source is not None else test["field"]
    value = (
        form.in_words(source.kind, source.choices, test.get("value", ""))
        if source is not None
        else test.get("value", "")
    )
    if test["op"] in ("answered", "not_answered"):
        value = ""
    return " ".join(part for part in (f"“{label}”", form.op_words()[test["op"]], value) if part)
