"""What staff may type about a kind of invitation: what it gives, to how many, until when, and what its letter says."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import IntegerField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from conference import registration
from conference.kernel import Money
from conference.registration import Effect
from conference.staff.code_form import EFFECTS, EffectForm
from conference.staff.invitation_forms import end_of, instant_field, last_minute_of
from conference.staff.price_form import AmountField

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,23}")
REMINDERS = ("remind_1", "remind_2", "remind_3")
_PLAIN = (
    "name",
    "inviter",
    "effect",
    "budget_code",
    "ribbon",
    "most",
    "asks_eligibility",
    "keeps_places",
    "letter",
    "is_open",
)


class KindForm(EffectForm):
    """A kind of invitation, from what it gives to its reminders."""

    version = HiddenField()
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Give it a name.")), Length(max=100)],
        description=_l("Such as: Speaker, Volunteer, Press."),
    )
    code = StringField(
        _l("Code"), [DataRequired(_l("Give it a code.")), Length(max=24)],
        description=_l("Letters, digits and hyphens: it stands in addresses and begins each person’s code, and never changes."),
    )  # fmt: skip
    inviter = StringField(
        _l("Invited by"), [DataRequired(_l("Say who invites.")), Length(max=200)],
        description=_l("As it stands in a sentence: “You are invited by the programme committee”."),
    )  # fmt: skip
    category_id = SelectField(_l("They register as"), [InputRequired(_l("Choose a category."))], coerce=int)
    effect = SelectField(
        _l("What it does"), [InputRequired()], choices=[SelectChoice(*each) for each in EFFECTS.items()]
    )
    percent = IntegerField(_l("Share off, in percent"), [Optional(), NumberRange(1, 100)])
    amount = AmountField(_l("Amount off"), [Optional(), Length(max=30)])
    add_ons = SelectMultipleField(
        _l("Covers these too"), widget=ListWidget(), option_widget=CheckboxInput(),
        description=_l("Chosen for them where there is a place; they may leave them out. All other add-ons have their price."),
    )  # fmt: skip
    asks_eligibility = BooleanField(
        _l("Asks what the category asks"), default=True,
        description=_l("A proof must then be cleared before they register. Unticked: whoever is invited need not fit or prove anything."),
    )  # fmt: skip
    budget_code = StringField(
        _l("Budget code"), [Length(max=40)], description=_l("Who carries what it takes off. They see it.")
    )
    ribbon = StringField(
        _l("Ribbon on the badge"), [Length(max=30)], description=_l("They wear it once they have registered with it.")
    )
    most = IntegerField(
        _l("How many in all"), [Optional(), NumberRange(0, 100_000)], description=_l("Empty: as many as you like.")
    )
    valid_until = instant_field(_l("They can answer until"), description=_l("Empty: until registration closes."))
    keeps_places = BooleanField(
        _l("Keep a place for each"),
        description=_l(
            "It counts as taken from the moment of inviting. Unticked: it counts when they register, if there is one."
        ),
    )
    kept_until = instant_field(_l("Places are kept until"), description=_l("Empty: as long as they can answer."))
    remind_1 = instant_field(_l("Remind them on"))
    remind_2 = instant_field(_l("And again on"))
    remind_3 = instant_field(_l("And a last time on"))
    letter = TextAreaField(
        _l("In the letter"),
        [Length(max=4000)],
        description=_l("What everybody of this kind reads, before what it gives."),
    )
    is_open = BooleanField(
        _l("People are invited"), default=True, description=_l("Unticked: nobody more; those who are invited stay so.")
    )
    meeting = None

    def of(self, meeting, *, existing=None):
        """The form for this meeting; without the code when the kind exists."""
        self.meeting = meeting
        found = registration.categories_of(meeting, all_of_them=True, kind=registration.CategoryKind.ATTENDEE)
        self.category_id.choices = [SelectChoice(each.id, each.name) for each in found]
        self.add_ons.choices = [
            SelectChoice(each.code, each.title) for each in registration.add_ons_of(meeting, all_of_them=True)
        ]
        if existing is not None:
            del self.code
        return self

    def validate_code(self, field):
        field.data = "".join(field.data.split()).upper()
        if not _CODE.fullmatch(field.data):
            raise ValidationError(_("Two to 24 letters, digits and hyphens."))

    def validate_kept_until(self, field):
        if field.data and self.valid_until.data and field.data > self.valid_until.data:
            raise ValidationError(_("At the latest until they can answer."))

    def validate_keeps_places(self, field):
        chosen = {each.id: each for each in registration.categories_of(self.meeting, all_of_them=True)}
        category = chosen.get(self.category_id.data)
        if field.data and category is not None and category.pool is None:
            raise ValidationError(_("This category draws from no places: there is nothing to keep."))

    def validate(self, **keywords):
        """What the chosen effect does not need is as if nobody had typed it."""
        for name, effect in (("percent", Effect.PERCENT), ("amount", Effect.AMOUNT)):
            if self.effect.data != effect:
                self[name].data, self[name].raw_data, self[name].process_errors = None, [], []
        return super().validate(**keywords)

    def facts(self):
        """The typed facts as the actions take them."""
        effect = self.effect.data
        found = {name: self[name].data for name in _PLAIN}
        if "code" in self:
            found["code"] = self.code.data
        return found | {
            "category_id": self.category_id.data,
            "percent": self.percent.data if effect == Effect.PERCENT else 0,
            "amount_minor": self.amount.minor if effect == Effect.AMOUNT else 0,
            "add_ons": list(self.add_ons.data or ()),
            "valid_until": end_of(self.valid_until.data, self.meeting.zone),
            "kept_until": end_of(self.kept_until.data, self.meeting.zone) if self.keeps_places.data else None,
        }

    def reminders(self):
        """The instants at which they are reminded."""
        return [at for name in REMINDERS if (at := self._instant(name)) is not None]

    def show(self, kind, reminders):
        """Fill in what stands, as it is typed."""
        self.version.data = str(kind.version)
        self.amount.data = Money(kind.amount_minor, self.meeting.currency).decimal_text if kind.amount_minor else ""
        self.percent.data, self.add_ons.data = kind.percent or None, list(kind.add_ons)
        for name in ("valid_until", "kept_until"):
            self[name].data = last_minute_of(getattr(kind, name), self.meeting.zone)
        for name, at in zip(REMINDERS, reminders, strict=False):
            self[name].data = at.astimezone(self.meeting.zone).replace(tzinfo=None)
        return self

    def _instant(self, name):
        typed = self[name].data
        return typed.replace(tzinfo=self.meeting.zone) if typed else None
