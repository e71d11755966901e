"""What members and staff may type about membership."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from conference.membership.rules import Audience
from conference.web import Form

# Calendars of browsers and databases agree on these years; beyond them sums of months would leave Python's.
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
_REASON = [DataRequired(_l("Say why: it is kept with the change")), Length(max=600)]

_WHO = [
    SelectChoice(Audience.NOBODY, _l("Nobody")),
    SelectChoice(Audience.MEMBERS, _l("Members")),
    SelectChoice(Audience.PUBLIC, _l("Everybody")),
]


def _thinkable(form, field):
    if field.data and not _FIRST <= field.data <= _LAST:
        raise ValidationError(_("Choose a day between 1900 and 2199"))


def _audience(label):
    return SelectField(label, choices=_WHO, validators=[InputRequired()])


class DirectoryForm(Form):
    """Whether a member stands in the directory, and who sees what of the entry."""

    listed_for = RadioField(
        _l("Who may find me in the directory"),
        choices=[
            SelectChoice(Audience.NOBODY, _l("Nobody: I am not in the directory")),
            SelectChoice(Audience.MEMBERS, _l("Members who are signed in")),
            SelectChoice(Audience.PUBLIC, _l("Everybody, also on the public web")),
        ],
        validators=[InputRequired(_l("Choose who may find you"))],
    )
    institution_for = _audience(_l("Institution"))
    country_for = _audience(_l("Country"))
    interests_for = _audience(_l("Interests"))
    email_for = _audience(_l("E-mail address"))


class TermForm(Form):
    """A term given by staff."""

    email = StringField(_l("E-mail address of the person"), validators=[DataRequired(_l("Type an e-mail address"))])
    type = SelectField(_l("Membership"), validators=[InputRequired()])
    starts = DateField(_l("First day"), validators=[InputRequired(_l("Choose the first day")), _thinkable])
    ends = DateField(
        _l("Last day"),
        description=_l("Leave it empty for the type's usual length"),
        validators=[Optional(), _thinkable],
    )
    reason = TextAreaField(_l("Reason"), validators=_REASON, render_kw={"rows": 3})


class VoidForm(Form):
    """Taking a term back."""

    reason = TextAreaField(_l("Reason"), validators=_REASON, render_kw={"rows": 3})
