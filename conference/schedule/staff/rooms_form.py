"""What may be typed of the rooms and tracks of a meeting: rows are put in order by numbers, taken away by a tick, added in the spare ones."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, StringField, ValidationError
from wtforms.validators import Length

from conference.kernel import colour as colours
from conference.kernel import whole_number
from conference.schedule import draft
from conference.web import Form

SPARE, MOST = 2, 2000


class RoomRow(Form):
    """One room."""

    key = HiddenField()
    place = StringField(_l("Place"), [Length(max=5)])
    name = StringField(_l("Room"), [Length(max=200)])
    gone = BooleanField(_l("Take away"))


class TrackRow(Form):
    """One track."""

    key = HiddenField()
    place = StringField(_l("Place"), [Length(max=5)])
    name = StringField(_l("Track"), [Length(max=200)])
    colour = StringField(_l("Colour"), [Length(max=7)], render_kw={"placeholder": "#0b5d78"})
    gone = BooleanField(_l("Take away"))

    def validate_colour(self, field):
        """A colour as style sheets write it, or none."""
        if field.data and not colours.is_hex(field.data):
            raise ValidationError(_l("Give a colour such as #0b5d78"))


class _NamesForm(Form):
    seen = HiddenField()
    is_apart = BooleanField(_l("They are two although their names look the same"))

    @property
    def rows(self):
        """[(id or None, name, colour, gone)] in the order of their places."""
        rows = [entry.form for entry in self.list if entry.form.name.data or entry.form.gone.data]
        ordered = sorted(rows, key=lambda row: whole_number(row.place.data, 5) or 10**6)
        return [(_key(row), row.name.data, _colour_of(row), row.gone.data) for row in ordered]


class RoomsForm(_NamesForm):
    """All rooms of a meeting."""

    rooms = FieldList(FormField(RoomRow), max_entries=MOST)

    @property
    def list(self):
        """Its rows."""
        return self.rooms


class TracksForm(_NamesForm):
    """All tracks of a meeting."""

    tracks = FieldList(FormField(TrackRow), max_entries=MOST)

    @property
    def list(self):
        """Its rows."""
        return self.tracks


def rooms_form(meeting, seen):
    """The form of the rooms that stand, with rows to add to."""
    rows = [_standing(place, row) for place, row in enumerate(draft.rooms(meeting), start=1)]
    return RoomsForm(seen=seen, rooms=rows[: MOST - SPARE] + [{}] * SPARE)


def tracks_form(meeting, seen):
    """The form of the tracks that stand, with rows to add to."""
    rows = [_standing(place, row) | {"colour": row.colour} for place, row in enumerate(draft.tracks(meeting), start=1)]
    return TracksForm(seen=seen, tracks=rows[: MOST - SPARE] + [{}] * SPARE)


def _standing(place, row):
    return {"key": row.id, "place": place, "name": row.name}


def _key(row):
    return whole_number(str(row.key.data or ""), 9)


def _colour_of(row):
    return row.colour.data.lower() if "colour" in row else ""
