"""Asking again for what is missing: details, the code of conduct, answers that must be given. Each person once a day."""

from collections import defaultdict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from conference import audit, mail, registration
from conference.kernel import Refusal, db
from conference.registration import Answer, State
from conference.staff.bulk.act import Act
from conference.staff.bulk.gathering import addressed, entries_of, parted
from conference.staff.bulk.rules import Plan, Step
from conference.web import absolute_url

KIND = "missing"
AT_ONCE = 500
_PAGES = {
    "details": (_l("Your details, for the badge:"), "registration.details"),
    "questions": (_l("Questions and the code of conduct:"), "registration.questions"),
    "answers": (_l("An answer that is needed:"), "checkout.answers"),
}
_SHORT = {"details": _l("details"), "questions": _l("questions and conduct"), "answers": _l("a required answer")}


def missing_of(meeting, entries, now):
    """{registration id: what is missing ("details", "questions", "answers")} of those who have something to fill in."""
    conduct_id = registration.conduct_code_id_of(meeting)
    unanswered = _unanswered(meeting, entries) if registration.form.may_edit(meeting, now) else set()
    found = {}
    for entry in entries:
        missing = registration.groups.missing(entry, entry.person, conduct_id)
        if "questions" not in missing and entry.id in unanswered:
            missing = [*missing, "answers"]
        if missing:
            found[entry.id] = missing
    return found


def _unanswered(meeting, entries):
    """Keys of those who have not answered what everybody of their category must; what hangs on other answers is not looked at."""
    asked: dict = {}
    for entry in entries:
        key = (entry.category.code if entry.category else "", entry.mode)
        if key not in asked:
            blocks = registration.form.form_for(meeting, category=key[0], mode=key[1])
            asked[key] = _required(blocks)
    given = _given(entries, {each for ids in asked.values() for each in ids})
    keys = [(entry, (entry.category.code if entry.category else "", entry.mode)) for entry in entries]
    return {entry.id for entry, key in keys if asked[key] - given[entry.id]}


def _required(blocks):
    plain = [block for block in blocks if block.section is None or not block.section.condition]
    return {each.id for block in plain for each in block.fields if each.is_required and not each.condition}


def _given(entries, question_ids):
    found = defaultdict(set)
    statement = select(Answer.registration_id, Answer.question_id).where(Answer.question_id.in_(question_ids))
    if len(entries) <= AT_ONCE:
        statement = statement.where(Answer.registration_id.in_([each.id for each in entries]))
    for entry_id, question_id in db.session.execute(statement) if question_ids else ():
        found[entry_id].add(question_id)
    return found


def _plan(listed, facts, now):
    entries, left = addressed(entries_of(listed))
    inside, others = parted(entries, (State.CONFIRMED, State.HELD))
    left += others
    missing = missing_of(listed.meeting, inside, now)
    asked = mail.addressed(KIND, [_cause(each, now) for each in inside if each.id in missing])
    steps = []
    for entry in inside:
        if entry.id not in missing:
            left.append((entry, _("everything is filled in")))
        elif _cause(entry, now) in asked:
            left.append((entry, _("was asked today already")))
        else:
            steps.append(Step(entry, {}, ", ".join(str(_SHORT[each]) for each in missing[entry.id])))
    return Plan(tuple(steps), tuple(left))


def _do(entry, facts, kept, by, now):
    missing = missing_of(entry.meeting, [entry], now).get(entry.id)
    if not missing or entry.state not in (State.CONFIRMED, State.HELD):
        raise Refusal(_("Nothing is missing any more."))
    if mail.addressed(KIND, [_cause(entry, now)]):
        raise Refusal(_("was asked today already"))
    told = [(str(_PAGES[each][0]), absolute_url(_PAGES[each][1], code=entry.meeting.code)) for each in missing]
    subject = _("Still missing: %(meeting)s", meeting=entry.meeting.title)
    mail.post(
        kind=KIND, cause=_cause(entry, now), to=entry.person, subject=subject, template="staff/mail/missing.txt", now=now,
        entry=entry, missing=told,
    )  # fmt: skip
    audit.record(by=by, verb="wrote to", subject=entry, now=now, note=subject)


def _cause(entry, now):
    return f"{entry.ref}:{now.date().isoformat()}"


ACT = Act(
    key="missing",
    label=_l("Ask for what is missing"),
    lede=_l("A letter to those who still have something to fill in, with a link to just that."),
    title=lambda facts: _("Ask for what is missing"),
    plan=_plan,
    do=_do,
    press=lambda count: ngettext("Send %(num)s letter", "Send %(num)s letters", count),
)
