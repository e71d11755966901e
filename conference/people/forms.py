"""What people say of themselves."""

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.fields import DateField, SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from conference.kernel import Refusal
from conference.people import queries, rules
from conference.people.actions import FIELDS
from conference.people.countries import countries
from conference.people.profile import seen_version
from conference.people.words import STAGES
from conference.web import Form


class EmailForm(Form):
    """One address, parsed into its normal form."""

    email = StringField(
        _l("E-mail address"),
        validators=[InputRequired(_l("Type your e-mail address.")), Length(max=rules.LONGEST_EMAIL)],
    )

    def validate_email(self, field):
        try:
            field.normal = rules.normal_email(field.data)
        except Refusal:
            raise ValidationError(_("This is not an e-mail address. It looks like name@example.org.")) from None


def sensible_day(form, field):
    """A day that somebody's career can know."""
    if field.data and not 1900 <= field.data.year <= 2199:
        raise ValidationError(_("A year between 1900 and 2199."))


class ProfileForm(Form):
    """Names, affiliation, ORCID iD, interests. `changes()` is what people.update takes; `seen` notices edits elsewhere."""

    given_name = StringField(
        _l("Given name"), description=_l("As you write it. If you have one name only, put it here.")
    )
    family_name = StringField(_l("Family name"), description=_l("Leave it empty if you have none."))
    badge_name = StringField(
        _l("Name on the badge"), description=_l("Only if it should differ from the name above, such as a short form.")
    )
    degrees = StringField(_l("Degrees"), description=_l("As they stand after your name, such as MD, PhD."))
    institution = StringField(_l("Institution or company"), description=_l("It stands on your badge."))
    city = StringField(_l("City"))
    country = SelectField(_l("Country or region"), validators=[InputRequired(_l("Choose where you live or work."))])
    orcid = StringField(
        _l("ORCID iD"),
        description=_l("Sixteen digits such as 0000-0002-1825-0097, or the whole web address."),
        validators=[Optional()],
    )
    career_stage = SelectField(
        _l("Career stage"),
        validators=[Optional()],
        description=_l("Some prices are for students and others in training. Leave it open if you like."),
    )
    stage_since = DateField(_l("In this stage since"), validators=[Optional(), sensible_day])
    stage_until = DateField(
        _l("In this stage until"), validators=[Optional(), sensible_day], description=_l("If you know when it ends.")
    )
    interests = SelectMultipleField(
        _l("Interests"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validators=[Optional()]
    )
    seen = HiddenField()

    def __init__(self, formdata=None, obj=None, **keywords):
        super().__init__(formdata, obj=obj, **keywords)
        language = str(get_locale() or "en")
        self.country.choices = [SelectChoice(*pair) for pair in (("", _("Choose…")), *countries(language))]
        stages = ((str(stage), str(words)) for stage, words in STAGES.items())
        self.career_stage.choices = [SelectChoice(*pair) for pair in (("", _("No answer")), *stages)]
        self.interests.choices = [SelectChoice(topic.code, topic.label) for topic in queries.interests()]
        self.given_name.flags.required = True  # one of the two names is needed, and a single one is asked for here
        if formdata is None and obj is not None:
            self.seen.data = seen_version(obj)

    def changes(self):
        """Every field as people.update takes it."""
        return {name: self[name].data or self.empty_of(name) for name in FIELDS if name in self}

    @staticmethod
    def empty_of(name):
        """What stands in a field that says nothing."""
        if name == "interests":
            return []
        return None if name in ("stage_since", "stage_until") else ""

    def show_again(self, person):
        """After ChangedElsewhere: what was typed stays, and saving it now is meant."""
        self.seen.data = seen_version(person)

    def validate_given_name(self, field):
        if not field.data and not self.family_name.data:
            raise ValidationError(_("Give at least one name."))

    def validate_stage_until(self, field):
        if field.data and self.stage_since.data and field.data < self.stage_since.data:
            raise ValidationError(_("It ends before it began."))

    def validate_orcid(self, field):
        try:
            field.data = rules.normal_orcid(field.data or "")
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None
