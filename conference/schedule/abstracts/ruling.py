"""What staff do to kinds of presentations and to the meeting's rules of embargo. What is not named in a form stays as it is."""

from flask_babel import gettext as _
from sqlalchemy import select, update

from conference import audit
from conference.kernel import Refusal, Stale, db, stamp_of
from conference.schedule import draft
from conference.schedule.abstracts import held, words
from conference.schedule.claiming import hold
from conference.schedule.embargo import opened_earlier
from conference.schedule.models import EmbargoRule, Kind, Presentation


def kinds_stamp(meeting):
    """The stamp of the kinds of a meeting."""
    return stamp_of([(row.id, row.name, row.minutes, row.position) for row in draft.kinds(meeting)])


def rules_stamp(meeting):
    """The stamp of the rules of a meeting."""
    return stamp_of([(row.id, draft.rule_item(row)) for row in draft.embargo_rules(meeting)])


def set_kinds(meeting, rows, *, seen, by, now):
    """Write rows (id or None, name, minutes, gone) in their order; a new name is written wherever the old one stood, in whatever capitals.

    How many presentations something opens of earlier than before. Stale when somebody was faster; Refusal for a name that is there twice, or a kind that is taken away and still used.
    """
    hold(meeting)
    if seen != kinds_stamp(meeting):
        raise Stale(_("Somebody else has saved the kinds since you opened them. What you typed is still here."))
    known = {row.id: row for row in draft.kinds(meeting)}
    closed = held.embargoes(meeting)
    before = [_kind_told(row) for row in known.values()]
    for key, _name, _minutes, gone in rows:
        if gone and key in known:
            _remove(meeting, known.pop(key))
    _check_names(known, rows)
    for position, (key, name, minutes, _gone) in enumerate(row for row in rows if not row[3]):
        row = known.get(key)
        if row is None:
            row = Kind(meeting_id=meeting.id, name=name)
            db.session.add(row)
        elif row.name != name:
            _rename(meeting, row, name)
        row.minutes, row.position = minutes, position
    db.session.flush()
    after = [_kind_told(row) for row in draft.kinds(meeting)]
    if before != after:
        facts = {"before": {"kinds": before}, "after": {"kinds": after}}
        audit.record(by=by, verb="set kinds of presentations of", subject=meeting, now=now, **facts)
    return opened_earlier(closed, held.embargoes(meeting))


def set_rules(meeting, rows, *, seen, by, now):
    """Write rows (id or None, EmbargoRule value, gone); how many presentations something opens of earlier than before.

    Stale when somebody was faster; Refusal when two rules are about the same.
    """
    hold(meeting)
    if seen != rules_stamp(meeting):
        raise Stale(_("Somebody else has saved the rules since you opened them. What you typed is still here."))
    stood = draft.embargo_rules(meeting)
    before = held.embargoes(meeting)
    told = [words.sentence(draft.rule_item(row), meeting) for row in stood]
    known = {row.id: row for row in stood}
    check_twice(meeting, rows)
    for key in (key for key, _rule, gone in rows if gone and key in known):
        db.session.delete(known.pop(key))
    db.session.flush()
    _write_rules(meeting, known, rows)
    after = [words.sentence(draft.rule_item(row), meeting) for row in draft.embargo_rules(meeting)]
    if told != after:
        facts = {"before": {"embargoes": told}, "after": {"embargoes": after}}
        audit.record(by=by, verb="set embargoes of", subject=meeting, now=now, **facts)
    return opened_earlier(before, held.embargoes(meeting))


def check_twice(meeting, rows):
    """Refusal when two rules would be about the same group and kind, those included that the rows do not name."""
    named = {key for key, _rule, _gone in rows}
    found = [(row.part, row.kind) for row in draft.embargo_rules(meeting) if row.id not in named]
    found += [(rule.group, rule.kind) for _key, rule, gone in rows if not gone]
    if len(found) != len(set(found)):
        raise Refusal(_("Two rules are about the same part of the same kind: keep one of them."))


def _remove(meeting, row):
    if any(_spellings(meeting, table, row.name) for table in (Presentation, EmbargoRule)):
        raise Refusal(_("Presentations or rules are of the kind %(name)s: it cannot be taken away.", name=row.name))
    db.session.delete(row)
    db.session.flush()


def _check_names(known, rows):
    """Refusal when two kinds would have one name, or one would have the name that another is only just giving up."""
    named = [(key, name.casefold()) for key, name, _minutes, gone in rows if not gone]
    standing = {row.name.casefold(): row.id for row in known.values()}
    names = [name for _key, name in named]
    if len(names) != len(set(names)) or any(standing.get(name, key) != key for key, name in named):
        raise Refusal(_("Two kinds would have the same name."))


def _rename(meeting, row, name):
    ruled = draft.embargo_rules(meeting)
    old, new = ({rule.part for rule in ruled if _same(rule.kind, each)} for each in (row.name, name))
    if old & new and not _same(row.name, name):
        raise Refusal(_("There are rules for %(old)s and for %(new)s: keep those of one.", old=row.name, new=name))
    for table in (Presentation, EmbargoRule):
        written = _spellings(meeting, table, row.name)
        theirs = update(table).where(table.meeting_id == meeting.id, table.kind.in_(written))
        db.session.execute(theirs.values(kind=name))
    row.name = name


def _spellings(meeting, table, name):
    """How a kind is written in a table: capitals do not matter where lengths and embargoes look for it."""
    written = db.session.scalars(select(table.kind).where(table.meeting_id == meeting.id).distinct())
    return [each for each in written if _same(each, name)]


def _same(one, other):
    return one.casefold() == other.casefold()


def _write_rules(meeting, known, rows):
    for key, rule, gone in rows:
        if gone:
            continue
        row = known.get(key)
        if row is None:
            row = EmbargoRule(meeting_id=meeting.id)
            db.session.add(row)
        row.part, row.anchor, row.kind, row.at, row.clock = rule.group, rule.anchor, rule.kind, rule.at, rule.clock
    db.session.flush()


def _kind_told(row):
    return f"{row.name}: {row.minutes} min" if row.minutes else row.name
