"""The price matrix of a category as a form: a field for each cell, empty for what is not sold."""

from flask_babel import gettext as _
from wtforms import HiddenField, StringField
from wtforms.validators import Length, ValidationError

from conference.kernel import Money, Refusal, parse_minor
from conference.web import Form

LARGEST_PRICE = 99_999_999  # minor units: the most that Stripe takes at once (https://docs.stripe.com/currencies)


class AmountField(StringField):
    """An amount typed as text; `minor` after validation, None when it was left empty."""

    minor = None

    def parse(self, currency):
        """Minor units of what was typed; ValidationError when it is no price."""
        try:
            self.minor = parse_minor(self.data, currency) if self.data else None
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None
        if self.minor is not None and self.minor > LARGEST_PRICE:
            raise ValidationError(_("That is more than Stripe takes at once."))


def price_form(posted, meeting, rows, cells, seen):
    """A form with a field for each cell of a grid, filled from its prices {(row key, window id): minor} or from what was posted."""
    names = {
        (row, window.id): f"p-{number}-{window.id}"
        for number, (row, _label) in enumerate(rows)
        for window in meeting.windows
    }
    fields = {name: AmountField(validators=[Length(max=30)]) for name in names.values()}
    kind = type("PriceForm", (_PriceForm,), fields)
    form = kind(posted, data={"seen": seen, **_typed(names, cells, meeting.currency)})
    form.names, form.currency = names, meeting.currency
    return form


class _PriceForm(Form):
    seen = HiddenField()
    names = {}
    currency = None

    def validate(self, **keywords):
        """Every amount is one of the meeting's currency, or empty."""
        is_valid = super().validate(**keywords)
        for name in self.names.values():
            try:
                self[name].parse(self.currency)
            except ValidationError as error:
                self[name].errors = [*self[name].errors, str(error)]
                is_valid = False
        return is_valid

    def grid(self):
        """{(row key, window id): field}."""
        return {key: self[name] for key, name in self.names.items()}

    def cells(self):
        """{(row key, window id): minor units or None}."""
        return {key: self[name].minor for key, name in self.names.items()}


def _typed(names, cells, currency):
    found = {}
    for key, name in names.items():
        minor = cells.get(key)
        found[name] = "" if minor is None else Money(minor, currency).decimal_text
    return found
