"""What staff may type about who may register as what, about proofs, and about lists of countries."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import IntegerField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from conference import people, registration
from conference.registration import eligibility
from conference.web import Form


def sensible_day(form, field):
    """A day that no slip has moved by centuries."""
    if field.data and not 2000 <= field.data.year <= 2199:
        raise ValidationError(_("A year between 2000 and 2199."))


def _boxes(label, words, **more):
    choices = [SelectChoice(str(value), word) for value, word in words.items()]
    return SelectMultipleField(
        label, [Optional()], choices=choices, widget=ListWidget(), option_widget=CheckboxInput(), **more
    )


class RequirementForm(Form):
    """What a category asks of a person."""

    members_only = BooleanField(_l("For members only"))
    stages = _boxes(_l("Career stages"), people.STAGES, description=_l("None ticked: any."))
    tiers = _boxes(
        _l("Residents of countries with"),
        eligibility.words.TIERS,
        description=_l("By the list of countries that is in force on the day; none ticked: any."),
    )
    proof = SelectField(
        _l("Proof"),
        choices=[SelectChoice("", _l("None")), *(SelectChoice(str(k), w) for k, w in eligibility.words.PROOFS.items())],
    )
    proof_words = StringField(
        _l("What the proof must show"),
        [Length(max=600)],
        description=_l("Such as: a letter of this year with your name and the end of your studies."),
    )
    fallback_id = SelectField(
        _l("Who is not cleared pays as"),
        coerce=int,
        default=0,
        description=_l("The category whose price counts until the proof is cleared, or if it is not."),
    )

    def of(self, category, meeting):
        """The form with the meeting's other categories."""
        every = registration.categories_of(meeting, all_of_them=True, kind=registration.CategoryKind.ATTENDEE)
        others = [each for each in every if each.id != category.id]
        none = SelectChoice(0, _("Nobody: it is sold only once the proof is cleared"))
        self.fallback_id.choices = [none, *(SelectChoice(each.id, each.name) for each in others)]
        return self

    def facts(self):
        """The typed facts as the action takes them."""
        return {**self.data, "fallback_id": self.fallback_id.data or None}


class PolicyForm(Form):
    """What is paid until a proof is cleared, and when things are over."""

    until_cleared = SelectField(
        _l("Until a proof is cleared"),
        [InputRequired()],
        choices=[SelectChoice(str(policy), words) for policy, words in eligibility.words.POLICIES.items()],
    )
    hand_in_days = IntegerField(
        _l("Days to hand a proof in"),
        [InputRequired(), NumberRange(0, 365)],
        description=_l("From the order on, where the lower price is paid. What waits for us never runs out."),
    )
    last_day = DateField(
        _l("At the latest on"), [Optional(), sensible_day], description=_l("Empty: the last day of the meeting.")
    )
    pay_days = IntegerField(_l("Days to pay a balance"), [InputRequired(), NumberRange(1, 90)])
    keep_days = IntegerField(
        _l("Days that documents are kept after the decision"),
        [InputRequired(), NumberRange(0, 365)],
        description=_l("And never longer than so many days after the meeting. The decision stays."),
    )

    def facts(self):
        """The typed facts as the action takes them."""
        return {**self.data, "until_cleared": eligibility.UntilCleared(self.until_cleared.data)}


class TierListForm(Form):
    """A list of countries by income."""

    name = StringField(
        _l("Name"),
        [DataRequired(_l("Name the list.")), Length(max=200)],
        description=_l("It stands in the reason of each price, with its year."),
    )
    valid_from = DateField(_l("Counts from"), [DataRequired(_l("Say from which day it counts.")), sensible_day])
    file = FileField(_l("File"), render_kw={"accept": ".csv,text/csv"})
    text = TextAreaField(validators=[Length(max=100_000)])


class DecisionForm(Form):
    """What becomes of a proof."""

    verdict = HiddenField()
    reason = StringField(
        _l("Why"),
        [Length(max=600)],
        description=_l("Needed to decline or to ask for another: the person reads it in the letter."),
    )
    good_until = DateField(
        _l("Good until"),
        [Optional(), sensible_day],
        description=_l("Until then it is not asked for again. Empty: for good."),
    )


class WaiveForm(Form):
    """Why a balance is let go."""

    reason = StringField(_l("Why"), [DataRequired(_l("Say why.")), Length(max=300)])
