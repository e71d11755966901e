"""What may be typed about the place of a session, a new one, and a talk."""

from datetime import date

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from conference.kernel import whole_number
from conference.schedule.rules import LARGEST_NUMBER
from conference.schedule.timetable.moving import LONGEST
from conference.web import Form

CLOCK = {"step": "300"}


def version_field():
    """The version that was seen of what a form changes."""
    known = [InputRequired(_l("Open the page again")), NumberRange(1, LARGEST_NUMBER - 1)]
    return IntegerField(widget=HiddenInput(), validators=known)


class PlaceForm(Form):
    """Where a session stands: a clock time of a meeting day in a room."""

    day = SelectField(_l("Day"), [InputRequired(_l("Choose a day"))])
    clock = TimeField(
        _l("Starts"),
        [InputRequired(_l("Say when the session starts, as in 09:30"))],
        description=_l(
            "To the nearest five minutes, on the venue’s clock. Before 04:00 is the night that follows the day."
        ),
        render_kw=CLOCK,
    )
    minutes = IntegerField(
        _l("Minutes"),
        [InputRequired(_l("Say how many minutes it lasts")), NumberRange(1, LONGEST, _l("Give 1 to 1440 minutes"))],
    )
    room = SelectField(
        _l("Room"), description=_l("A session without a room, such as a break, stands across all of them.")
    )
    version = version_field()

    def of(self, days, rooms):
        """The form with the days and rooms that there are."""
        self.day.choices = [(day.isoformat(), format_date(day, "EEE d MMM y", locale=get_locale())) for day in days]
        self.room.choices = [("", _l("All rooms")), *((str(room.id), room.name) for room in rooms)]
        return self

    @property
    def chosen_day(self):
        """The day as a date."""
        return date.fromisoformat(self.day.data)

    @property
    def room_id(self):
        """The chosen room's id, or None for all of them."""
        return whole_number(self.room.data or "", 9)


class NewForm(PlaceForm):
    """A new session, placed or in the pool."""

    title = StringField(_l("Title"), [InputRequired(_l("Give the session a title")), Length(max=500)])
    kind = StringField(
        _l("Kind of session"), [Length(max=100)], description=_l("Such as Talks, Posters or Break; sessions of posters may stand side by side.")
    )  # fmt: skip
    clock = TimeField(
        _l("Starts"),
        [Optional()],
        description=_l("Left empty, it goes into the pool. Before 04:00 is the night that follows the day."),
        render_kw=CLOCK,
    )
    new_room = StringField(_l("Or a new room"), [Length(max=200)])
    is_apart = BooleanField(_l("It is another room although its name looks the same"))
    version = None


class NewTalkForm(Form):
    """A new talk at the end of a session."""

    title = StringField(_l("Title"), [Length(max=500)])
    abstract = StringField(
        _l("Number of an abstract"), [Length(max=9)], description=_l("Instead of a title: the talk presents it.")
    )
    kind = StringField(_l("Kind of presentation"), [Length(max=100)])
    minutes = IntegerField(
        _l("Minutes"), [InputRequired(_l("Say how many minutes it has, or 0")), NumberRange(0, LONGEST)], default=0,
        description=_l("0: those of its kind."),
    )  # fmt: skip
    version = version_field()
