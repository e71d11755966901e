"""What staff may type about one person whom they register by hand."""

from dataclasses import replace

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from conference import checkout, people, registration
from conference.kernel import Refusal, is_ref, whole_number
from conference.web import Form

LINK = "link"
# How money came that did not come through Stripe: (word, whether it can be found only by a reference).
PAID = {
    "cash": (_l("Paid in cash"), False),
    "transfer": (_l("Paid by bank transfer"), True),
    "terminal": (_l("Paid at the card terminal"), True),
}


class EntryForm(Form):
    """Who, what they take part in, and how it is paid."""

    email = StringField(_l("E-mail address"), [DataRequired(_l("Type the person’s e-mail address.")), Length(max=254)])
    given_name = StringField(_l("Given name"))
    family_name = StringField(_l("Family name"))
    degrees = StringField(_l("Degrees"))
    institution = StringField(_l("Institution or company"))
    country = SelectField(_l("Country or region"), [InputRequired(_l("Choose a country or region."))])
    category = RadioField(_l("Category"), [InputRequired(_l("Choose a category."))])
    mode = RadioField(_l("Takes part"), [InputRequired(_l("Choose how they take part."))], default="in_person")
    span = SelectField(_l("Days"), [InputRequired()], default=registration.WHOLE)
    extras = SelectMultipleField(_l("Add-ons"), widget=ListWidget(), option_widget=CheckboxInput())
    waived = StringField(
        _l("Registered although the category asks for something else, because"),
        [Length(max=300)],
        description=_l(
            "Only then: no membership, stage, country or proof is asked for. It stands in the receipt and the trail."
        ),
    )
    payment = RadioField(_l("Payment"), [InputRequired(_l("Say how it is paid."))], default=LINK)
    reference = StringField(
        _l("Reference of the payment"),
        [Length(max=200)],
        description=_l("Where a payment by hand is found: a bank reference, a receipt."),
    )
    letter = BooleanField(_l("Send the confirmation by e-mail"), default=True)
    total = HiddenField()
    apart = HiddenField()
    recognised = HiddenField()

    def of(self, sold):
        """The form with what a meeting sells today (OnSale)."""
        countries = (("", _("Choose…")), *people.countries(str(get_locale())))
        self.country.choices = [SelectChoice(*each) for each in countries]
        self.category.choices = [_choice(each.code, each.name, sold.categories_gone) for each in sold.categories]
        self.mode.choices = [_choice(str(mode), registration.mode_name(mode), sold.modes_gone) for mode in sold.modes]
        self.span.choices = [SelectChoice(span, registration.span_name(span)) for span in sold.spans]
        self.extras.choices = [_choice(each.code, each.title, sold.add_ons_gone) for each in sold.add_ons]
        link = SelectChoice(LINK, _("Not paid yet: send a payment link"))
        self.payment.choices = [link, *(SelectChoice(way, str(word)) for way, (word, _found) in PAID.items())]
        return self

    def untick(self, sold):
        """Take the mark off what is sold out, before it is shown: a disabled box that is ticked would promise it."""
        for field, gone in ((self.category, sold.categories_gone), (self.mode, sold.modes_gone)):
            if field.data in gone:
                field.data = None
        self.extras.data = [code for code in self.extras.data or () if code not in sold.add_ons_gone]

    def validate_email(self, field):
        try:
            field.normal = people.normal_email(field.data)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None

    def validate_given_name(self, field):
        if not field.data and not self.family_name.data:
            raise ValidationError(_("Give at least one name."))

    def validate_reference(self, field):
        _word, must_be_found = PAID.get(self.payment.data, ("", False))
        if must_be_found and not field.data:
            raise ValidationError(_("Say where the payment is found: a bank reference, a receipt."))

    def person(self):
        """What is known of the person, as a row of the import has it."""
        return {"email": self.email.normal, **{name: self[name].data for name in checkout.PERSON_COLUMNS}}

    def wish(self):
        """What they take part in."""
        return registration.Wish(self.category.data, self.span.data, self.mode.data, tuple(self.extras.data or ()))

    @property
    def told_apart(self):
        """References of those of the same name of whom was said that they are somebody else."""
        return [ref for ref in (self.apart.data or "").split() if is_ref(ref)]

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


def sold_at_desk(meeting, now, person=None):
    """What the office may register people for now (OnSale), also categories that the public is not offered; None when closed.

    Prices are those of `person`, or of somebody nobody knows.
    """
    if meeting.window_at(now) is None:
        return None
    sold = registration.on_sale(meeting, person, now)
    priced = {cell.category for cell in sold.prices}
    every = registration.categories_of(meeting, all_of_them=True, kind=registration.CategoryKind.ATTENDEE)
    return replace(sold, categories=[each for each in every if each.code in priced])


def _choice(value, label, gone):
    return SelectChoice(value, label, render_kw={"disabled": True} if value in gone else None)
