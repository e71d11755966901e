"""What staff may type about kinds of booths and exhibitors."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import EmailField, IntegerField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from conference import meetings, people, registration
from conference.kernel import Money, Refusal
from conference.registration import exhibitors
from conference.staff.eligibility_form import sensible_day
from conference.staff.price_form import AmountField
from conference.staff.selling_forms import CODE
from conference.web import Form

Basis, Late, MOST, words = exhibitors.Basis, exhibitors.Late, exhibitors.MOST, exhibitors.words
_MOMENT = timedelta(seconds=1)  # before a day has ended it is still that day
_NUMBER = _l("A number from 0 to 500.")


def _choices(told):
    return [SelectChoice(str(key), label) for key, label in told.items()]


class KindForm(Form):
    """A kind of booth: its rule, its badges, its names."""

    code = StringField(
        _l("Code"), [DataRequired(_l("Give it a code.")), CODE], description=_l("For imports; it never changes.")
    )
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Name the kind of booth.")), Length(max=200)],
        description=_l("Such as: inline booth."),
    )
    basis = RadioField(
        _l("Badges are counted"), [InputRequired()], choices=_choices(words.BASES), default=str(Basis.BOOTH)
    )
    badges = IntegerField(_l("How many badges"), [InputRequired(_l("Type a number.")), NumberRange(0, MOST, _NUMBER)])
    per_area = IntegerField(
        _l("For so much area"),
        [Optional(), NumberRange(1, 100_000, _l("A number from 1 to 100,000."))],
        description=_l("By area only: 3 badges for 100 square feet, for example."),
    )
    unit = SelectField(_l("Measured in"), [InputRequired()], choices=_choices(words.UNITS))
    rounding = SelectField(
        _l("What is over"), [InputRequired()], choices=_choices(words.ROUNDINGS),
        description=_l("What an area brings that is no multiple of it."),
    )  # fmt: skip
    minimum = IntegerField(_l("At least"), [Optional(), NumberRange(0, MOST, _NUMBER)], default=0)
    maximum = IntegerField(
        _l("At most"), [Optional(), NumberRange(0, MOST, _NUMBER)], description=_l("Empty: no limit.")
    )
    category_id = SelectField(
        _l("Badges are sold as"),
        [InputRequired()],
        coerce=int,
        description=_l("What a badge beyond the allotment costs is the price of this category on the day."),
    )
    company_most = IntegerField(
        _l("Badges with the company’s name only"),
        [Optional(), NumberRange(0, MOST, _NUMBER)],
        default=0,
        description=_l("How many each exhibitor may have without a person’s name. Empty: any number."),
    )
    with_add_ons = BooleanField(_l("Add-ons may be ordered with the badges"))
    names_until = DateField(
        _l("Names are given until"),
        [Optional(), sensible_day],
        description=_l("That day included. Empty: until the end."),
    )
    late = RadioField(_l("Later"), [InputRequired()], choices=_choices(words.LATES), default=str(Late.REFUSED))
    late_fee = AmountField(_l("Fee for a late name"), [Length(max=30)])
    remind_days = IntegerField(
        _l("Remind contacts so many days before"),
        [Optional(), NumberRange(1, 180, _l("A number of days from 1 to 180."))],
        description=_l("Those with badges left get one letter by themselves. Empty: nobody is reminded but by you."),
    )
    budget_code = StringField(
        _l("Budget code"),
        [Length(max=40)],
        description=_l("Who carries what the badges free of charge would have cost."),
    )
    position = IntegerField(_l("Place in the list"), [Optional(), NumberRange(0, 999)], default=0)
    meeting = None

    def of(self, meeting, *, existing=None):
        """The form of a meeting; without the code when the kind exists."""
        self.meeting = meeting
        found = registration.categories_of(meeting, all_of_them=True, kind=registration.CategoryKind.ATTENDEE)
        self.category_id.choices = [SelectChoice(each.id, _named(each)) for each in found]
        self.late_fee.label.text = _("Fee for a late name, in %(currency)s", currency=meeting.currency)
        if existing is not None:
            del self.code
        return self

    def filled(self, kind):
        """The form as a kind stands."""
        until, currency = kind.names_until, self.meeting.currency
        self.names_until.data = (until - _MOMENT).astimezone(self.meeting.zone).date() if until else None
        self.late_fee.data = Money(kind.late_fee_minor, currency).decimal_text if kind.late_fee_minor else ""
        self.per_area.data = kind.per_area or None
        return self

    def validate_maximum(self, field):
        """It is no smaller than the least."""
        if field.data is not None and field.data < (self.minimum.data or 0):
            raise ValidationError(_("It is smaller than the least."))

    def validate_late_fee(self, field):
        """Who takes a fee says how much."""
        field.parse(self.meeting.currency)
        if self.late.data == Late.FEE and not field.minor:
            raise ValidationError(_("Say how much it is."))

    def validate_remind_days(self, field):
        """Nobody is reminded of a day that there is not."""
        if field.data and self.names_until.data is None:
            raise ValidationError(_("There is no day of names to remind of."))

    def validate(self, **keywords):
        """What a rule by booths does not need is as if nobody had typed it, and fees where none are taken; what it needs is asked for."""
        for name, is_needed in (
            ("per_area", self.basis.data == Basis.AREA),
            ("late_fee", self.late.data == Late.FEE),
        ):
            if not is_needed:
                self[name].data, self[name].raw_data, self[name].process_errors = None, [], []
        is_valid = super().validate(**keywords)
        if self.basis.data == Basis.AREA and not self.per_area.data and not self.per_area.errors:
            self.per_area.errors, is_valid = [_("Say for how much area.")], False
        return is_valid

    def facts(self):
        """The typed facts as the actions take them."""
        names = ("name", "basis", "badges", "unit", "rounding", "maximum", "category_id", "company_most")
        more = ("with_add_ons", "late", "remind_days", "budget_code")
        until = self.names_until.data
        code = {"code": self.code.data} if "code" in self else {}
        return {
            **code,
            **{name: self[name].data for name in (*names, *more)},
            "per_area": self.per_area.data or 0,
            "minimum": self.minimum.data or 0,
            "position": self.position.data or 0,
            "late_fee_minor": self.late_fee.minor or 0,
            "names_until": meetings.end_of_day(until, self.meeting.timezone) if until else None,
        }


class ExhibitorForm(Form):
    """A company, its booth and its contact."""

    company = StringField(
        _l("Company"),
        [DataRequired(_l("Type the company’s name.")), Length(max=300)],
        description=_l("As it stands on badges without a person."),
    )
    email = EmailField(
        _l("E-mail address of the contact"),
        [DataRequired(_l("Type the contact’s e-mail address.")), Length(max=254)],
        description=_l("They write names down, order and pay; they sign in with it."),
    )
    kind_id = SelectField(_l("Kind of booth"), [InputRequired()], coerce=int)
    booths = StringField(
        _l("Booth number"),
        [Length(max=200)],
        description=_l("Several with commas between them. Reasons of prices name it."),
    )
    booth_count = IntegerField(
        _l("Number of booths"), [InputRequired(_l("Type a number.")), NumberRange(1, 200, _l("A number from 1 to 200."))],
        default=1,
    )  # fmt: skip
    area = StringField(_l("Area"), [Length(max=20)], description=_l("Such as 27.5, in the unit of the kind of booth."))
    override = IntegerField(
        _l("Badges by hand"),
        [Optional(), NumberRange(0, MOST, _NUMBER)],
        description=_l("Empty: as many as the rule says. A number here holds instead, whatever the booth becomes."),
    )
    override_reason = StringField(_l("Why by hand"), [Length(max=300)])
    note = TextAreaField(_l("Note for the office"), [Length(max=1000)], render_kw={"rows": 3})
    hundredths = None

    def of(self, kinds):
        """The form with the meeting's kinds of booths."""
        self.kinds = {each.id: each for each in kinds}
        self.kind_id.choices = [SelectChoice(each.id, f"{each.name}: {words.rule_in_words(each)}") for each in kinds]
        return self

    def filled(self, exhibitor):
        """The form as an exhibitor stands."""
        self.email.data = exhibitor.group.coordinator.email
        self.area.data = words.area_as_typed(exhibitor.area)
        return self

    def validate_email(self, field):
        """An address, in its normal form."""
        try:
            field.data = people.normal_email(field.data)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None

    def validate_area(self, field):
        """A number of the kind's unit; needed where badges go by it."""
        try:
            self.hundredths = exhibitors.parse_area(field.data)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None
        kind = self.kinds.get(self.kind_id.data)
        if kind is not None and kind.basis == Basis.AREA and self.hundredths is None and self.override.data is None:
            raise ValidationError(_("Badges of this kind of booth go by the area: type it."))

    def validate_override_reason(self, field):
        """Whoever goes beside the rule says why."""
        if self.override.data is not None and not field.data:
            raise ValidationError(_("Say why: it stays with the number."))

    @property
    def kind(self):
        """The kind of booth that was chosen."""
        return self.kinds[self.kind_id.data]

    def facts(self):
        """The typed facts as the actions take them."""
        by_hand = self.override.data
        return {
            "company": self.company.data,
            "booths": self.booths.data,
            "booth_count": self.booth_count.data,
            "area": self.hundredths,
            "override": by_hand,
            "override_reason": self.override_reason.data if by_hand is not None else "",
            "note": self.note.data,
        }


def _named(category):
    return category.name if not category.is_on_offer else _("%(name)s (on offer to everybody)", name=category.name)
