"""The parts that people have in a session as a whole: in words, as they are typed, and by what they are called in the trail."""

import re

from flask_babel import lazy_gettext as _l

from conference.schedule.formats.programme import ROLES

CHAIR, USUAL = "chair", "speaker"
WORDS = {
    "chair": _l("Chair"),
    "co-chair": _l("Co-chair"),
    "moderator": _l("Moderator"),
    "organiser": _l("Organiser"),
    "speaker": _l("Speaker"),
    "panelist": _l("Panelist"),
    "discussant": _l("Discussant"),
}
TOLD = {role: role for role in ROLES} | {CHAIR: "chairs"}
_APART = re.compile(r"(.*\S)\s+[-–—]\s+(\S.*)")


def names_by_role(session):
    """{role: names in order} of a loaded session, with every role that there is."""
    return {role: [part.contributor.name for part in session.people if part.role == role] for role in ROLES}


def parts_of(session):
    """[(name, role)] of a loaded session, in order."""
    return [(part.contributor.name, part.role) for part in session.people]


def as_typed(name, role):
    """A line such as "Ada Example – Discussant"."""
    return f"{name} – {WORDS[role]}"


def read(line):
    """(name, role) of such a line, without a role that of a speaker; the role is None where the word is none that there is."""
    found = _APART.fullmatch(line)
    if not found:
        return line, USUAL
    name, word = found.groups()
    known = {str(each).casefold(): role for role, each in WORDS.items()} | {role: role for role in ROLES}
    return name, known.get(word.casefold())
