"""What staff may type about evaluating."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from conference.web import Form


class EvaluationFormForm(Form):
    """When sessions are evaluated; the questions are rows of their own."""

    is_on = BooleanField(_l("Sessions of this meeting are evaluated"))
    begins = RadioField(
        _l("From when on"), [InputRequired(_l("Choose one"))],
        choices=[SelectChoice("start", _l("From the session’s start")), SelectChoice("end", _l("From the session’s end"))],
    )  # fmt: skip
    days = IntegerField(
        _l("Days after the meeting"), [InputRequired(_l("Give a number of days")), NumberRange(0, 365)],
        description=_l("So many whole days after its last day, answers are taken and can be changed."),
    )  # fmt: skip
    version = IntegerField(widget=HiddenInput(), validators=[NumberRange(0, 2**31 - 2)], default=0)
