"""The choices of a field as lines that staff type: "code | label", or a label alone."""

import re

from flask_babel import gettext as _

from conference.kernel import clean_line, fold

MOST = 200
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class NotLines(ValueError):
    """What was typed makes no list of choices; `str()` says how to mend it."""


def as_lines(choices):
    """Choices as they are typed."""
    return "\n".join(f"{each['code']} | {each['label']}" for each in choices)


def from_lines(text, standing=()):
    """[{code, label}] of what was typed, each once. A code that stands may be kept; a label that stands keeps its code."""
    kept, known = {each["label"]: each["code"] for each in standing}, {each["code"] for each in standing}
    found = {}
    for line in filter(None, map(clean_line, (text or "").splitlines())):
        before, bar, label = (part.strip() for part in line.partition("|"))
        code, label = (before, label) if bar else (kept.get(before, ""), before)
        _check(code, label, known, bar)
        if not bar and label in {each["label"] for each in found.values()}:
            continue
        code = code or _free(label, {*found, *known})
        if code in found:
            raise NotLines(_("The code “%(code)s” stands twice.", code=code))
        found[code] = {"code": code, "label": label}
    if len(found) > MOST:
        raise NotLines(_("At most %(most)s choices.", most=MOST))
    return list(found.values())


def _check(code, label, known, bar):
    if not label or "|" in label or len(label) > 300:
        raise NotLines(_("A line is a label of at most 300 letters, or code | label."))
    if bar and code not in known and not _CODE.fullmatch(code):
        raise NotLines(_("“%(code)s” is no code: small letters, digits, - and _; at most forty.", code=code))


def _free(label, taken):
    """A code made of the label's letters that is not taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-")[:36] or "choice"
    return next(
        name for number in range(1, 1000) if (name := plain if number == 1 else f"{plain}-{number}") not in taken
    )
