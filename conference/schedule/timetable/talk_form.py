"""What may be typed about a talk: where it stands and how long it is, what it is, and its words where no abstract has them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from conference.kernel import whole_number
from conference.schedule import draft
from conference.schedule.formats import text as texts
from conference.schedule.timetable import queries, talks
from conference.schedule.timetable.forms import CLOCK, version_field
from conference.schedule.timetable.moving import LONGEST
from conference.web import Form

_LINES = ("kind", "board", "hall")


class TalkForm(Form):
    """All of a talk but its authors."""

    session = SelectField(_l("Session"), [InputRequired(_l("Choose a session"))])
    place = IntegerField(
        _l("Place in the session"), [InputRequired(_l("Say which place it has")), NumberRange(1, 9999)]
    )
    title = StringField(_l("Title"), [DataRequired(_l("Give the talk a title")), Length(max=500)])
    kind = StringField(_l("Kind of presentation"), [Length(max=100)])
    minutes = IntegerField(
        _l("Minutes"),
        [InputRequired(_l("Say how many minutes it has, or 0")), NumberRange(0, LONGEST, _l("Give 0 to 1440 minutes"))],
        description=_l("0: those of its kind."),
    )
    pinned = TimeField(
        _l("Starts at a time of its own"),
        [Optional()],
        description=_l("Left empty, it follows the talk before it."),
        render_kw=CLOCK,
    )
    track = SelectField(_l("Track"))
    board = StringField(_l("Board"), [Length(max=40)])
    hall = StringField(
        _l("Hall"), [Length(max=200)], description=_l("Where it hangs, if not in the room of the session.")
    )
    text = TextAreaField(
        _l("Text"), [Length(max=texts.LONGEST_TEXT)], render_kw={"rows": 5},
        description=_l("A blank line begins a paragraph; simple HTML is kept."),
    )  # fmt: skip
    withdrawn = BooleanField(_l("This talk is cancelled"))
    version = version_field()

    def of(self, meeting, session, talk):
        """The form with what there is to choose from; without the words that a talk has from its abstract."""
        self.session.choices = [(str(number), title) for number, title in queries.sessions_to_choose(meeting, session)]
        tracks = [(str(row.id), row.name) for row in draft.tracks(meeting)]
        self.track.choices = [("", _("That of its session")), *tracks]
        if talk.abstract_id:
            for name in {"title", "text"} & {*self._fields}:
                del self[name]
        return self

    def facts(self, talk):
        """{column: value} of what was typed of a talk in words; a text that was not touched stays as it is."""
        found = {name: self[name].data for name in _LINES} | {"track_id": whole_number(self.track.data or "", 9)}
        if talk.abstract_id:
            return found
        return found | {"title": self.title.data, "abstract": texts.rich_typed(self.text.data, talk.abstract)}


def standing(meeting, session, talk):
    """{field: value} of a talk as it is: what a form does not send stays so."""
    return {
        **{name: getattr(talk, name) for name in (*_LINES, "title", "minutes", "withdrawn")},
        "session": str(session.number),
        "place": talks.told(talk, session)["place"],
        "track": str(talk.track_id or ""),
        "text": texts.as_typed(talk.abstract),
        "pinned": clock_of(meeting, talk),
    }


def clock_of(meeting, talk):
    """The start of its own that a talk has, by the clock; None where it follows the one before."""
    return talk.starts_at.astimezone(meeting.zone).time().replace(second=0, microsecond=0) if talk.starts_at else None
