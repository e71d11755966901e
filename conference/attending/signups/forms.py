"""What staff may type about a session's sign-up; times are on the venue's clock."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, IntegerField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from conference.meetings import thinkable
from conference.web import Form

LOCAL = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class SignUpForm(Form):
    """Terms of signing up."""

    places = IntegerField(
        _l("Places"), [InputRequired(_l("Say how many places there are")), NumberRange(0, 100_000)],
        description=_l("Never fewer than are taken. More go to those who wait, at once."),
    )  # fmt: skip
    opens_at = DateTimeLocalField(
        _l("Sign-up opens"), [Optional(), thinkable], format=LOCAL, description=_l("Empty: it is open now.")
    )
    closes_at = DateTimeLocalField(
        _l("Sign-up closes"),
        [Optional(), thinkable],
        format=LOCAL,
        description=_l("With the session’s beginning at the latest."),
    )
    has_list = BooleanField(_l("Keep a waiting list when it is full"))
    only_for = SelectMultipleField(
        _l("Only for"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        description=_l("Kinds of registration that may sign up; none ticked: all."),
    )  # fmt: skip
    version = IntegerField(widget=HiddenInput(), validators=[NumberRange(0, 2**31 - 2)], default=0)


class AddForm(Form):
    """Somebody whom staff give a place."""

    email = StringField(
        _l("Email address"), [InputRequired(_l("Give the address of a registered person")), Length(max=254)]
    )
    reason = StringField(_l("Reason"), [InputRequired(_l("Say why")), Length(max=300)])
