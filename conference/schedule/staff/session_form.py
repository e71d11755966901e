"""What staff change of a session: its times are on the venue's clock."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from conference.kernel import clean_line, whole_number
from conference.schedule import draft, queries, roles
from conference.schedule.formats import text as texts
from conference.schedule.rules import LARGEST_NUMBER
from conference.schedule.timetable import nesting
from conference.web import Form

_TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_LINES = ("title", "subtitle", "kind", "language", "capacity", "withdrawn")
_TEXTS = ("abstract", "description")


class SessionForm(Form):
    """All of a session but its talks."""

    title = StringField(_l("Title"), [InputRequired(_l("Give the session a title")), Length(max=500)])
    subtitle = StringField(_l("Subtitle"), [Length(max=500)])
    kind = StringField(_l("Kind of session"), [Length(max=100)])
    track = SelectField(_l("Track"))
    room = StringField(_l("Room"), [Length(max=200)], description=_l("A new name makes a new room."))
    is_apart = BooleanField(_l("It is another room although its name looks the same"))
    starts = DateTimeLocalField(_l("Starts"), [Optional()], format=_TIMES)
    ends = DateTimeLocalField(_l("Ends"), [Optional()], format=_TIMES)
    whole = SelectField(_l("Part of"), description=_l("A session of the same day that is no part of another itself."))
    chairs = TextAreaField(_l("Chairs"), [Length(max=3000)], description=_l("One name a line."), render_kw={"rows": 3})
    others = TextAreaField(_l("Others with a part"), [Length(max=20_000)], render_kw={"rows": 3})
    abstract = TextAreaField(
        _l("Abstract"), [Length(max=texts.LONGEST_TEXT)], render_kw={"rows": 5},
        description=_l("A blank line begins a paragraph; simple HTML is kept."),
    )  # fmt: skip
    description = TextAreaField(_l("Description"), [Length(max=texts.LONGEST_TEXT)], render_kw={"rows": 5})
    language = StringField(_l("Language"), [Length(max=20)], description=_l("As a code, such as en or pt-BR."))
    capacity = IntegerField(
        _l("Places"), [Optional(), NumberRange(0, LARGEST_NUMBER - 1, _l("Give a whole number, or 0"))],
        description=_l("0 where nobody is counted."),
    )  # fmt: skip
    withdrawn = BooleanField(_l("This session is cancelled"))
    version = IntegerField(
        widget=HiddenInput(), validators=[InputRequired(_l("Open the page again")), NumberRange(1, LARGEST_NUMBER - 1)]
    )

    def of(self, meeting, session):
        """The form with the tracks and the sessions of its day that there are to choose from."""
        self.track.choices = [("", _("No track")), *((str(row.id), row.name) for row in draft.tracks(meeting))]
        wholes = nesting.to_choose(meeting, session)
        alone = _("Nothing: it stands for itself")
        self.whole.choices = [("", alone), *((str(number), title) for number, title in wholes)]
        words = ", ".join(str(word) for role, word in roles.WORDS.items() if role != roles.CHAIR)
        example = roles.as_typed("Ada Example", "discussant")
        self.others.description = _("One a line, such as: %(example)s. Parts: %(parts)s.", example=example, parts=words)
        return self

    @property
    def parts(self):
        """[(name, role)] as typed, chairs first: two who have a part may have the same name."""
        return [(name, roles.CHAIR) for name in _lines(self.chairs)] + [
            roles.read(line) for line in _lines(self.others)
        ]

    @property
    def whole_number(self):
        """The number of the session that it is to be a part of, or None."""
        return whole_number(self.whole.data or "", 9)

    def facts(self, session):
        """{column: value} of what was typed of a session in words and numbers; a text that was not touched stays as it is."""
        found = {name: self[name].data for name in _LINES} | {"capacity": self.capacity.data or 0}
        found["track_id"] = whole_number(self.track.data or "", 9)
        return found | {name: texts.rich_typed(self[name].data, getattr(session, name)) for name in _TEXTS}

    def validate_starts(self, field):
        """Years that every calendar knows."""
        if field.data and not 1970 <= field.data.year < 9990:
            raise ValidationError(_l("Give a year between 1970 and 9989"))

    validate_ends = validate_starts

    def validate_others(self, field):
        """Every line has a part that there is."""
        for line in _lines(field):
            if roles.read(line)[1] is None:
                raise ValidationError(_("No part that there is: %(line)s", line=line))


def standing(meeting, session):
    """{field: value} of a session as it is: what a form does not send stays so."""
    found = {name: getattr(session, name) for name in _LINES}
    return found | {
        **{name: texts.as_typed(getattr(session, name)) for name in _TEXTS},
        "room": session.room.name if session.room else "",
        "track": str(session.track_id or ""),
        "starts": session.starts_at and session.starts_at.astimezone(meeting.zone),
        "ends": session.ends_at and session.ends_at.astimezone(meeting.zone),
        "whole": str(queries.whole_of(session) or ""),
        "chairs": "\n".join(roles.names_by_role(session)[roles.CHAIR]),
        "others": "\n".join(roles.as_typed(*part) for part in roles.parts_of(session) if part[1] != roles.CHAIR),
    }


def _lines(field):
    lines = (clean_line(line)[:300] for line in (field.data or "").split("\n"))
    return [line for line in lines if line]
