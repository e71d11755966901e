"""What is typed about the checks of a programme."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields import IntegerField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from conference.schedule import warnings
from conference.web import Form

_MINUTES = NumberRange(0, warnings.LONGEST_WALK, _l("Give minutes between 0 and %(max)s"))


class AsideForm(Form):
    """Letting a warning stand."""

    state = HiddenField()
    reason = StringField(
        _l("Why it may stand"),
        [DataRequired(_l("Say why, for whoever looks after you")), Length(max=300)],
        description=_l("It comes back by itself when the time, the room or whoever is concerned changes."),
    )


class ChecksForm(Form):
    """What a meeting's programme is checked against."""

    walk_minutes = IntegerField(
        _l("Minutes between two rooms"),
        [InputRequired(_l("Give a number of minutes, 0 for none")), _MINUTES],
        description=_l("For all rooms that have no way of their own below; 0 means that nobody is warned."),
    )
    disclosing = RadioField(
        _l("Who says what there is to disclose"),
        [InputRequired(_l("Choose one"))],
        choices=[
            SelectChoice(str(warnings.Disclosing.SPEAKING), _l("Whoever chairs, speaks or presents")),
            SelectChoice(str(warnings.Disclosing.EVERYBODY), _l("Every author too")),
            SelectChoice(str(warnings.Disclosing.NOBODY), _l("Nobody is asked")),
        ],
    )


class WayForm(Form):
    """How far two rooms are from each other."""

    one = SelectField(_l("From"), [InputRequired()], coerce=int)
    other = SelectField(_l("To"), [InputRequired()], coerce=int)
    minutes = IntegerField(_l("Minutes on foot"), [InputRequired(_l("Give a number of minutes")), _MINUTES])

    def of(self, rooms):
        """The form for some rooms."""
        self.one.choices = self.other.choices = [SelectChoice(room.id, room.name) for room in rooms]
        return self
