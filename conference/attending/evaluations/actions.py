"""The verbs of evaluations: set the form, answer."""

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from conference import audit
from conference.attending.evaluations import queries, rules
from conference.attending.evaluations.models import Evaluation, EvaluationForm, EvaluationQuestion
from conference.attending.evaluations.rules import Begins, QuestionKind
from conference.kernel import Refusal, claim_version, claimed, db, insert_once

MOST_QUESTIONS = 12


def usual():
    """[(kind, wording)] with which a meeting's form begins."""
    return [
        (QuestionKind.MARK, _("The content")),
        (QuestionKind.MARK, _("The speakers")),
        (QuestionKind.MARK, _("What I learned for my own work")),
        (QuestionKind.TEXT, _("What was good, what should be better?")),
    ]


def set_form(meeting, *, questions, is_on, begins, days, version, by, now):
    """Write a meeting's form: `questions` are [(kind, wording)]. Refusal once somebody has answered and the questions differ.

    Version 0: there was none yet.
    """
    if not questions:
        raise Refusal(_("Ask at least one question."))
    form = queries.any_form_of(meeting.id)
    if form is None:
        insert_once(EvaluationForm.__table__, {"meeting_id": meeting.id, "is_on": is_on, "begins": Begins.END.value, "days": 14, "version": 1})  # fmt: skip
        form, version = queries.any_form_of(meeting.id), version or 1
    # The version is claimed first: from then on nobody answers unseen, their answer asks for the same row.
    if not claim_version(form, version, {"is_on": is_on, "begins": str(begins), "days": days}):
        raise Refusal(_("Somebody else has changed the form meanwhile. Look at it again before you change it."))
    before = [(each.kind, each.wording) for each in queries.questions_of(form)]
    if before != [(str(kind), wording) for kind, wording in questions]:
        if queries.has_answers(meeting.id):
            raise Refusal(
                _("Somebody has answered: the questions stay as they are, so that all answers mean the same.")
            )
        _write(form, questions)
    told = {"evaluated": is_on, "evaluated_from": str(begins), "days_after": days, "questions": len(questions)}
    audit.record(by=by, verb="set the evaluation form of", subject=meeting, now=now, after=told)
    return form


def answer(entry, session, *, meeting, typed, version, now):
    """Keep what a registered person answers to a session, instead of what they answered before. Refusal when it is not the time, or the
    form is not the `version` any more that was read.

    Neither who nor when is kept: only a seal that brings the answer back to them. The audit trail says nothing.
    """
    form = queries.form_of(meeting.id)
    if form is None or session.withdrawn or not queries.is_open(form, meeting, session, now):
        raise Refusal(_("This session cannot be evaluated now."))
    if _locked_version(form) != version:
        raise Refusal(changed())
    asked = [(str(each.id), each.kind) for each in queries.questions_of(form)]
    answers, faults = rules.read(asked, typed)
    if faults:
        raise Refusal(_("Give marks from 1 to 5, and write at most %(num)s letters.", num=rules.LONGEST))
    seal = queries.seal_of(entry, session.guid)
    mine = (Evaluation.meeting_id == meeting.id, Evaluation.item == session.guid, Evaluation.seal == seal)
    if not answers:
        db.session.execute(delete(Evaluation).where(*mine))
        return None
    fresh = {"meeting_id": meeting.id, "item": session.guid, "seal": seal, "answers": answers}
    if not insert_once(Evaluation.__table__, fresh):
        claimed(update(Evaluation).where(*mine).values(answers=answers))
    return answers


def changed():
    """For whoever answers what is not asked any more."""
    return _("The questions have changed meanwhile. Look at them again before you answer.")


def _locked_version(form):
    """The form is nobody's to change until the commit: what is asked is what is answered. Its version."""
    mine = select(EvaluationForm.version).where(EvaluationForm.id == form.id)
    return db.session.scalar(mine.with_for_update(read=True))


def _write(form, questions):
    db.session.execute(delete(EvaluationQuestion).where(EvaluationQuestion.form_id == form.id))
    for position, (kind, wording) in enumerate(questions):
        db.session.add(EvaluationQuestion(form_id=form.id, position=position, kind=str(kind), wording=wording))
    db.session.flush()
