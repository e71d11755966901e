"""Reads the parts of nested JSON that are about abstracts: what was submitted, when it may be read, kinds of presentations."""

from datetime import UTC, datetime, time

from conference.schedule.formats.embargo import ANCHORS, DAY, GROUPS, INSTANT, MEETING, Embargo, EmbargoRule
from conference.schedule.formats.json_source import child, table, whole
from conference.schedule.formats.programme import STATUSES, AbstractItem, Kind, Section
from conference.schedule.formats.text import line, safe_html
from conference.schedule.formats.values import words_in

NO_END = datetime(9989, 12, 31, tzinfo=UTC)


def abstract_of(reader, entry, identity, where):
    """The AbstractItem of an entry whose `identity` (guid, title, number) has been read."""
    return AbstractItem(
        **identity,
        status=entry.get("status") if entry.get("status") in STATUSES else "accepted",
        late_breaking=entry.get("late_breaking") is True,
        award=line(entry.get("award"), 100),
        sections=tuple(_sections(entry)),
        topics=words_in(entry, "topics"),
        links=tuple(reader.links(entry, where)),
        authors=tuple(reader.authors(entry, where)),
        embargo=embargo_of(reader, entry),
    )


def embargo_of(reader, entry):
    """The Embargo of an entry: an instant for each group that has one; what is there and cannot be read holds back for ever."""
    times = child(entry, "embargo")
    return Embargo(**{group: _until(reader, times.get(group)) for group in GROUPS})


def _until(reader, text):
    """The instant until which something is held back; never too early: what is no instant, or centuries away, is taken as without end."""
    if text in (None, ""):
        return None
    found = reader.instant(text)
    if found is None:
        reader.report.repair(
            "embargo",
            f"“{line(str(text), 60)}” is no instant that is known here: held back until somebody says until when",
        )
    return found or NO_END


def rules_of(reader, tree):
    """The EmbargoRules of a programme, those left out that say no moment."""
    for entry in table(tree, "embargoes"):
        group, anchor = entry.get("group"), entry.get("anchor")
        rule = EmbargoRule(
            group, anchor, line(entry.get("kind"), 100), _until(reader, entry.get("at")), clock_in(entry.get("clock"))
        )
        if group in GROUPS and anchor in ANCHORS and is_whole(rule):
            yield rule
        else:
            reader.report.repair("embargoes", "a rule was left out that does not say until when")


def is_whole(rule):
    """Whether a rule has what its anchor counts with, and nothing else."""
    needs = (rule.anchor == INSTANT, rule.anchor in (DAY, MEETING))
    return needs == (rule.at is not None, rule.clock is not None)


def kinds_of(tree):
    """The Kinds of presentations, each name once."""
    found = {}
    for entry in table(tree, "kinds"):
        minutes = whole(entry.get("minutes")) or 0
        if name := line(entry.get("name"), 100):
            found.setdefault(name, Kind(name, minutes if 0 < minutes <= 24 * 60 else 0))
    return found.values()


def clock_in(value):
    """The time of day that a text of the form HH:MM, or HH:MM:SS, holds, or None."""
    try:
        return time.fromisoformat(line(value, 8)).replace(microsecond=0, tzinfo=None)
    except ValueError:
        return None


def _sections(entry):
    for part in table(entry, "sections"):
        heading, text = line(part.get("heading"), 200), part.get("text")
        text = safe_html(text) if isinstance(text, str) else ""
        if heading or text:
            yield Section(heading, text)
