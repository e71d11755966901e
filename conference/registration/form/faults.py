"""What is wrong with the conditions of a form, in words."""

from flask_babel import gettext as _

from conference.registration.form.models import Section
from conference.registration.form.rules import faults


def first_fault(blocks, row, *, known):
    """(whether it is `row`'s own, the fault in words), its own first, or None; others' that were `known` before are let be."""
    found = told(blocks)
    own = _key(row)
    if own in found:
        return True, found[own][0]
    fresh = [key for key in found if key not in known]
    return (False, f"{name_of(blocks, fresh[0])}: {found[fresh[0]][0]}") if fresh else None


def told(blocks):
    """{(what, code): [faults in words]} of every condition that can never hold as it is meant."""
    labels = {each.code: each.label for block in blocks for each in block.fields}
    return {
        key: [_in_words(fault, test, labels.get(test["field"], test["field"])) for fault, test in wrong]
        for key, wrong in faults(blocks).items()
    }


def name_of(blocks, key):
    """What a section or field is called."""
    what, code = key
    if what == "section":
        return next(b.section.title for b in blocks if b.section is not None and b.section.code == code)
    return next(each.label for block in blocks for each in block.fields if each.code == code)


def _key(row):
    if row is None:
        return None
    return ("section" if isinstance(row, Section) else "field", row.code)


def _in_words(fault, test, label):
    value = test.get("value", "")
    return {
        "unknown": _("it asks after “%(label)s”, which is not in this form.", label=label),
        "later": _(
            "it asks after “%(label)s”, which does not stand before it. Only earlier fields can decide.", label=label
        ),
        "retired": _("it asks after “%(label)s”, which is no longer asked.", label=label),
        "choice": _("“%(value)s” is none of the answers of “%(label)s”.", value=value, label=label),
        "op": _("answers to “%(label)s” cannot be compared like that.", label=label),
        "value": _("say with what “%(label)s” is compared.", label=label),
    }[fault]
