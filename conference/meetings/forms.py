"""What an organiser may type about a meeting."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FieldList,
    FloatField,
    FormField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import HiddenInput

from conference.meetings.rules import is_thinkable
from conference.web import Form


def thinkable(form, field):
    """Validator: a day or time that can be one of a meeting's."""
    if field.data and not is_thinkable(field.data):
        raise ValidationError(_("The year is out of reach"))


class MeetingForm(Form):
    """The meeting's facts; `version` is the one that was opened."""

    title = StringField(_l("Title"), [InputRequired(_l("A meeting needs a title")), Length(max=300)])
    number = IntegerField(
        _l("Number"), [Optional(), NumberRange(1, 999)], description=_l("28 makes it the 28th annual meeting.")
    )
    summary = TextAreaField(_l("Summary"), [Length(max=600)], description=_l("One or two sentences under the title."))
    body = TextAreaField(_l("Text"), [Length(max=50_000)], description=_l("Markdown."), render_kw={"rows": 14})
    starts = DateField(_l("First day"), [InputRequired(_l("Say on which day it begins"))])
    ends = DateField(_l("Last day"), [InputRequired(_l("Say on which day it ends"))])
    timezone = StringField(
        _l("Time zone of the venue"),
        [InputRequired(_l("Name the time zone")), Length(max=64)],
        description=_l("For example America/New_York. All times of the meeting are shown in it."),
    )
    venue = StringField(_l("Venue"), [Length(max=300)])
    address = TextAreaField(_l("Street address"), [Length(max=600)])
    city = StringField(_l("City"), [Length(max=300)])
    country = StringField(
        _l("Country"),
        [Optional(), Regexp(r"^[A-Z]{2}$", message=_l("Two capital letters, such as US"))],
        description=_l("Two capital letters, such as US."),
    )
    latitude = FloatField(_l("Latitude"), [Optional(), NumberRange(-85, 85)])
    longitude = FloatField(
        _l("Longitude"),
        [Optional(), NumberRange(-180, 180)],
        description=_l("Both together make a map of the venue possible."),
    )
    is_public = BooleanField(_l("Shown to everybody"))
    version = IntegerField(default=0, widget=HiddenInput())

    @property
    def facts(self):
        """The typed facts, without the version."""
        return {name: value for name, value in self.data.items() if name != "version"}


class WindowRow(Form):
    """A price window: a stretch of days that ends with its last day. A row without a code is left out."""

    code = StringField(
        _l("Code"), [Optional(), Regexp(r"^[a-z0-9-]{1,40}$", message=_l("Small letters, digits, hyphens"))]
    )
    name = StringField(_l("Name"), [Length(max=100)])
    last_day = DateField(_l("Last day"), [Optional(), thinkable])


class DeadlineRow(Form):
    """A date that people must know. A row without a name is left out."""

    title = StringField(_l("What"), [Length(max=300)])
    at = DateTimeLocalField(_l("Until"), [Optional(), thinkable], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    url = StringField(
        _l("Link"), [Optional(), Length(max=500), Regexp(r"^(https?://|/)", message=_l("Begins with https:// or /"))]
    )


class DatesForm(Form):
    """When registration opens, the price windows and the deadlines, all in the venue's time."""

    opens_at = DateTimeLocalField(
        _l("Registration opens"), [Optional(), thinkable], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
    windows = FieldList(FormField(WindowRow), max_entries=12)
    deadlines = FieldList(FormField(DeadlineRow), max_entries=30)
    version = IntegerField(default=0, widget=HiddenInput())

    def validate(self, **keywords):
        """Also: a row that is begun must be finished."""
        is_valid = super().validate(**keywords)
        for row in self.windows:
            is_valid &= _whole(row.form, "code", ("name", "last_day"), _l("Finish this window or clear its code"))
        for row in self.deadlines:
            is_valid &= _whole(row.form, "title", ("at",), _l("Say when it ends"))
        return is_valid


def _whole(form, first, others, message):
    if not form[first].data:
        return True
    missing = [form[name] for name in others if not form[name].data and not form[name].errors]
    for field in missing:
        field.errors = [*field.errors, message]
    return not missing
