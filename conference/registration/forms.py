"""What a person may type while registering: the choice, and the meeting's own questions."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import DateField, IntegerField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from conference.registration.rules import Mode, Wish, applies
from conference.registration.words import mode_name, span_name
from conference.web import Form

PREFIX = "q_"


class ChoiceForm(Form):
    """Who somebody registers as, for which days, how, with which add-ons, and whether they join or renew with it."""

    category = RadioField(_l("Who are you registering as?"), validators=[InputRequired(_l("Choose a category."))])
    mode = RadioField(_l("How will you take part?"), validators=[InputRequired(_l("Choose how you will take part."))])
    span = SelectField(_l("Which days?"), validators=[InputRequired()])
    extras = SelectMultipleField(_l("Add to your registration"), widget=ListWidget(), option_widget=CheckboxInput())
    dues = RadioField(_l("Membership"), default="", validate_choice=True)

    def wish(self):
        """The choice as a Wish."""
        return Wish(self.category.data, self.span.data, self.mode.data, tuple(self.extras.data or ()))

    def untick(self, gone):
        """Take the mark off what is sold out ({field: codes}): a disabled box that is ticked would promise it."""
        for name in ("category", "mode"):
            if self[name].data in gone[name]:
                self[name].data = None
        self.extras.data = [code for code in self.extras.data or () if code not in gone["extras"]]


def choice_form(posted, registration, *, categories, spans, modes, add_ons, dues_types, days, gone):
    """The choice form with what this meeting sells, filled from the draft or from what was posted.

    What is sold out (`gone`) stays in view, disabled; each add-on carries its day for the script that fits them to the ticket.
    """
    form = ChoiceForm(posted, data=_chosen(registration, categories, modes))
    form.category.choices = [_choice(each.code, each.name, gone["category"]) for each in categories]
    form.mode.choices = [_choice(mode, mode_name(mode), gone["mode"]) for mode in modes]
    form.span.choices = [SelectChoice(span, span_name(span)) for span in spans]
    form.extras.choices = [_choice(each.code, each.title, gone["extras"], data_day=days[each.code]) for each in add_ons]
    form.dues.choices = [
        SelectChoice("", _l("No membership with this order")),
        *(SelectChoice(each.type_code, each.title) for each in dues_types),
    ]
    return form


def question_form(posted, questions, answers):
    """A form made of the meeting's questions, filled from the answers {code: text} or from what was posted."""
    fields = {PREFIX + question.code: _field(question) for question in questions}
    kind = type("QuestionForm", (_QuestionForm,), fields)
    form = kind(posted, data={PREFIX + q.code: _typed(q, answers.get(q.code)) for q in questions})
    form.questions = questions
    for question in questions:
        form[PREFIX + question.code].flags.required = question.is_required
    return form


class _QuestionForm(Form):
    conduct = BooleanField(_l("I have read the code of conduct and will follow it"))
    questions = ()

    def given(self):
        """{question code: canonical text} of what was typed, without the questions that are not asked."""
        found = {}
        for question in self.questions:
            text = _canonical(question, self[PREFIX + question.code].data)
            if text and applies(question, found):
                found[question.code] = text
        return found

    def validate_answers(self, *, conduct_code):
        """Check every answer; a required question that is asked and empty gets its error at the field."""
        valid = self.validate()
        given = self.given()
        for question in self.questions:
            if question.is_required and applies(question, given) and question.code not in given:
                self._say(PREFIX + question.code, _l("An answer is needed here."))
                valid = False
        if conduct_code is not None and not self.conduct.data:
            self._say("conduct", _l("Please read the code of conduct and say that you will follow it."))
            valid = False
        return valid

    def _say(self, name, text):
        self[name].errors = [*self[name].errors, text]


def _choice(value, label, gone, **attributes):
    return SelectChoice(value, label, render_kw=attributes | ({"disabled": True} if value in gone else {}))


def _chosen(registration, categories, modes):
    code = (
        registration.category.code if registration.category else (categories[0].code if len(categories) == 1 else None)
    )
    mode = registration.mode if registration.mode in modes else modes[0]
    return {
        "category": code,
        "mode": mode,
        "span": registration.span,
        "extras": registration.wanted,
        "dues": registration.dues_code,
    }


def _field(question):
    label, hint = question.label, question.hint
    if question.kind == "long":
        return TextAreaField(label, [Optional(), Length(max=5000)], description=hint)
    if question.kind == "choice":
        choices = [SelectChoice("", _l("No answer")), *(SelectChoice(each, each) for each in question.choices)]
        return SelectField(label, [Optional()], choices=choices, default="", description=hint)
    if question.kind == "yes_no":
        choices = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]
        return RadioField(label, [Optional()], choices=choices, description=hint, validate_choice=False)
    if question.kind == "number":
        return IntegerField(label, [Optional()], description=hint)
    if question.kind == "date":
        return DateField(label, [Optional(), _year], description=hint)
    return StringField(label, [Optional(), Length(max=500)], description=hint)


def _year(form, field):
    if field.data and not 1900 <= field.data.year <= 2100:
        raise ValidationError(_l("A date between 1900 and 2100."))


def _canonical(question, value):
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if question.kind == "yes_no" and value not in ("yes", "no"):
        return ""
    return str(value)


def _typed(question, text):
    if not text:
        return None
    if question.kind == "number":
        return int(text)
    return date.fromisoformat(text) if question.kind == "date" else text


def modes_sold(cells):
    """The ways of taking part that have any price, in person first."""
    return [str(mode) for mode in Mode if any(cell.mode == mode for cell in cells)] or [str(Mode.IN_PERSON)]
