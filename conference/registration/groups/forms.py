"""What a payer may type about a group and its seats, and what attendees who enter themselves choose."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields import IntegerField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from conference import people
from conference.kernel import Refusal
from conference.registration.forms import choice_of
from conference.registration.groups.rules import MOST_SEATS
from conference.registration.rules import Wish
from conference.registration.titles import mode_name, span_name
from conference.web import Form


class GroupForm(Form):
    """Who pays, and what must stand on the statement."""

    name = StringField(_l("Lab, institution or company"), [DataRequired(_l("Type who pays.")), Length(max=300)])
    bill_to = TextAreaField(
        _l("Bill to"), [Length(max=1000)], description=_l("Name and address as your accounts office wants them.")
    )
    tax_id = StringField(_l("Tax or VAT number"), [Length(max=40)])
    po_number = StringField(_l("Purchase order number"), [Length(max=80)])
    note = TextAreaField(_l("Note"), [Length(max=1000)], description=_l("For yourself and for our office."))

    def facts(self):
        """Every field as groups.make takes it."""
        return {name: self[name].data or "" for name in ("name", "bill_to", "tax_id", "po_number", "note")}


class WishForm(Form):
    """What a seat is for."""

    category = RadioField(_l("Category"), validators=[InputRequired(_l("Choose a category."))])
    mode = SelectField(_l("Takes part"), [InputRequired(_l("Choose how they take part."))])
    span = SelectField(_l("Days"), [InputRequired()])
    extras = SelectMultipleField(_l("Add-ons"), widget=ListWidget(), option_widget=CheckboxInput())

    def of(self, sold, *, seat=None):
        """The form with what a meeting sells today (OnSale); what is sold out is disabled, but for what `seat` stands for."""
        kept = (seat.category.code, seat.wanted) if seat else ("", ())
        gone, extras_gone = sold.categories_gone - {kept[0]}, sold.add_ons_gone - set(kept[1])
        self.category.choices = [choice_of(each.code, each.name, gone) for each in sold.categories]
        self.mode.choices = [SelectChoice(str(mode), mode_name(mode)) for mode in sold.modes]
        self.span.choices = [SelectChoice(span, span_name(span)) for span in sold.spans]
        self.extras.choices = [choice_of(each.code, each.title, extras_gone) for each in sold.add_ons]
        if self.category.raw_data is None:
            self.category.data = next((each.code for each in sold.categories if each.code not in gone), None)
        return self

    def wish(self):
        """The choice as a Wish."""
        return Wish(self.category.data, self.span.data, self.mode.data, tuple(self.extras.data or ()))


class ChosenSeatForm(WishForm):
    """What is written down of an attendee beside their address."""

    given_name = StringField(_l("Given name"))
    family_name = StringField(_l("Family name"))
    grant = StringField(
        _l("Grant or cost centre"),
        [Length(max=80)],
        description=_l("The statement adds up what each of them pays."),
    )

    def show(self, seat):
        """Fill the form from a seat."""
        self.category.data, self.mode.data, self.span.data = seat.category.code, seat.mode, seat.span
        self.extras.data = list(seat.wanted)
        for name in ("given_name", "family_name", "grant"):
            self[name].data = getattr(seat, name)
        return self

    def facts(self):
        """What groups.change_seat takes."""
        names = {name: self[name].data or "" for name in ("given_name", "family_name", "grant")}
        return {"wish": self.wish(), **names}


class SeatForm(ChosenSeatForm):
    """One attendee, as the payer knows them."""

    email = StringField(
        _l("E-mail address"),
        [DataRequired(_l("Type their e-mail address.")), Length(max=254)],
        description=_l("Their own: by it they get their letter, and the price for members."),
    )

    def validate_email(self, field):
        field.normal = _normal(field.data)

    def facts(self):
        """What groups.add_seat takes."""
        return {"email": self.email.normal, **super().facts()}


class LinkForm(Form):
    """How many people may enter themselves."""

    most = IntegerField(
        _l("How many people may use it"),
        [
            InputRequired(_l("Type a number.")),
            NumberRange(1, MOST_SEATS, _l("A number from 1 to %(most)s.", most=MOST_SEATS)),
        ],
        default=20,
    )


class UnnamedForm(Form):
    """How many more badges without a person."""

    count = IntegerField(
        _l("How many badges with your company’s name only"),
        [
            InputRequired(_l("Type a number.")),
            NumberRange(1, MOST_SEATS, _l("A number from 1 to %(most)s.", most=MOST_SEATS)),
        ],
    )


class RosterForm(Form):
    """A file of seats."""

    file = FileField(_l("CSV file"), [InputRequired(_l("Choose a file."))])


def _normal(text):
    try:
        return people.normal_email(text)
    except Refusal as refusal:
        raise ValidationError(str(refusal)) from None
