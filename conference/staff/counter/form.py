"""What is typed at a counter: who, what, how it is paid; how the counter works; what somebody registered already is given."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from conference import people
from conference.kernel import is_ref, new_ref
from conference.staff.counter.rules import Payment
from conference.staff.entry_form import PAID, EntryForm
from conference.web import Form

WAYS = {
    Payment.CASH: _l("Cash"),
    Payment.TERMINAL: _l("Card terminal"),
    Payment.TRANSFER: _l("Bank transfer"),
    Payment.LINK: _l("Later, by a link"),
}
CHOICES = [SelectChoice(str(way), word) for way, word in WAYS.items()]
DETAILS = ("given_name", "family_name", "degrees", "institution", "country")


class WalkInForm(EntryForm):
    """One person at the counter; `token` makes two presses of Enter one registration."""

    check_in = BooleanField(_l("Check in"))
    prints = BooleanField(_l("Print the badge"))
    token = HiddenField()
    seen = HiddenField()
    station = ""
    known = None

    def of(self, sold):
        """The form with what the meeting sells today, paid in the ways of a counter."""
        super().of(sold)
        self.payment.choices = [SelectChoice(str(way), str(word)) for way, word in WAYS.items()]
        if not is_ref(self.token.data or ""):
            self.token.data = new_ref(20)
        return self

    def validate_reference(self, field):
        """A transfer is found by its reference only; what the terminal took stands on its own slip."""
        if self.payment.data == Payment.TRANSFER and not field.data:
            raise ValidationError(_("Say where the payment is found: a bank reference, a receipt."))

    @property
    def paid_as(self):
        """How, where and at which counter the money came; None when it has not come yet."""
        told = super().paid_as
        return ": ".join(part for part in (told, self.station) if part) if told else None

    def details_of(self, person):
        """What was typed and differs from what is known of a person."""
        typed = {name: self[name].data or "" for name in DETAILS}
        return {name: value for name, value in typed.items() if value != getattr(person, name)}

    def show(self, person):
        """Fill in what is known of somebody."""
        for name in DETAILS:
            self[name].data = getattr(person, name)
        self.email.data, self.seen.data, self.known = person.email, people.seen_version(person), person
        return self

    def focus(self):
        """Let the cursor begin at the first thing that is missing; its name, or None when all is there or faults are shown."""
        if self.errors:
            return None
        named = self.given_name.data or self.family_name.data
        wanted = ("email", *(() if named else ("given_name",)), "institution", "country")
        gap = next((name for name in wanted if not self[name].data), None)
        if gap:
            self[gap].render_kw = {"autofocus": True}
        elif not self.category.data:
            gap = "category"
            first = next(each for each in self.category.choices if not (each.render_kw or {}).get("disabled"))
            first.render_kw = {"autofocus": True}
        return gap


class StationForm(Form):
    """How a counter takes people in."""

    name = StringField(_l("Name of the counter"), [Optional(), Length(max=60)])
    category = SelectField(_l("Category chosen at first"), [Optional()])
    payment = RadioField(_l("Usual payment"), [InputRequired()], choices=CHOICES)
    checks_in = BooleanField(_l("Check in everybody who is registered here"))
    prints = BooleanField(_l("Print their badges"))

    def of(self, categories):
        """The form with the meeting's categories."""
        none = SelectChoice("", _("None"))
        self.category.choices = [none, *(SelectChoice(each.code, each.name) for each in categories)]
        return self


class ServeForm(Form):
    """What somebody registered already is given at the counter."""

    payment = RadioField(_l("Payment"), [Optional()], choices=[each for each in CHOICES if each.value != Payment.LINK])
    reference = StringField(_l("Reference of the payment"), [Length(max=200)])
    check_in = BooleanField(_l("Check in"))
    order = HiddenField()
    total = HiddenField()
    station = ""

    validate_reference = WalkInForm.validate_reference

    @property
    def paid_as(self):
        """How and where the money came, in words for the trail."""
        word, _found = PAID.get(self.payment.data, (None, False))
        parts = (str(word), self.reference.data, self.station) if word else ()
        return ": ".join(part for part in parts if part)
