"""One's own answers after registering: seen by nobody else, changed until the day that the office set."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from conference import meetings, registration
from conference.checkout.routes.blueprint import bp
from conference.kernel import clock, transaction
from conference.registration import State, form
from conference.web import allow, signed_in


@bp.get("/meetings/<code>/register/answers")
@allow(signed_in)
def answers(code):
    """The form with what the person answered; only to be read once the day is over."""
    meeting, entry = _own(code)
    return _show(meeting, entry, form.answer_form(None, _blocks(meeting, entry), form.own_answers_of(entry)))


@bp.post("/meetings/<code>/register/answers")
@allow(signed_in)
def change_answers(code):
    """Keep the answers; what stood there before stays known to staff."""
    meeting, entry = _own(code)
    if not form.may_edit(meeting, clock.now()):
        flash(_("Your answers can no longer be changed here. Write to the office."), "warn")
        return redirect(url_for(".answers", code=meeting.code), 303)
    blocks = _blocks(meeting, entry)
    typed = form.answer_form(request.form, blocks, form.own_answers_of(entry))
    if not typed.validate_answers(conduct_code=None):
        return _show(meeting, entry, typed), 422
    asked = [each.id for block in blocks for each in block.fields]
    with transaction():
        changed = form.amend(entry, typed.given(), asked=asked, by=current_user.person, now=clock.now())
    flash(_("Your answers are kept.") if changed else _("Nothing was changed."), "good")
    return redirect(url_for(".answers", code=meeting.code), 303)


def _own(code):
    """The meeting and the person's own registration, held or confirmed; 404 otherwise."""
    meeting = meetings.by_code(code) or abort(404)
    entry = registration.registration_in(meeting, current_user.person)
    if entry is None or entry.state not in (State.HELD, State.CONFIRMED):
        abort(404)
    return meeting, entry


def _blocks(meeting, entry):
    return form.form_for(meeting, category=entry.category.code, mode=entry.mode)


def _show(meeting, entry, typed):
    return render_template(
        "registration/answers.html",
        meeting=meeting,
        form=typed,
        may_edit=form.may_edit(meeting, clock.now()),
        until=form.editable_until(meeting),
        told=form.told(entry, roles={"administrator"}, language=get_locale().language),
    )
