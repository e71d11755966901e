"""What staff may type about changes: a step of the table, and how a change of somebody's registration is to be taken."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, SelectField, StringField
from wtforms.fields import IntegerField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from conference import registration
from conference.kernel import Money
from conference.staff.price_form import AmountField
from conference.web import Form


class StepForm(Form):
    """Until when a kind of change costs how much."""

    kind = SelectField(_l("What is changed"), [InputRequired()])
    category_id = SelectField(
        _l("Only for the category"),
        coerce=int,
        default=0,
        description=_l("A category with steps of its own has none of the general ones for this kind of change."),
    )
    until = DateTimeLocalField(
        _l("Until"), [InputRequired(_l("Say until when.")), Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
    percent = IntegerField(
        _l("Share of what was paid, in percent"), [Optional(), NumberRange(0, 100)], description=_l("Empty: none.")
    )
    amount = AmountField(_l("Amount"), [Optional(), Length(max=30)], description=_l("Empty: none. Both are added up."))
    minimum = AmountField(_l("At least"), [Optional(), Length(max=30)])
    meeting = None

    def of(self, meeting):
        """The form for this meeting."""
        self.meeting = meeting
        self.kind.choices = [
            SelectChoice(str(kind), registration.changes.kind_name(kind)) for kind in registration.changes.ASKED
        ]
        categories = registration.categories_of(meeting, all_of_them=True)
        self.category_id.choices = [
            SelectChoice(0, _("Any")),
            *(SelectChoice(each.id, each.name) for each in categories),
        ]
        return self

    def show(self, step):
        """Fill the form from a row."""
        self.kind.data, self.category_id.data = step.kind, step.category_id or 0
        self.until.data = step.until.astimezone(self.meeting.zone).replace(tzinfo=None)
        self.percent.data = step.percent or None
        for field, minor in ((self.amount, step.amount_minor), (self.minimum, step.minimum_minor)):
            field.data = Money(minor, self.meeting.currency).decimal_text if minor else ""
        return self

    def validate_amount(self, field):
        """An amount of the meeting's currency."""
        field.parse(self.meeting.currency)

    validate_minimum = validate_amount

    def facts(self):
        """The columns of a step."""
        return {
            "kind": self.kind.data,
            "category_id": self.category_id.data or None,
            "until": self.until.data.replace(tzinfo=self.meeting.zone),
            "percent": self.percent.data or 0,
            "amount_minor": self.amount.minor or 0,
            "minimum_minor": self.minimum.minor or 0,
        }


class OnBehalfForm(Form):
    """How staff change a registration for somebody: with the table's fee or without, and why."""

    waived = BooleanField(_l("Take no fee, and do not mind the table's dates"))
    reason = StringField(
        _l("Reason"),
        [Length(max=300)],
        description=_l("The person reads it in the letter; the trail keeps it. Needed when no fee is taken."),
    )

    def validate_reason(self, field):
        """Who waives a rule says why."""
        if self.waived.data and not field.data:
            raise ValidationError(_("Say why no fee is taken."))


class SureForm(OnBehalfForm):
    """The same, confirmed."""

    seen = StringField(validators=[DataRequired()])
