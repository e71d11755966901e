"""What staff may type about guests: who may bring how many, and how those whom they add are paid."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields import IntegerField, SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from conference.kernel import whole_number
from conference.registration import CategoryKind, categories_of, guests
from conference.staff.entry_form import LINK, PAID
from conference.web import Form


class GuestPolicyForm(Form):
    """How many guests one registration may bring, and who may."""

    most = IntegerField(
        _l("Guests that one registration may bring"),
        [InputRequired(_l("Type a number; 0 is none.")), NumberRange(0, guests.MOST)],
        description=_l("0: no guests are registered for this meeting. Who is registered already stays."),
    )
    hosts = SelectMultipleField(
        _l("Who may bring them"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("None ticked: every category. Whoever takes part virtually brings nobody."),
    )

    def of(self, meeting):
        """The form with the meeting's categories of attendees."""
        categories = categories_of(meeting, all_of_them=True, kind=CategoryKind.ATTENDEE)
        self.hosts.choices = [SelectChoice(each.code, each.name) for each in categories]
        return self

    def facts(self):
        """The typed facts as the action takes them."""
        return {"most": self.most.data, "hosts": self.hosts.data or []}


class PaymentForm(Form):
    """How the guests whom the office adds are paid; `total` is what was shown."""

    payment = RadioField(_l("Payment"), [InputRequired(_l("Say how it is paid."))], default=LINK)
    reference = StringField(
        _l("Reference of the payment"),
        [Length(max=200)],
        description=_l("Where a payment by hand is found: a bank reference, a receipt."),
    )
    total = HiddenField()

    def __init__(self, *posted, **keywords):
        super().__init__(*posted, **keywords)
        link = SelectChoice(LINK, _("Not paid yet: send a payment link"))
        self.payment.choices = [link, *(SelectChoice(way, str(word)) for way, (word, _found) in PAID.items())]

    def validate_reference(self, field):
        _word, must_be_found = PAID.get(self.payment.data, ("", False))
        if must_be_found and not field.data:
            raise ValidationError(_("Say where the payment is found: a bank reference, a receipt."))

    @property
    def paid_as(self):
        """How and where the money came, in words for the audit trail; None when it has not come yet."""
        word, _found = PAID.get(self.payment.data, (None, False))
        return ": ".join(part for part in (str(word), self.reference.data) if part) if word else None

    @property
    def seen_total(self):
        """The total that was shown, in minor units; -1 when none was."""
        seen = whole_number(self.total.data or "", 15)
        return -1 if seen is None else seen
