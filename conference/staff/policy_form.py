"""What staff may decide about a meeting's prices: who gets the member price, and which day's price counts."""

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, RadioField
from wtforms.fields import DateField, IntegerField, SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from conference.registration import pricing
from conference.web import Form

_TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_DAYS = NumberRange(0, 366, _l("A number of days from 0 to 366."))
LAPSES = {
    pricing.Lapse.HONOUR: _l("Keep the member price"),
    pricing.Lapse.BALANCE: _l("Ask for the difference at once"),
    pricing.Lapse.GRACE: _l("Ask to renew within the days of grace; then ask for the difference"),
}
DATES = {
    pricing.PriceDate.SUBMIT: _l("When they register: the price holds as long as the place is held"),
    pricing.PriceDate.PAYMENT: _l(
        "When they pay: an order that waits past a window’s end costs the next window’s price"
    ),
    pricing.PriceDate.GRACE: _l("When they register, if they pay within some days and before a hard date"),
}


class PolicyForm(Form):
    """A meeting's price policy; `version` is the one that was opened."""

    needs = RadioField(_l("A membership must be valid"), [InputRequired()])
    order_counts = BooleanField(_l("Joining or renewing in the same order counts"))
    recheck_on = DateField(
        _l("Check again on"), [Optional()], description=_l("Empty: whoever paid the member price is not checked again.")
    )
    lapse = RadioField(
        _l("If the membership has ended by then"),
        [InputRequired()],
        choices=[SelectChoice(str(key), label) for key, label in LAPSES.items()],
    )
    grace_days = IntegerField(_l("Days of grace"), [Optional(), _DAYS], default=0)
    credit_days = IntegerField(
        _l("Days in which joining still counts"),
        [Optional(), _DAYS],
        default=0,
        description=_l(
            "Whoever joins or renews within so many days after paying the non-member price gets the difference back by itself. 0: never."
        ),
    )
    price_date = RadioField(
        _l("The price is that of the day"),
        [InputRequired()],
        choices=[SelectChoice(str(key), label) for key, label in DATES.items()],
    )
    pay_days = IntegerField(_l("Days to pay"), [Optional(), _DAYS], default=0)
    hard_at = DateTimeLocalField(
        _l("But before"),
        [Optional()],
        format=_TIMES,
        description=_l("At this moment every unpaid order moves to the price of the day."),
    )
    version = IntegerField(default=0, widget=HiddenInput())
    meeting = None

    def of(self, meeting):
        """The form with this meeting's days in its choices."""
        self.meeting = meeting
        first, last = (format_date(day, "d MMM y") for day in (meeting.starts, meeting.ends))
        self.needs.choices = [
            SelectChoice(str(pricing.Needs.REGISTRATION), _("on the day they register")),
            SelectChoice(str(pricing.Needs.START), _("through the meeting’s first day, %(day)s", day=first)),
            SelectChoice(str(pricing.Needs.END), _("through the meeting’s last day, %(day)s", day=last)),
        ]
        return self

    def filled(self, policy):
        """The form as the policy stands."""
        for name in (
            "needs",
            "order_counts",
            "recheck_on",
            "lapse",
            "grace_days",
            "credit_days",
            "price_date",
            "pay_days",
        ):
            value = getattr(policy, name)
            self[name].data = str(value) if name in ("needs", "lapse", "price_date") else value
        zone = self.meeting.zone
        self.hard_at.data = policy.hard_at.astimezone(zone).replace(tzinfo=None) if policy.hard_at else None
        self.version.data = policy.version
        return self

    def validate(self, **keywords):
        """Also: who gives days says how many."""
        is_valid = super().validate(**keywords)
        for name, wanted, told in (
            ("grace_days", self.lapse.data == pricing.Lapse.GRACE, _("Say how many days they have to renew.")),
            ("pay_days", self.price_date.data == pricing.PriceDate.GRACE, _("Say how many days they have to pay.")),
        ):
            if wanted and not self[name].data and not self[name].errors:
                self[name].errors, is_valid = [told], False
        return is_valid

    def validate_recheck_on(self, field):
        if field.data and field.data > self.meeting.ends:
            raise ValidationError(_("That is after the meeting."))
        if field.data and field.data.year < self.meeting.starts.year - 2:
            raise ValidationError(_("That is years before the meeting."))

    def validate_hard_at(self, field):
        if field.data and not 2000 <= field.data.year <= 2199:
            raise ValidationError(_("A year between 2000 and 2199."))

    def facts(self):
        """The typed facts as the action takes them."""
        hard_at = self.hard_at.data.replace(tzinfo=self.meeting.zone) if self.hard_at.data else None
        days = {name: self[name].data or 0 for name in ("grace_days", "credit_days", "pay_days")}
        names = ("needs", "order_counts", "recheck_on", "lapse", "price_date")
        return {**{name: self[name].data for name in names}, **days, "hard_at": hard_at}
