"""What staff may type about a registration and its money."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from conference import checkout, payments, people
from conference.kernel import Money, Refusal, parse_minor
from conference.staff import words
from conference.staff.price_form import AmountField
from conference.web import Form

MOST_RIBBONS, LONGEST_RIBBON = 6, 30


class RibbonsForm(Form):
    """The ribbons of a badge, typed with commas between them."""

    ribbons = StringField(
        _l("Ribbons on the badge"), [Length(max=300)], description=_l("In order, with commas between them.")
    )

    def names(self):
        """The ribbons, each once."""
        return list(dict.fromkeys(name for part in self.ribbons.data.split(",") if (name := part.strip())))

    def validate_ribbons(self, field):
        names = self.names()
        if len(names) > MOST_RIBBONS or any(len(name) > LONGEST_RIBBON for name in names):
            raise ValidationError(_("At most six ribbons of thirty letters each."))


class GuestDetailsForm(people.ProfileForm):
    """A guest is known by name alone: nothing else has to be known."""

    country = SelectField(_l("Country or region"), [Optional()])


class PaidForm(Form):
    """By which way money came that did not come through Stripe, and where it can be found."""

    way = SelectField(_l("How it came"), [Optional()], default="transfer")
    reference = StringField(
        _l("Reference of the payment"),
        [DataRequired(_l("Say where the payment is found: a bank reference, a receipt.")), Length(max=200)],
    )

    def __init__(self, *args, **keywords):
        super().__init__(*args, **keywords)
        self.way.choices = [SelectChoice(str(each), words.PROVIDERS[each]) for each in payments.marks.WAYS]

    @property
    def provider(self):
        """The way, as payments have it."""
        return payments.Provider(self.way.data or payments.Provider.HAND)


class ApproveForm(Form):
    """What a second person notes."""

    note = StringField(_l("Note"), [DataRequired(_l("Say what you have seen: it is kept.")), Length(max=300)])


class LimitForm(Form):
    """From which amount on two people are needed."""

    amount = AmountField(_l("Two people from"), [Length(max=30)], description=_l("An amount in the society’s currency: for orders that are marked as paid, and for bank lines, which somebody else confirms than who brought the statement in. Empty: one person is always enough."))  # fmt: skip
    version = IntegerField(default=0, widget=HiddenInput())
    currency = None

    def validate_amount(self, field):
        """An amount of the society's currency, or nothing."""
        field.parse(self.currency)


class DecideForm(Form):
    """The reason of a decision, kept in the audit trail and told to the person where money goes back."""

    note = StringField(_l("Why"), [DataRequired(_l("Say why: it is kept with the order.")), Length(max=300)])


class RefundForm(Form):
    """What is taken back, how much goes back, and why."""

    lines = SelectMultipleField(
        _l("Take back"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    amount = StringField(_l("Amount that goes back"), [Length(max=30)])
    reason = StringField(
        _l("Reason"),
        [DataRequired(_l("Say why: the person reads it.")), Length(max=300)],
        description=_l("It stands in the letter and in the audit trail."),
    )
    money = None

    def of(self, order):
        """The form for the lines of an order that can still be taken back."""
        self.order = order
        self.lines.choices = [SelectChoice(line.id, line.title) for line in payments.returnable_lines(order)]
        return self

    def validate_amount(self, field):
        """Empty is all that the ticked lines cost, as far as it has not gone back before."""
        currency = self.order.currency
        try:
            self.money = self._typed(field.data, currency) if field.data else self._price()
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None

    def _typed(self, text, currency):
        """What came by hand or by a bank goes back by hand, whatever it is; Stripe sends back no more finely than it charges."""
        came = (each for source in payments.paid_through(self.order) for each in payments.payments_of(source))
        at_stripe = any(each.provider == payments.Provider.STRIPE for each in came)
        return Money(parse_minor(text, currency, charged=at_stripe), currency)

    def _price(self):
        chosen = [line for line in self.order.lines if line.id in (self.lines.data or ())]
        return min(checkout.price_of(chosen, self.order.currency), payments.refundable(self.order))


class AddressForm(people.EmailForm):
    """Where somebody's letters shall go."""

    email = StringField(_l("E-mail address"), [DataRequired(_l("Type the person’s e-mail address.")), Length(max=254)])


class UploadForm(Form):
    """A file of registrations."""

    file = FileField(_l("CSV file"), [InputRequired(_l("Choose a file."))])
