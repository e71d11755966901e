"""What may be typed or chosen about a programme."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

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
    def active(self):
        """How many filters are set."""
        return sum(bool(field.data) for field in self)

    def lets_through(self, session):
        """Whether a session passes the filters; a talk's own track counts for its session."""
        tracks = {session.track, *(talk.track for talk in session.presentations)}
        return (not self.track.data or self.track.data in tracks) and self.room.data in ("", session.room)
