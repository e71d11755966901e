"""What staff may type about a code that takes something off."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, SelectField, StringField
from wtforms.fields import EmailField, IntegerField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from conference import people, registration
from conference.kernel import Money, Refusal
from conference.registration import Effect, Scope
from conference.staff.price_form import AmountField
from conference.web import Form

MOST_AT_ONCE = 500
EFFECTS = {
    Effect.PERCENT: _l("A share off"),
    Effect.AMOUNT: _l("An amount off"),
    Effect.COMP: _l("Free of charge (comp)"),
}
SCOPES = {
    Scope.REGISTRATION: _l("The registration"),
    Scope.ADD_ON: _l("Add-ons: one, or all of them"),
    Scope.ALL: _l("The registration and all add-ons"),
}


class EffectForm(Form):
    """What a code takes off, of which only one of `percent` and `amount` counts; `meeting` is whose currency it is in."""

    meeting: Any = None

    def validate_effect(self, field):
        """What is chosen says how much."""
        if field.data == Effect.PERCENT and self.percent.data is None:
            raise ValidationError(_("Say below how many percent."))
        if field.data == Effect.AMOUNT and not self.amount.data:
            raise ValidationError(_("Say below how much."))

    def validate_amount(self, field):
        """An amount of the meeting's currency, more than nothing where it counts."""
        field.parse(self.meeting.currency)
        if self.effect.data == Effect.AMOUNT and not field.minor:
            raise ValidationError(_("More than nothing."))


class CodeForm(EffectForm):
    """A code: what it does, from what, for whom, how often, and who pays for it."""

    code = StringField(
        _l("Code"),
        [DataRequired(_l("Give it a code.")), Length(max=40)],
        description=_l(
            "Letters, digits and hyphens; capitals make no difference. Of many codes at once it is the beginning."
        ),
    )
    count = IntegerField(
        _l("How many"),
        [InputRequired(), NumberRange(1, MOST_AT_ONCE)],
        default=1,
        description=_l("More than one: each gets an end of its own that nobody can guess."),
    )
    effect = SelectField(
        _l("What it does"), [InputRequired()], choices=[SelectChoice(*each) for each in EFFECTS.items()]
    )
    percent = IntegerField(_l("Share off, in percent"), [Optional(), NumberRange(1, 100)])
    amount = AmountField(_l("Amount off"), [Optional(), Length(max=30)])
    scope = SelectField(_l("From what"), [InputRequired()], choices=[SelectChoice(*each) for each in SCOPES.items()])
    category_id = SelectField(_l("Only for the category"), coerce=int, default=0)
    add_on_id = SelectField(_l("Only for the add-on"), coerce=int, default=0)
    email = EmailField(
        _l("Only for the person with this e-mail"), [Length(max=320)], description=_l("Nobody else can use it.")
    )
    most_uses = IntegerField(
        _l("How often it can be used"),
        [Optional(), NumberRange(1, 1_000_000)],
        description=_l("Empty: as often as wanted."),
    )
    valid_until = DateTimeLocalField(_l("Until"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    reason = StringField(
        _l("Reason"),
        [DataRequired(_l("Say what it is for: reports are by it.")), Length(max=300)],
        description=_l("Such as: invited speaker, travel award, exhibitor."),
    )
    budget_code = StringField(_l("Budget code"), [Length(max=40)], description=_l("Who carries what it takes off."))
    is_on_offer = BooleanField(_l("Can be used"), default=True)
    meeting = None

    def of(self, meeting, *, existing=None):
        """The form for this meeting; without code and number when the code exists."""
        self.meeting = meeting
        categories = registration.categories_of(meeting, all_of_them=True)
        add_ons = registration.add_ons_of(meeting, all_of_them=True)
        self.category_id.choices = [
            SelectChoice(0, _("Any")),
            *(SelectChoice(each.id, each.name) for each in categories),
        ]
        self.add_on_id.choices = [SelectChoice(0, _("Any")), *(SelectChoice(each.id, each.title) for each in add_ons)]
        if existing is not None:
            del self.code, self.count
        return self

    def validate_code(self, field):
        if not registration.typed_code(field.data):
            raise ValidationError(_("Three to forty letters, digits and hyphens."))

    def validate_email(self, field):
        try:
            field.data = people.normal_email(field.data) if field.data else ""
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None

    def validate_valid_until(self, field):
        if field.data and not 2000 <= field.data.year <= 2199:
            raise ValidationError(_("A year between 2000 and 2199."))

    def validate_add_on_id(self, field):
        if field.data and self.scope.data != Scope.ADD_ON:
            raise ValidationError(_("Choose “add-ons” above, or no add-on here."))

    def validate(self, **keywords):
        """What the chosen effect does not need is as if nobody had typed it."""
        for name, effect in (("percent", Effect.PERCENT), ("amount", Effect.AMOUNT)):
            if self.effect.data != effect:
                self[name].data, self[name].raw_data, self[name].process_errors = None, [], []
        return super().validate(**keywords)

    def facts(self):
        """The typed facts as the actions take them; what its effect does not need is left empty."""
        effect, until = self.effect.data, self.valid_until.data
        names = ("effect", "scope", "reason", "budget_code", "is_on_offer", "most_uses")
        return {
            **{name: self[name].data for name in names},
            "percent": self.percent.data if effect == Effect.PERCENT else 0,
            "amount_minor": self.amount.minor if effect == Effect.AMOUNT else 0,
            "category_id": self.category_id.data or None,
            "add_on_id": self.add_on_id.data or None,
            "email": self.email.data,
            "valid_until": until.replace(tzinfo=self.meeting.zone) if until else None,
        }

    def show(self, row):
        """Fill in what stands, as it is typed."""
        until = row.valid_until.astimezone(self.meeting.zone).replace(tzinfo=None) if row.valid_until else None
        self.amount.data = Money(row.amount_minor, row.currency).decimal_text if row.amount_minor else ""
        self.percent.data = row.percent or None
        self.category_id.data, self.add_on_id.data = row.category_id or 0, row.add_on_id or 0
        self.valid_until.data = until
        return self
