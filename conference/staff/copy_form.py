"""What is typed to make a meeting by copying another."""

from datetime import timedelta
from zoneinfo import available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from conference.web import Form

WEEKS = timedelta(weeks=52)  # a year later on the same weekday


class CopyForm(Form):
    """The facts of the new meeting; everything else is copied."""

    code = StringField(
        _l("Code"),
        [InputRequired(_l("Give it a code.")), Length(max=20)],
        description=_l("It stands in its addresses and never changes."),
    )
    title = StringField(_l("Title"), [InputRequired(_l("A meeting needs a title")), Length(max=300)])
    starts = DateField(
        _l("First day"),
        [InputRequired(_l("Say on which day it begins"))],
        description=_l(
            "Every date moves by as many days; 52 weeks keep the weekdays. It lasts as long as the one that is copied."
        ),
    )
    timezone = StringField(_l("Time zone of the venue"), [InputRequired(_l("Name the time zone")), Length(max=64)])
    venue = StringField(_l("Venue"), [Length(max=300)])
    city = StringField(_l("City"), [Length(max=300)])
    country = StringField(
        _l("Country"), [Optional(), Regexp(r"^[A-Z]{2}$", message=_l("Two capital letters, such as US"))]
    )
    with_codes = BooleanField(
        _l("Copy the codes too"), description=_l("Unused, and without those that are bound to a person.")
    )

    def validate_starts(self, field):
        if field.data and not 2000 <= field.data.year <= 2199:
            raise ValidationError(_("A year between 2000 and 2199."))

    def validate_timezone(self, field):
        if field.data not in available_timezones():
            raise ValidationError(_("There is no time zone %(timezone)s", timezone=field.data))

    def facts(self):
        """What was typed, as copying.copy takes it; street and map belong to the old venue where the venue is another."""
        return {**self.data, "address": "", "latitude": None, "longitude": None}
