"""What staff may type about a waiting list: a reason always, a place in the order, the hours of offers."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.fields import IntegerField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from conference.web import Form


class ReasonForm(Form):
    """Why; kept in the audit trail."""

    reason = StringField(
        _l("Reason"),
        [DataRequired(_l("Say why: it is kept, and told to whoever is taken off.")), Length(max=300)],
        description=_l("It stands in the audit trail; whoever is taken off the list reads it."),
    )


class PlaceForm(ReasonForm):
    """Where in the order, and why."""

    number = IntegerField(_l("New place in the order"), [InputRequired(), NumberRange(1, 1_000_000)], default=1)


def _hours(label):
    return IntegerField(label, [InputRequired(), NumberRange(1, 1000)])


class PaceForm(Form):
    """For how many hours an offer stands, shorter as the meeting comes near."""

    hours = _hours(_l("Hours, long before the meeting"))
    hours_month = _hours(_l("Hours, within 30 days of its beginning"))
    hours_week = _hours(_l("Hours, within 7 days"))
    hours_end = _hours(_l("Hours, within 2 days"))
