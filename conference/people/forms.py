"""What people say of themselves."""

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from conference.kernel import Refusal
from conference.people import queries, rules
from conference.people.actions import FIELDS
from conference.people.countries import countries
from conference.people.profile import seen_version
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
    interests = SelectMultipleField(
        _l("Interests"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validators=[Optional()]
    )
    seen = HiddenField()

    def __init__(self, formdata=None, obj=None, **keywords):
        super().__init__(formdata, obj=obj, **keywords)
        language = str(get_locale() or "en")
        self.country.choices = [SelectChoice(*pair) for pair in (("", _("Choose…")), *countries(language))]
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
        return [] if name == "interests" else ""

    def show_again(self, person):
        """After ChangedElsewhere: what was typed stays, and saving it now is meant."""
        self.seen.data = seen_version(person)

    def validate_given_name(self, field):
        if not field.data and not self.family_name.data:
            raise ValidationError(_("Give at least one name."))

    def validate_orcid(self, field):
        try:
            field.data = rules.normal_orcid(field.data or "")
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None
