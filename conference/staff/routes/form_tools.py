"""Around the form at the desk: seen as somebody sees it, copied from another meeting, until when answers may change."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from wtforms import DateTimeLocalField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from conference import meetings, registration
from conference.kernel import Refusal, clock, transaction
from conference.registration import Mode
from conference.registration import form as forms
from conference.staff.access import registrar
from conference.staff.routes.asked_editing import back
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import save, show_editor
from conference.staff.routes.registrations import meeting_of
from conference.web import Form, allow, refuse_into


class CopyForm(Form):
    """Which meeting's form is taken."""

    source = SelectField(_l("Meeting"), validators=[InputRequired(_l("Choose a meeting."))])

    def of(self, others):
        """The form with the other meetings."""
        self.source.choices = [SelectChoice(each.code, f"{each.code}: {each.title}") for each in others]
        return self


class SettingsForm(Form):
    """Until when answers may change."""

    edit_until = DateTimeLocalField(
        _l("Answers may be changed until"),
        [Optional()],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        description=_l("In the meeting’s time zone. Empty: until the meeting begins."),
    )

    def validate_edit_until(self, field):
        if field.data and not 2000 <= field.data.year <= 2199:
            raise ValidationError(_("A year between 2000 and 2199."))


@bp.get("/prices/<code>/form/preview")
@allow(registrar)
def preview_form(code):
    """The form as somebody of a category and a way of taking part sees it."""
    meeting = meeting_of(code)
    categories = registration.categories_of(meeting, all_of_them=True)
    known = [each.code for each in categories]
    asked = request.args.get("category", "")
    category = asked if asked in known else next(iter(known), "")
    mode = request.args.get("mode") if request.args.get("mode") in list(Mode) else Mode.IN_PERSON
    blocks = forms.form_for(meeting, category=category, mode=mode)
    return render_template(
        "staff/form/preview.html",
        meeting=meeting,
        categories=categories,
        category=category,
        mode=mode,
        modes=list(Mode),
        mode_name=registration.mode_name,
        form=forms.answer_form(None, blocks, {}),
    )


@bp.get("/prices/<code>/form/copy")
@allow(registrar)
def copy_form(code):
    """Choose a meeting."""
    meeting = meeting_of(code)
    return _show_copy(meeting, CopyForm().of(_others(meeting)))


@bp.post("/prices/<code>/form/copy")
@allow(registrar)
def take_form(code):
    """Take over what this form does not have yet."""
    meeting = meeting_of(code)
    form = CopyForm.of_request().of(_others(meeting))
    if not form.validate():
        return _show_copy(meeting, form, 422)
    try:
        with transaction():
            source = meetings.by_code(form.source.data)
            count = forms.copy_form(source, meeting, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_copy(meeting, form, 422)
    flash(ngettext("%(num)s field was copied.", "%(num)s fields were copied.", count), "good")
    return redirect(url_for(".questions", code=meeting.code), 303)


@bp.get("/prices/<code>/form/settings")
@allow(registrar)
def form_settings(code):
    """Until when people may change their own answers."""
    meeting = meeting_of(code)
    settings = forms.settings_of(meeting)
    until = settings.edit_until.astimezone(meeting.zone) if settings and settings.edit_until else None
    form = SettingsForm(data={"edit_until": until})
    return show_editor(
        meeting, form, title=_("Changing answers"), back=back(meeting), rows=lambda: [forms.settings_of(meeting)]
    )


@bp.post("/prices/<code>/form/settings")
@allow(registrar)
def change_form_settings(code):
    """Keep the date."""
    meeting, form = meeting_of(code), SettingsForm.of_request()

    def act(by, now):
        until = form.edit_until.data.replace(tzinfo=meeting.zone) if form.edit_until.data else None
        forms.edit_until(meeting, until=until, by=by, now=now)

    return save(
        meeting, form, act, title=_("Changing answers"), back=back(meeting), rows=lambda: [forms.settings_of(meeting)]
    )


def _others(meeting):
    return [each for each in meetings.all_meetings() if each.id != meeting.id]


def _show_copy(meeting, form, level=200):
    page = render_template("staff/form/copy.html", meeting=meeting, form=form, back=back(meeting))
    return page, level
