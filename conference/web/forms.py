"""What a person may type: WTForms with cleaned text and bounds on everything."""

from flask import request
from flask_babel import get_translations, gettext
from wtforms import Form as WTForm
from wtforms import StringField, TextAreaField
from wtforms.fields import IntegerField
from wtforms.validators import Length, NumberRange

from conference.kernel import clean_line, clean_text
from conference.web.limits import without_nul

LONGEST_LINE = 300
LONGEST_TEXT = 20_000
LARGEST = 2**53


class _Translations:
    def gettext(self, text):
        return gettext(text)

    def ngettext(self, one, many, count):
        return get_translations().ungettext(one, many, count)


class Form(WTForm):
    """A form whose text is cleaned before it is validated, and whose every field has a bound.

    `MyForm(obj=…)` shows what stands, `MyForm.of_request(obj=…)` takes what was posted: GET and POST are two views.
    """

    class Meta:
        locales = ["en"]

        def get_translations(self, form):
            return _Translations()

        def bind_field(self, form, unbound_field, options):
            filters = list(unbound_field.kwargs.get("filters", ()))
            if issubclass(unbound_field.field_class, TextAreaField):
                filters = [_text, *filters]
            elif issubclass(unbound_field.field_class, StringField):
                filters = [_line, *filters]
            elif issubclass(unbound_field.field_class, IntegerField):
                filters = [_within_reach, *filters]
            field = unbound_field.bind(form=form, **{**options, "filters": filters})
            _bound(field)
            return field

    @classmethod
    def of_request(cls, **keywords):
        """The form filled from what was posted."""
        return cls(without_nul(request.form), **keywords)


def refuse_into(form, refusal):
    """Put a Refusal beside its field, or on top of the form when it names none."""
    field = form[refusal.field] if refusal.field and refusal.field in form else None
    errors = field.errors if field is not None else form.form_errors
    errors = [*errors, str(refusal)]
    if field is not None:
        field.errors = errors
    else:
        form.form_errors = errors


def refuse_stale(form, refusal, row):
    """Put a Refusal on top, and the form as it was typed upon the version that somebody else saved: saving again replaces it knowingly."""
    form.form_errors = [str(refusal)]
    form.version.data, form.version.raw_data = row.version, None


def _line(value):
    return clean_line(value) if isinstance(value, str) else _or_empty(value)


def _text(value):
    return clean_text(value) if isinstance(value, str) else _or_empty(value)


def _within_reach(value):
    """A number so large that no float holds it would break WTForms' NumberRange; one beyond every bound is refused by it."""
    return value if not isinstance(value, int) else max(-2 * LARGEST, min(value, 2 * LARGEST))


def _or_empty(value):
    """A text field that was not sent at all is empty: no column of ours holds NULL for "nothing"."""
    return "" if value is None else value


def _bound(field):
    """A length or range for every field that has none, so that no column overflows."""
    kinds = tuple(type(validator) for validator in field.validators)
    if isinstance(field, IntegerField) and NumberRange not in kinds:
        field.validators = [*field.validators, NumberRange(-LARGEST, LARGEST)]
    elif isinstance(field, StringField) and Length not in kinds:
        longest = LONGEST_TEXT if isinstance(field, TextAreaField) else LONGEST_LINE
        field.validators = [*field.validators, Length(max=longest)]
