"""What finance may set and say about the books: the chart of accounts, and why a month is opened again."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from conference.books import Role, accounts
from conference.web import Form

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-/ ]*")


class ReopenForm(Form):
    """Why."""

    why = TextAreaField(_l("Why it is opened again"), [DataRequired(_l("Say why.")), Length(max=500)])


class AccountsForm(Form):
    """Number and name of the account for each role; two roles may share an account, which has one name then."""

    @classmethod
    def for_roles(cls, data=None):
        """The form as it stands, or as it was posted."""
        shown = accounts.current()
        values = {
            f"{part}_{role}": text for role, named in shown.items() for part, text in zip(_PARTS, named, strict=True)
        }
        return cls(data, data=values)

    def pairs(self):
        """[(what the role is called, field of the number, field of the name)]."""
        return [
            (named.name, self[f"number_{role}"], self[f"name_{role}"]) for role, named in accounts.defaults().items()
        ]

    def wanted(self):
        """{role: Named}."""
        return {role: accounts.Named(self[f"number_{role}"].data, self[f"name_{role}"].data) for role in Role}

    def validate(self, extra_validators=None):
        """Every field, and that an account has one name."""
        return super().validate(extra_validators) and self._have_one_name()

    def _have_one_name(self):
        names: dict = {}
        for role, named in self.wanted().items():
            known = names.setdefault(named.number, named.name)
            if known != named.name:
                fault = _(
                    "Account %(number)s is called “%(name)s” above: an account has one name.",
                    number=named.number,
                    name=known,
                )
                self[f"name_{role}"].errors = [fault]
        return not self.errors


_PARTS = ("number", "name")


def _is_number(_form, field):
    if not _NUMBER.fullmatch(field.data):
        raise ValidationError(_("Letters, digits, full stops, hyphens and slashes only."))


for _role in Role:
    setattr(AccountsForm, f"number_{_role}", StringField(
        _l("Number"), [DataRequired(_l("Give the account a number.")), Length(max=20), _is_number]
    ))  # fmt: skip
    setattr(
        AccountsForm,
        f"name_{_role}",
        StringField(_l("Name"), [DataRequired(_l("Give the account a name.")), Length(max=120)]),
    )
