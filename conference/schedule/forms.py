"""What may be typed or chosen about a programme."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FileField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from conference.kernel import clean_line
from conference.schedule.rules import LARGEST_NUMBER
from conference.web import Form

_TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class FilterForm(Form):
    """Filters of a day, kept in the address; a value that the programme does not have filters nothing."""

    track = SelectField(_l("Track"), default="", validate_choice=False)
    room = SelectField(_l("Room"), default="", validate_choice=False)

    @classmethod
    def of_address(cls, programme):
        """The form filled from the address of the page."""
        form = cls(request.args)
        form.track.choices = [
            ("", _l("All tracks")),
            *((track.name, track.name) for track in programme.programme.tracks),
        ]
        form.room.choices = [("", _l("All rooms")), *((room.name, room.name) for room in programme.programme.rooms)]
        for field in form:
            if field.data not in {value for value, _label in field.choices}:
                field.data = ""
        return form

    @property
    def chosen(self):
        """{name of the filter: its value} of those that are set."""
        return {field.name: field.data for field in self if field.data}

    @property
    def active(self):
        """How many filters are set."""
        return sum(bool(field.data) for field in self)

    def lets_through(self, session):
        """Whether a session passes the filters; a talk's own track counts for its session."""
        tracks = {session.track, *(talk.track for talk in session.presentations)}
        return (not self.track.data or self.track.data in tracks) and self.room.data in ("", session.room)


class ZoneForm(Form):
    """The time zone in which somebody reads, or VENUE for the meeting's own."""

    VENUE = "venue"

    zone = SelectField(_l("Show times in"), [InputRequired(_l("Choose a time zone"))])
    next = StringField(widget=HiddenInput(), validators=[Length(max=500)])


class SessionForm(Form):
    """What staff change of a session: times are on the venue's clock."""

    title = StringField(_l("Title"), [InputRequired(_l("Give the session a title")), Length(max=500)])
    room = StringField(_l("Room"), [Length(max=200)], description=_l("A new name makes a new room."))
    is_apart = BooleanField(_l("It is another room although its name looks the same"))
    starts = DateTimeLocalField(_l("Starts"), [Optional()], format=_TIMES)
    ends = DateTimeLocalField(_l("Ends"), [Optional()], format=_TIMES)
    chairs = TextAreaField(_l("Chairs"), [Length(max=3000)], description=_l("One name a line."), render_kw={"rows": 3})
    withdrawn = BooleanField(_l("This session is cancelled"))
    version = IntegerField(
        widget=HiddenInput(), validators=[InputRequired(_l("Open the page again")), NumberRange(1, LARGEST_NUMBER - 1)]
    )

    @property
    def chair_names(self):
        """The typed names: two who sit there may have the same one."""
        lines = (clean_line(line)[:300] for line in (self.chairs.data or "").split("\n"))
        return [line for line in lines if line]

    def validate_starts(self, field):
        """Years that every calendar knows."""
        if field.data and not 1970 <= field.data.year < 9990:
            raise ValidationError(_l("Give a year between 1970 and 9989"))

    validate_ends = validate_starts


class UploadForm(Form):
    """A programme file."""

    file = FileField(
        _l("Programme file"),
        [InputRequired(_l("Choose a file"))],
        description=_l(
            "A workbook or CSV, schedule.xml, schedule.json, iCalendar, program.json or nested JSON, at most 15 MB. It is recognised by what it holds."
        ),
    )


class ReleaseForm(Form):
    """Making the draft public."""

    note = StringField(
        _l("What is new"), [Length(max=600)], description=_l("Shown beside the release on the programme's page.")
    )
