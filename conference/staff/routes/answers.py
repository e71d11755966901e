"""Answers at the desk: counted, downloaded, and the sealed ones looked at by those who may; each look is recorded."""

from flask import abort, render_template
from flask_babel import get_locale
from flask_login import current_user

from conference import audit
from conference.kernel import clock, transaction
from conference.registration import form as forms
from conference.staff import answer_figures, catalogue, listing
from conference.staff import answers as listed
from conference.staff.access import registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registration import entry_of
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, csv_response, staff_any


@bp.get("/prices/<code>/questions/<int:question_id>/answers")
@allow(registrar)
def field_answers(code, question_id):
    """How often each answer was given."""
    meeting, found = _question(code, question_id)
    return render_template(
        "staff/form/field_answers.html",
        meeting=meeting,
        question=found,
        bars=answer_figures.bars(found, get_locale().language),
        may_see=forms.may_see(found, current_user.roles),
        versions=forms.versions_of(found),
        users=forms.users_of(found.code, forms.form_of(meeting)),
    )


@bp.get("/prices/<code>/form/answers.csv")
@allow(registrar)
def export_answers(code):
    """What everybody answered, a column a field; nothing of sensitive fields."""
    meeting, now = meeting_of(code), clock.now()
    with transaction():
        audit.record(by=current_user.person, verb="exported answers", subject=meeting, now=now)
    columns, entries = listed.asked_of(meeting), listed.people_of(meeting)
    given = listed.given_by(listing.ids_in(meeting), columns)
    header = ["registration", "given_name", "family_name", "email", *(each.code for each in columns)]
    rows = ([*who, *(given.get(key, {}).get(each.code, "") for each in columns)] for key, *who in entries)
    return csv_response(f"{meeting.code}-answers-{now.date().isoformat()}.csv", header, rows)


@bp.get("/private/<code>/<int:question_id>")
@allow(staff_any)
def private_list(code, question_id):
    """Everybody's answer to a sensitive field, for the roles that it names."""
    meeting, found = _question(code, question_id)
    found.is_sensitive or abort(404)
    may_see = forms.may_see(found, current_user.roles)
    rows = _looked(found, meeting) if may_see else []
    return render_template("staff/form/private_list.html", meeting=meeting, question=found, rows=rows, may_see=may_see)


@bp.get("/private/<code>/<int:question_id>.csv")
@allow(staff_any)
def export_private(code, question_id):
    """The same for a spreadsheet."""
    meeting, found = _question(code, question_id)
    found.is_sensitive or abort(404)
    if not forms.may_see(found, current_user.roles):
        abort(403)
    header = ["registration", "given_name", "family_name", "email", found.code]
    rows = [
        [entry.ref, entry.person.given_name, entry.person.family_name, entry.person.email, words]
        for entry, words in _looked(found, meeting, verb="exported private answers to")
    ]
    return csv_response(f"{meeting.code}-{found.code}.csv", header, rows)


@bp.get("/registration/<ref:ref>/answers")
@allow(staff_any)
def private_answers(ref):
    """One person's answers with what stood before them; sealed ones for the roles that their fields name."""
    entry, roles, language = entry_of(ref), current_user.roles, get_locale().language
    told = [each for each in forms.told(entry, roles=roles, language=language) if _open(each)]
    before = [each for each in forms.told_before(entry, roles=roles, language=language) if _open(each[0])]
    shown = [
        each for each in (*told, *(given for given, _ended in before)) if each.question.is_sensitive and each.words
    ]
    if shown:
        with transaction():
            names = sorted({each.question.code for each in shown})
            facts = {"fields": names}
            audit.record(
                by=current_user.person, verb="looked at private answers", subject=entry, now=clock.now(), after=facts
            )
    return render_template("staff/form/private_answers.html", entry=entry, told=told, before=before)


def _open(given):
    """Answers that are no secret are the registrar's; of the others only those that this reader may see are listed."""
    if given.question.is_sensitive:
        return forms.may_see(given.question, current_user.roles)
    return registrar(current_user)


def _looked(question, meeting, verb="looked at all private answers to"):
    """[(registration, words)] of everybody registered; that they were looked at is recorded first."""
    found = [
        (entry, forms.in_words(version.kind, version.choices, answer.text, get_locale().language))
        for entry, answer, version in forms.people_who_answered(question)
        if answer.text is not None
    ]
    with transaction():
        audit.record(
            by=current_user.person,
            verb=verb,
            subject=question,
            now=clock.now(),
            note=question.label,
            after={"count": len(found)},
        )
    return found


def _question(code, question_id):
    meeting = meeting_of(code)
    return meeting, catalogue.question_of(meeting, question_id) or abort(404)
