"""JSON from strangers: read within bounds, and asked for values by the type that is expected."""

import json

from flask_babel import gettext as _

from conference.kernel import whole_number
from conference.schedule.formats.report import UnreadableFile

LARGEST_WHOLE = 2**53


def parse(text):
    """The object at the top of JSON text. UnreadableFile when there is none."""
    try:
        tree = json.loads(text.lstrip("\ufeff"), parse_constant=_no_constant)
    except RecursionError:
        raise UnreadableFile(_("The file is nested too deeply.")) from None
    except ValueError as error:
        raise UnreadableFile(_("The file is not JSON: %(error)s", error=error)) from None
    if not isinstance(tree, dict):
        raise UnreadableFile(_("The file is JSON, but there is no object at its top."))
    return tree


def table(tree, name):
    """The objects in the list `name`; anything else in it is passed over."""
    entries = tree.get(name)
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def child(tree, name):
    """The object `name`, empty when it is missing."""
    value = tree.get(name)
    return value if isinstance(value, dict) else {}


def listed(tree, name):
    """The list `name`, empty when it is missing."""
    value = tree.get(name)
    return value if isinstance(value, list) else []


def whole(value):
    """A whole number that fits everywhere, else None; numbers written as text count."""
    if isinstance(value, str):
        value = whole_number(value, 15)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST_WHOLE
    return value if fits else None


def _no_constant(name):
    raise ValueError(f"{name} is not a JSON number")
