"""Whom a document is made out to, as a form for payers and for the office."""

from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import EmailField, SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from conference import people
from conference.kernel import Refusal
from conference.payments.documents.tax_numbers import normal_tax_id
from conference.payments.documents.told import Buyer
from conference.web import Form, language

NAMES = ("name", "organisation", "address", "postcode", "city", "country", "tax_id", "po_number", "email", "language")


class BillToForm(Form):
    """The one who is billed: an organisation, a person, or both."""

    organisation = StringField(_l("Organisation"), [Length(max=300)], description=_l("Who pays, such as a university."))
    name = StringField(_l("Name"), [Length(max=300)], description=_l("A person, or a department."))
    address = TextAreaField(_l("Street and building"), [Length(max=300)], render_kw={"rows": 2})
    postcode = StringField(_l("Postcode"), [Length(max=20)])
    city = StringField(_l("City"), [Length(max=120)])
    country = SelectField(_l("Country"), [InputRequired(_l("Choose the country."))])
    tax_id = StringField(
        _l("Tax number"),
        [Length(max=40)],
        description=_l("Of the organisation, such as a VAT number with its country. It is checked by its form alone."),
    )
    po_number = StringField(_l("Purchase order number"), [Length(max=80)])
    email = EmailField(_l("E-mail of the accounts department"), [Length(max=320)])
    language = SelectField(_l("Language of the document"), [InputRequired()])

    def of(self):
        """The form with countries and with the languages of documents."""
        found = people.countries(str(get_locale() or "en"))
        self.country.choices = [SelectChoice("", _("Choose…")), *(SelectChoice(*pair) for pair in found)]
        self.language.choices = language_choices()
        return self

    def filled(self, *sources):
        """As the first of some sources has each value; a source is anything with some of the names."""
        for name in NAMES:
            values = (getattr(source, name, "") for source in sources if source is not None)
            self[name].data = next((value for value in values if value), "")
        if self.language.data not in [choice.value for choice in self.language.choices]:
            self.language.data = self.language.choices[0].value
        return self

    def validate_name(self, field):
        """Somebody is billed."""
        if not (field.data or self.organisation.data):
            raise ValidationError(_("Type an organisation, a name, or both."))

    def validate_email(self, field):
        """An address, in its normal form."""
        if field.data:
            try:
                field.data = people.normal_email(field.data)
            except Refusal as refusal:
                raise ValidationError(str(refusal)) from None

    def validate_tax_id(self, field):
        """A number as its country makes them, in its normal form."""
        try:
            field.data = normal_tax_id(field.data, self.country.data or "")
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None

    @property
    def buyer(self):
        """What was typed, as a Buyer."""
        return Buyer(**{name: self[name].data for name in NAMES})


def language_choices():
    """The languages in which documents are made, by their names, for a field."""
    return [SelectChoice(code, language(code)) for code in current_app.config["DOCUMENT_LANGUAGES"]]
