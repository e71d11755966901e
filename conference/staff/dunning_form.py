"""What finance staff may decide about reminders, and about one order's."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import FormField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from conference.checkout import dunning
from conference.staff import dunning_words
from conference.web import Form

Step = dunning.Step
_DAYS = NumberRange(1, 90, _l("From 1 to 90 days."))


def _step(send, label, hint):
    """A part of the form for one step, with its own words for the days."""

    class StepPart(Form):
        is_on = BooleanField(send)
        days = IntegerField(label, [InputRequired(_l("Say how many days.")), _DAYS], description=hint)
        subject = StringField(_l("Subject"), [Length(max=200)], description=_l("Empty: the usual one."))
        note = TextAreaField(_l("Your words"), [Length(max=2000)], description=_l("They stand between the first sentence and the bank details."))  # fmt: skip

    return StepPart


_AFTER = _l("Days after the one before")
_COUNTED = _l("Counted from the day on which the reminder before it was sent; without one, from the day due.")
PARTS = {
    Step.FRIENDLY: _step(_l("Send a friendly reminder"), _l("Days before the day due"), ""),
    Step.FIRST: _step(_l("Send a first reminder"), _l("Days after the day due"), ""),
    Step.SECOND: _step(_l("Send a second reminder"), _AFTER, _COUNTED),
    Step.LAST: _step(_l("Send a last notice"), _AFTER, _COUNTED),
}


class DunningForm(Form):
    """How transfers that were promised are reminded of; `version` is the one that was opened, 0 where nothing was decided."""

    is_on = BooleanField(_l("Remind of what is not paid"))
    by_hand = RadioField(
        _l("Letters are sent"),
        [InputRequired()],
        choices=[
            SelectChoice("no", _l("By themselves, on their day")),
            SelectChoice("yes", _l("By staff, who look at what is due and send it")),
        ],
    )
    bank_days = IntegerField(
        _l("The bank is known up to"),
        [Optional(), NumberRange(0, 30, _l("From 0 to 30 days."))],
        description=_l(
            "Days ago. Nothing is sent, and no place given back, while the newest bank line is older. Empty: it is not looked at; only for societies that read no statements here."
        ),
    )
    friendly = FormField(PARTS[Step.FRIENDLY])
    first = FormField(PARTS[Step.FIRST])
    second = FormField(PARTS[Step.SECOND])
    last = FormField(PARTS[Step.LAST])
    days_to_pay = IntegerField(
        _l("Days to pay after the last notice"),
        [InputRequired(_l("Say how many days.")), _DAYS],
        description=_l("The last notice names the last day."),
    )
    release = RadioField(
        _l("After the last day, places are given back"),
        [InputRequired()],
        choices=[SelectChoice(str(key), label) for key, label in dunning_words.RELEASES.items()],
    )
    version = IntegerField(default=0, widget=HiddenInput())

    def filled(self, policy, *, is_own):
        """The form as a policy stands."""
        for name in ("is_on", "bank_days", "days_to_pay", "release"):
            self[name].data = getattr(policy, name)
        self.by_hand.data = "yes" if policy.by_hand else "no"
        self.version.data = policy.version if is_own else 0
        for row in policy.steps:
            part = self[row.step].form
            part.is_on.data, part.days.data, part.subject.data, part.note.data = row.is_on, row.days, row.subject, row.note  # fmt: skip
        return self

    @property
    def facts(self):
        """What was decided, but for the steps and the version."""
        named = ("is_on", "bank_days", "days_to_pay", "release")
        return {name: self[name].data for name in named} | {"by_hand": self.by_hand.data == "yes"}

    @property
    def steps(self):
        """{step: what was decided about it}."""
        return {step: {**self[step].data, "subject": self[step].data["subject"].strip()} for step in Step}


class PauseForm(Form):
    """Let an order rest through a day."""

    until = DateField(_l("Paused until"), [InputRequired(_l("Type the day."))], description=_l("This day included."))
    reason = StringField(_l("Why"), [DataRequired(_l("Say why: it is kept with the order.")), Length(max=300)])


class MoreDaysForm(Form):
    """Move the last day of an order."""

    until = DateField(_l("New last day"), [InputRequired(_l("Type the day."))])


class KnownForm(Form):
    """Until when everything that came to an account is known."""

    until = DateField(_l("Everything is here until"), [InputRequired(_l("Type the day."))])
