"""What may be typed for a visa letter, and for the refund when the visa was refused."""

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, FileField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from conference import people
from conference.registration import visa
from conference.web import Form, language


def sensible_day(form, field):
    """A day that no slip has moved by centuries."""
    if field.data and not 1880 <= field.data.year <= 2199:
        raise ValidationError(_("Check the year."))


class VisaForm(Form):
    """A person as their passport has them, and their stay."""

    name = StringField(
        _l("Name as in the passport"),
        [DataRequired(_l("Type the name.")), Length(max=200)],
        description=_l("All names, exactly as they are printed there in Latin letters."),
    )
    nationality = SelectField(_l("Nationality"), [InputRequired(_l("Choose the nationality."))])
    number = StringField(_l("Passport number"), [DataRequired(_l("Type the number.")), Length(max=40)])
    expires_on = DateField(_l("Passport valid until"), [InputRequired(_l("Type the day.")), sensible_day])
    birth_date = DateField(_l("Date of birth"), [InputRequired(_l("Type the day.")), sensible_day])
    consulate = StringField(
        _l("Embassy or consulate"),
        [Length(max=200)],
        description=_l("Where you apply. The letter is addressed to it; leave it empty if you do not know yet."),
    )
    arrives = DateField(_l("First day of your stay"), [InputRequired(_l("Type the day.")), sensible_day])
    leaves = DateField(_l("Last day of your stay"), [InputRequired(_l("Type the day.")), sensible_day])
    language = SelectField(_l("Language of the letter"), [InputRequired()])
    meeting = None
    today = None

    def of(self, meeting, now):
        """The form with countries and with the languages in which this meeting writes letters."""
        self.meeting, self.today = meeting, now.astimezone(meeting.zone).date()
        found = people.countries(str(get_locale() or "en"))
        self.nationality.choices = [SelectChoice("", _("Choose…")), *(SelectChoice(*pair) for pair in found)]
        languages = visa.texts_in_use(meeting)
        self.language.choices = [SelectChoice(code, language(code)) for code in languages]
        return self

    def filled(self, entry, before, newest):
        """What is known: from the passport `before` in the newest request if that is kept, but never the number."""
        self.language.data = newest.language if newest else next(iter(dict(self.language.choices)))
        person, meeting = entry.person, entry.meeting
        self.name.data = (
            before.name if before else " ".join(part for part in (person.given_name, person.family_name) if part)
        )
        self.arrives.data = before.arrives if before else meeting.starts
        self.leaves.data = before.leaves if before else meeting.ends
        for name in ("nationality", "birth_date", "expires_on", "consulate") if before else ():
            self[name].data = getattr(before, name)
        return self

    def validate(self, **keywords):
        """Also: what cannot be right for this meeting."""
        is_valid = super().validate(**keywords)
        if not is_valid:
            return False
        wrong = visa.passports.faults(
            self.passport, starts=self.meeting.starts, ends=self.meeting.ends, today=self.today
        )
        for name, fault in wrong:
            self[name].errors, is_valid = [*self[name].errors, str(visa.words.FAULTS[fault])], False
        return is_valid

    @property
    def passport(self):
        """What was typed, as a Passport."""
        typed = {name: value for name, value in self.data.items() if name != "language"}
        return visa.Passport(**{**typed, "number": visa.passports.normal_number(self.number.data)})


class RefusedForm(Form):
    """The consulate's letter."""

    file = FileField(_l("Letter of refusal"), render_kw={"accept": "application/pdf,image/jpeg,image/png"})
    note = TextAreaField(_l("What we should know"), [Length(max=600)], render_kw={"rows": 3})
