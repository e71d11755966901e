"""What finance staff may type about documents: who sells, a rate of tax, until when an open order is to be paid."""

import math

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import EmailField, IntegerField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from conference import people
from conference.kernel import Refusal
from conference.payments import documents
from conference.staff import tax_items
from conference.staff.eligibility_form import sensible_day
from conference.web import Form

words = documents.words
MOST = 10_000  # hundredths of a percent
_COUNTRY = _l("Choose the country.")


def _choices(told):
    return [SelectChoice(str(key), label) for key, label in told.items()]


def _countries(first):
    found = people.countries(str(get_locale() or "en"))
    return [SelectChoice("", first), *(SelectChoice(*pair) for pair in found)]


class SellerForm(Form):
    """Who sells, how documents are numbered, and what stands on them."""

    version = HiddenField()
    name = StringField(_l("Name"), [DataRequired(_l("Type the name.")), Length(max=300)])
    address = TextAreaField(_l("Street and building"), [Length(max=300)], render_kw={"rows": 2})
    postcode = StringField(_l("Postcode"), [Length(max=20)])
    city = StringField(_l("City"), [Length(max=120)])
    country = SelectField(_l("Country"), [InputRequired(_COUNTRY)])
    tax_id = StringField(_l("Tax number"), [Length(max=40)], description=_l("Checked by its form alone."))
    registration = StringField(
        _l("Registration"), [Length(max=300)], description=_l("Such as: register of associations, court and number.")
    )
    email = EmailField(_l("E-mail"), [Length(max=320)])
    bank = StringField(
        _l("Bank"),
        [Length(max=120)],
        description=_l("Its name; where there is no IBAN, also account and routing number."),
    )
    iban = StringField(_l("IBAN"), [Length(max=50)], description=_l("Printed where something is still to be paid."))
    bic = StringField(_l("BIC"), [Length(max=15)])
    invoice_pattern = StringField(
        _l("Numbers of invoices"),
        [DataRequired(_l("Type a pattern.")), Length(max=40)],
        description=_l("{number} is counted up without a gap; with {year} each year begins with 1."),
    )
    credit_pattern = StringField(
        _l("Numbers of credit notes"),
        [DataRequired(_l("Type a pattern.")), Length(max=40)],
        description=_l("The same pattern as for invoices makes one series of both."),
    )
    digits = IntegerField(
        _l("Digits of a number"), [InputRequired(_l("Type a number.")), NumberRange(1, 9, _l("From 1 to 9."))]
    )
    style = RadioField(
        _l("Lines are shown"),
        [InputRequired()],
        choices=_choices(words.STYLES),
        description=_l("What people pay is the price that they saw, either way: the tax is taken out of it."),
    )
    embeds = BooleanField(_l("Put an invoice for machines inside (Factur-X / ZUGFeRD, EN 16931)"))
    sends_letters = BooleanField(
        _l("Send invoices and credit notes to their payers by letter"),
        description=_l("With the PDF, once each; also those that are made by themselves when something is cancelled."),
    )
    language = SelectField(_l("Usual language"), [InputRequired()])
    footer = TextAreaField(_l("At the foot of each page"), [Length(max=400)], render_kw={"rows": 2})

    def of(self):
        """The form with countries and languages."""
        self.country.choices = _countries(_("Choose…"))
        self.language.choices = documents.language_choices()
        return self

    def validate_tax_id(self, field):
        """In the normal form of its country."""
        _normal(field, lambda text: documents.normal_tax_id(text, self.country.data or ""))

    def validate_iban(self, field):
        """Its check digits are right."""
        _normal(field, documents.normal_iban)

    def validate_bic(self, field):
        """It has the form of one."""
        _normal(field, documents.normal_bic)

    def validate_invoice_pattern(self, field):
        """It holds a number."""
        if not documents.is_pattern(field.data):
            raise ValidationError(_("Write {number} where the number goes, beside letters, digits and - / . _ only."))

    validate_credit_pattern = validate_invoice_pattern

    def validate_embeds(self, field):
        """Machines want to know who sells (EN 16931, BR-CO-26)."""
        if field.data and not self.tax_id.data:
            raise ValidationError(_("An invoice for machines needs the tax number."))

    def facts(self):
        """The typed facts as the actions take them."""
        return {name: value for name, value in self.data.items() if name != "version"}


class RateForm(Form):
    """A rate of tax, and what it is for."""

    version = HiddenField()
    kind = SelectField(_l("For"), choices=_choices(words.ITEM_KINDS), description=_l("The most exact rate is used."))
    item = SelectField(
        _l("Only for"),
        default="",
        description=_l("Such as the dinner, where meals are taxed otherwise than the meeting."),
    )
    country = SelectField(
        _l("Sold in"), description=_l("Where the meeting takes place; for dues, where the seller is.")
    )
    buyers = SelectField(_l("To"), [InputRequired()], choices=_choices(words.BUYERS))
    category = SelectField(_l("Kind of tax"), [InputRequired()], choices=_choices(words.CATEGORIES))
    percent = StringField(
        _l("Rate in percent"), [Length(max=6)], description=_l("Such as 19 or 5.5. Empty where no tax is taken.")
    )
    note = StringField(
        _l("Sentence on the document"),
        [Length(max=300)],
        description=_l("Such as the article of the law that exempts it, or that the customer owes the tax."),
    )
    starts = DateField(_l("From"), [InputRequired(_l("Type the day.")), sensible_day])
    ends = DateField(_l("Until"), [Optional(), sensible_day], description=_l("That day included. Empty: for ever."))
    hundredths = 0

    def of(self, rate=None):
        """The form with countries and items; also with that of the `rate`, should nobody sell it any more."""
        self.country.choices = _countries(_("Anywhere"))
        self.item.choices = [SelectChoice("", _("Any of them")), *tax_items.choices()]
        own = tax_items.value_of(rate.kind, rate.item) if rate else ""
        if own and own not in [choice.value for choice in self.item.choices]:
            self.item.choices.append(SelectChoice(own, rate.item))
        return self

    def filled(self, rate):
        """The form as a rate stands."""
        self.item.data = tax_items.value_of(rate.kind, rate.item)
        self.percent.data = f"{rate.hundredths / 100:g}" if rate.hundredths else ""
        return self

    def validate_item(self, field):
        """It is of the kind that is chosen, if one is."""
        if field.data and self.kind.data not in ("", tax_items.kind_of(field.data)):
            raise ValidationError(_("That is of another kind: choose “Everything” above, or its kind."))

    def validate_percent(self, field):
        """A rate where tax is taken, and none where it is not."""
        self.hundredths = _hundredths(field.data)
        is_taxed = self.category.data == documents.Category.STANDARD
        if is_taxed and not 0 < self.hundredths <= MOST:
            raise ValidationError(_("Type the rate, from 0.01 to 100."))
        if self.hundredths and not is_taxed:
            raise ValidationError(_("Only “taxed at a rate” has one: leave it empty."))

    def validate_buyers(self, field):
        """Only somebody with a tax number can owe the tax (EN 16931, BR-AE-02)."""
        if self.category.data == documents.Category.REVERSE and field.data == documents.Buyers.ANYONE:
            raise ValidationError(_("Reverse charge is for customers with a tax number."))

    def validate_note(self, field):
        """What is not taxed says why (EN 16931, BR-E-10, BR-AE-10)."""
        wanted = (documents.Category.EXEMPT, documents.Category.REVERSE)
        if self.category.data in wanted and not field.data:
            raise ValidationError(_("Say why no tax is taken: it stands on the document."))

    def validate_ends(self, field):
        """It does not end before it begins."""
        if field.data and self.starts.data and field.data < self.starts.data:
            raise ValidationError(_("It ends before it begins."))

    def facts(self):
        """The typed facts as the actions take them."""
        names = ("kind", "country", "buyers", "category", "note", "starts", "ends")
        kind, item = tax_items.parted(self.item.data) if self.item.data else (self.kind.data, "")
        return {**{name: self[name].data for name in names}, "kind": kind, "item": item, "hundredths": self.hundredths}


class DueForm(documents.BillToForm):
    """Whom an order is billed to by the office; one that is not paid until when."""

    due_on = DateField(_l("To be paid until"), [InputRequired(_l("Type the day.")), sensible_day])


def _normal(field, normal):
    try:
        field.data = normal(field.data)
    except Refusal as refusal:
        raise ValidationError(str(refusal)) from None


def _hundredths(text):
    whole, _dot, part = text.strip().replace(",", ".").partition(".")
    plain = (whole or "0") + part
    if not (plain.isascii() and plain.isdigit() and len(part) <= 2 and len(whole) <= 3):
        return 0 if not text.strip() else math.inf
    return int(whole or "0") * 100 + int(part.ljust(2, "0") or "0")
