"""What is typed while signing in, changing what one signs in with, and giving roles."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from conference import people
from conference.accounts import passwords, rules
from conference.accounts.words import ROLE_LABELS
from conference.web import Form

_ROLES = [SelectChoice(role, label) for role, label in ROLE_LABELS.items()]


class CodeForm(Form):
    """The six digits of the letter."""

    code = StringField(_l("Code"), validators=[InputRequired(_l("Type the code from the letter.")), Length(max=60)])

    def validate_code(self, field):
        if len(rules.typed_code(field.data)) != 6:
            raise ValidationError(_("The code has six digits. Look at the newest letter."))


class PasswordSignInForm(people.EmailForm):
    """Address and password."""

    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Type your password."))])


class NewPasswordForm(Form):
    """A password to be kept; whether it is taken is the action's to say."""

    password = PasswordField(
        _l("New password"),
        description=_l(
            "At least %(count)s characters. A few words that only you would put together are good; spaces are fine.",
            count=passwords.SHORTEST,
        ),
        validators=[InputRequired(_l("Type a new password."))],
    )


class NewAddressForm(people.EmailForm):
    """Where letters shall go from now on."""


class RoleForm(people.EmailForm):
    """Whom to give which role."""

    role = SelectField(_l("Role"), choices=_ROLES, validators=[InputRequired(_l("Choose a role."))])
