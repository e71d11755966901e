"""What staff may type about visa letters: the policy, the text, decisions."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import DateField, IntegerField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from conference import people
from conference.kernel import Money, Refusal, parse_minor
from conference.registration import visa
from conference.staff.eligibility_form import sensible_day
from conference.web import Form, language

_TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_KEPT = ("is_offered", "members_only", "review", "keep_days", "refund_rule", "refund_until", "needs_refusal")


def _choices(words):
    return [SelectChoice(str(key), label) for key, label in words.items()]


class VisaPolicyForm(Form):
    """How a meeting deals with letters; `version` is the one that was opened."""

    is_offered = BooleanField(_l("Offer letters of invitation for visas"))
    opens_at = DateTimeLocalField(_l("From"), [Optional(), sensible_day], format=_TIMES)
    closes_at = DateTimeLocalField(_l("Until"), [Optional(), sensible_day], format=_TIMES)
    members_only = BooleanField(_l("For members of the society only"))
    review = RadioField(_l("Who looks at requests"), [InputRequired()], choices=_choices(visa.words.REVIEWS))
    countries = TextAreaField(
        _l("Nationalities"),
        [Length(max=1200)],
        description=_l("Two-letter codes of countries, such as IN NG PK, apart by spaces or commas."),
        render_kw={"rows": 3},
    )
    keep_days = IntegerField(
        _l("Days that passport data is kept after the meeting"),
        [InputRequired(), NumberRange(0, 366, _l("A number of days from 0 to 366."))],
        description=_l("Then it is deleted, and the letters are not valid any more."),
    )
    refund_rule = RadioField(_l("When a visa is refused"), [InputRequired()], choices=_choices(visa.words.REFUNDS))
    fee = StringField(_l("Fee"), [Length(max=20)])
    refund_until = DateField(
        _l("To be asked for until"), [Optional(), sensible_day], description=_l("That day included; empty: no end.")
    )
    needs_refusal = BooleanField(_l("The consulate’s letter must be handed in"))
    version = IntegerField(default=0, widget=HiddenInput())
    meeting = None
    fee_minor = 0

    def of(self, meeting):
        """The form of a meeting."""
        self.meeting = meeting
        self.fee.label.text = _("Fee in %(currency)s", currency=meeting.currency)
        return self

    def filled(self, policy):
        """The form as the policy stands."""
        for name in _KEPT:
            value = getattr(policy, name)
            self[name].data = str(value) if name in ("review", "refund_rule") else value
        for name in ("opens_at", "closes_at"):
            value = getattr(policy, name)
            self[name].data = value.astimezone(self.meeting.zone).replace(tzinfo=None) if value else None
        self.countries.data = " ".join(policy.countries)
        self.fee.data = Money(policy.fee_minor, self.meeting.currency).decimal_text if policy.fee_minor else ""
        self.version.data = policy.version
        return self

    def validate_countries(self, field):
        """Every code is that of a country."""
        wrong = [code for code in self._codes() if not people.is_country(code)]
        if wrong:
            raise ValidationError(_("No code of a country: %(codes)s", codes=" ".join(wrong[:5])))

    def validate_fee(self, field):
        """An amount of the meeting's currency, where there is one."""
        try:
            self.fee_minor = parse_minor(field.data, self.meeting.currency) if field.data else 0
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None

    def validate(self, **keywords):
        """Also: who takes a fee says how much, who has a list has something in it, and what begins ends later."""
        is_valid = super().validate(**keywords)
        for name, is_wrong, told in (
            ("fee", self.refund_rule.data == "less_fee" and not self.fee_minor, _("Say how much is kept.")),
            ("countries", self.review.data != "always" and not self._codes(), _("Name at least one.")),
            ("closes_at", self._ends_first(), _("It ends before it begins.")),
        ):
            if is_wrong and not self[name].errors:
                self[name].errors, is_valid = [told], False
        return is_valid

    def facts(self):
        """The typed facts as the action takes them."""
        times = {name: self[name].data for name in ("opens_at", "closes_at")}
        aware = {name: at.replace(tzinfo=self.meeting.zone) if at else None for name, at in times.items()}
        more = {"countries": tuple(self._codes()), "fee_minor": self.fee_minor}
        return {**{name: self[name].data for name in _KEPT}, **aware, **more}

    def _codes(self):
        return sorted({code for code in re.split(r"[\s,;]+", (self.countries.data or "").upper()) if code})

    def _ends_first(self):
        return bool(self.opens_at.data and self.closes_at.data and self.closes_at.data <= self.opens_at.data)


class VisaTextForm(Form):
    """What letters say in one language."""

    language = SelectField(_l("Language"), [InputRequired()])
    body = TextAreaField(
        _l("Text"),
        [DataRequired(_l("Write the text.")), Length(max=visa.wording.LONGEST)],
        description=_l("Empty lines make paragraphs. What stands in braces is filled in."),
        render_kw={"rows": 16},
    )
    signatory = StringField(_l("Signed by"), [Length(max=300)], description=_l("A name."))
    office = StringField(_l("Office"), [Length(max=300)], description=_l("Such as: Executive Director."))
    is_used = BooleanField(_l("Offer letters in this language"))

    def of(self, texts):
        """The form with all languages, those of the meeting first."""
        codes = [*texts, *(code for code in visa.words.LANGUAGES if code not in texts)]
        self.language.choices = [SelectChoice(code, language(code)) for code in codes]
        return self

    def facts(self):
        """The typed facts as the action takes them."""
        return {name: self[name].data for name in ("language", "body", "signatory", "office", "is_used")}


class VisaDecisionForm(Form):
    """What becomes of a request, a letter or a wish for a refund."""

    verdict = HiddenField()
    reason = StringField(
        _l("Why"), [Length(max=600)], description=_l("Needed to say no: the person reads it in the letter.")
    )
    seen = HiddenField(validators=[Length(max=80)])
