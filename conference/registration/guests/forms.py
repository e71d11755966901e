"""What is typed of a guest: the name as it stands on the badge, and what they take part in."""

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from conference import people
from conference.registration.forms import ChoiceForm
from conference.web import Form

NAMES = ("given_name", "family_name", "country")


class NamesForm(Form):
    """A guest's name, and a country if it shall stand on the badge."""

    given_name = StringField(
        _l("Given name"), description=_l("As it shall stand on the badge. Somebody with one name only: put it here.")
    )
    family_name = StringField(_l("Family name"))
    country = SelectField(_l("Country or region"), validators=[Optional()], description=_l("It stands on the badge."))

    def __init__(self, formdata=None, obj=None, **keywords):
        super().__init__(formdata, obj=obj, **keywords)
        known = people.countries(str(get_locale() or "en"))
        self.country.choices = [SelectChoice(*pair) for pair in (("", _("Leave it out")), *known)]
        self.given_name.flags.required = True  # one of the two names is needed, and a single one is asked for here

    def names(self):
        """The names as `people.update` takes them."""
        return {name: self[name].data or "" for name in NAMES}

    def validate_given_name(self, field):
        if not field.data and not self.family_name.data:
            raise ValidationError(_("Give at least one name."))


class GuestForm(NamesForm, ChoiceForm):
    """The name, and what the guest takes part in: always at the venue."""

    category = RadioField(_l("They come as"), validators=[InputRequired(_l("Choose a category."))])
    extras = SelectMultipleField(_l("What they take part in"), widget=ListWidget(), option_widget=CheckboxInput())
