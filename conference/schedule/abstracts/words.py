"""Words of the desk about abstracts: states, groups of fields, and rules of embargo as sentences."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference.schedule.formats.embargo import AWARD, DAY, FILES, INSTANT, LISTING, SESSION, TEXT
from conference.web import when

# (word, hue of its tag)
STATUSES = {
    "submitted": (_l("Submitted"), "warn"),
    "accepted": (_l("Accepted"), "good"),
    "rejected": (_l("Rejected"), "bad"),
    "withdrawn": (_l("Withdrawn"), "bad"),
}
GROUPS = {
    LISTING: _l("Title and authors"),
    TEXT: _l("Text"),
    FILES: _l("Files and links"),
    AWARD: _l("Award"),
}


def sentence(rule, meeting):
    """A rule in words: "Text of Talk: from the start of their session"."""
    what, kind = GROUPS[rule.group], rule.kind
    subject = (
        _("%(what)s of every presentation", what=what) if not kind else _("%(what)s: %(kind)s", what=what, kind=kind)
    )
    return _("%(subject)s, from %(moment)s", subject=subject, moment=_moment(rule, meeting))


def _moment(rule, meeting):
    if rule.anchor == INSTANT:
        return when(rule.at, meeting.timezone)
    if rule.anchor == SESSION:
        return _("the start of its session")
    if rule.anchor == DAY:
        return _("%(time)s on the day of its session", time=f"{rule.clock:%H:%M}")
    return _("%(time)s on the first day of the programme", time=f"{rule.clock:%H:%M}")


def session_line(title, starts, meeting):
    """A session in a list to choose from: when, and what."""
    return f"{when(starts, meeting.timezone)} · {title}" if starts else _("%(title)s (no time yet)", title=title)
