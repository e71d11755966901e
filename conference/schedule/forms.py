"""What may be typed or chosen about a programme."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import FileField, SelectField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from conference.web import Form


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
