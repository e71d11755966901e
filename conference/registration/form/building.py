"""Building a form while people fill it in: every change is remembered, and what was answered keeps its meaning."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from conference import audit
from conference.kernel import Refusal, db
from conference.registration.form import actions
from conference.registration.form.faults import first_fault
from conference.registration.form.models import FormSettings, Question, QuestionVersion, Section
from conference.registration.form.queries import form_of, is_answered, settings_of
from conference.registration.form.rules import faults, users_of


def add_field(meeting, *, by, now, **facts):
    """A new field at the end of its section; Refusal when its code is in use or its condition cannot hold."""
    code, before = facts["code"], faults(form_of(meeting))
    row = _added(lambda: actions.ask(meeting, now=now, **{"position": _last(meeting), **facts}))
    _check(meeting, row, before)
    audit.record(by=by, verb="added", subject=row, now=now, note=f"{code}: {row.label}")
    return row


def add_section(meeting, *, by, now, **facts):
    """A new section at the end of the form."""
    before = faults(form_of(meeting))
    row = _added(lambda: actions.add_section(meeting, **{"position": _last(meeting), **facts}))
    _check(meeting, row, before)
    audit.record(by=by, verb="added", subject=row, now=now, note=row.title)
    return row


def change_field(question, *, meeting, by, now, **facts):
    """Change a field. Reworded, it starts a new version; answers given before stay answers to the one they were given to.

    Refusal when answered ones would lose their protection or their kind, or when a condition could never hold then.
    """
    before = faults(form_of(meeting))
    if is_answered(question):
        _keep_promises(question, facts)
    is_new, becomes_sensitive = (
        actions.reworded(question, facts),
        facts.get("is_sensitive") and not question.is_sensitive,
    )
    _change(question, facts, by=by, now=now, note=facts.get("label", question.label))
    if is_new:
        actions.start_version(question, now)
    if becomes_sensitive:
        actions.seal(question)
    _check(meeting, question, before)
    return question


def change_section(section, *, meeting, by, now, **facts):
    """Change a section; Refusal when a condition could never hold then."""
    before = faults(form_of(meeting))
    _change(section, facts, by=by, now=now, note=facts.get("title", section.title))
    _check(meeting, section, before)
    return section


def show(row, *, meeting, is_asked, by, now):
    """Retire a field or section, or ask it again; Refusal while others are asked only after it."""
    if not is_asked:
        _refuse_if_used(row, meeting)
    _change(row, {"is_asked": is_asked}, by=by, now=now, note=_name_of(row))


def duplicate(question, *, meeting, by, now):
    """A copy of a field after it, under a code of its own, retired until somebody has looked at it."""
    codes = {each.code for block in form_of(meeting) for each in block.fields}
    code = next(name for number in range(2, 1000) if (name := f"{question.code[:34]}-{number}") not in codes)
    copied = _facts_of(question) | {"code": code, "is_asked": False, "position": question.position}
    return add_field(meeting, by=by, now=now, **copied)


def remove(row, *, meeting, by, now):
    """Take away a field that nobody has answered, or an empty section; Refusal otherwise."""
    _refuse_if_used(row, meeting)
    if isinstance(row, Question):
        if is_answered(row):
            raise Refusal(_("This was answered: retire it instead. Its answers stay then."))
        db.session.execute(delete(QuestionVersion).where(QuestionVersion.question_id == row.id))
    elif any(block.section is row and block.fields for block in form_of(meeting)):
        raise Refusal(_("Move its fields to another section first."))
    audit.record(by=by, verb="removed from the form", subject=meeting, now=now, note=_name_of(row))
    db.session.delete(row)
    db.session.flush()


def edit_until(meeting, *, until, by, now):
    """Until when people may change their own answers; None: until the meeting begins."""
    row = settings_of(meeting)
    if row is None:
        row = FormSettings(meeting_id=meeting.id)
        db.session.add(row)
        db.session.flush()
    before = row.edit_until
    row.edit_until = until
    if before != until:
        told = {"before": _plain({"edit_until": before}), "after": _plain({"edit_until": until})}
        audit.record(by=by, verb="changed", subject=row, now=now, note=_("until when answers may be changed"), **told)
    db.session.flush()


def copy_form(source, target, *, by, now):
    """Every section and field of another meeting's form that this one does not have yet (by code); how many fields."""
    known = {block.section.code: block.section.id for block in form_of(target) if block.section is not None}
    codes = {each.code for block in form_of(target) for each in block.fields}
    count, last, before = 0, _last(target), faults(form_of(target))
    for block in form_of(source):
        section_id = _section_like(block.section, target, known, last)
        for each in (one for one in block.fields if one.is_asked and one.code not in codes):
            facts = _facts_of(each) | {"section_id": section_id, "position": last + count}
            actions.ask(target, code=each.code, now=now, **facts)
            count += 1
    _check(target, None, before)
    audit.record(by=by, verb="copied the form of", subject=target, now=now, note=source.code, after={"count": count})
    return count


def _section_like(section, target, known, last):
    if section is None:
        return None
    if section.code not in known:
        facts = {name: getattr(section, name) for name in ("code", "title", "lede", "condition", "categories", "modes")}
        facts |= {"is_asked": section.is_asked, "position": last + section.position}
        known[section.code] = actions.add_section(target, **facts).id
    return known[section.code]


def _facts_of(question):
    names = [
        "label",
        "hint",
        "statement",
        "kind",
        "choices",
        "limits",
        "is_required",
        "condition",
        "categories",
        "modes",
        "is_sensitive",
        "roles",
        "retention_days",
        "section_id",
    ]
    return {name: getattr(question, name) for name in names}


def _keep_promises(question, facts):
    if facts.get("kind", question.kind) != question.kind:
        raise Refusal(_("It was answered already: its kind stays what it is."), field="kind")
    if question.is_sensitive and not facts.get("is_sensitive", True):
        raise Refusal(_("People answered in the trust that few will see it: it stays sensitive."), field="is_sensitive")


def _check(meeting, row, before):
    """Refusal when a condition can never hold that could `before` (faults), said at `row` when it is its own."""
    found = first_fault(form_of(meeting), row, known=before)
    if found is not None:
        raise Refusal(found[1], field="join" if found[0] else None)


def _refuse_if_used(row, meeting):
    if not isinstance(row, Question):
        return
    users = [_name_of(each) for each in users_of(row.code, form_of(meeting)) if each.is_asked]
    if users:
        raise Refusal(_("These are asked only after it: %(names)s. Change them first.", names="; ".join(users)))


def _added(make):
    try:
        with db.session.begin_nested():
            return make()
    except IntegrityError:
        raise Refusal(_("This code is in use already."), field="code") from None


def _change(row, facts, *, by, now, note):
    before, after = audit.changes(row, facts)
    for name, value in after.items():
        setattr(row, name, value)
    if after:
        audit.record(by=by, verb="changed", subject=row, now=now, note=note, before=_plain(before), after=_plain(after))
    db.session.flush()


def _last(meeting):
    """A place behind everything that stands."""
    places = [0]
    for block in form_of(meeting):
        places += [each.position + 1 for each in block.fields]
        places += [block.section.position + 1] if block.section is not None else []
    return max(places)


def _name_of(row):
    return row.title if isinstance(row, Section) else row.label


def _plain(facts):
    return {name: _as_words(name, value) for name, value in facts.items()}


def _as_words(name, value):
    if name == "choices":
        return [each["label"] for each in value or ()]
    return value.isoformat() if isinstance(value, datetime) else value
