"""What may be typed while checking and paying."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from conference import people
from conference.web import Form


class CodeForm(Form):
    """A code that takes something off."""

    discount_code = StringField(
        _l("Code"),
        [DataRequired(_l("Type the code.")), Length(max=80)],
        description=_l("If you were given one: as a speaker, for an award, by your institution."),
    )


class ProofForm(Form):
    """One document that shows that somebody belongs to their category."""

    file = FileField(_l("Document"), render_kw={"accept": "application/pdf,image/jpeg,image/png", "required": True})


class OnBehalfForm(Form):
    """How the desk gives a payer's seat away or ends it: with the table's fee or without, and why."""

    waived = BooleanField(_l("Take no fee, and do not mind the table's dates"))
    reason = StringField(
        _l("Reason"),
        [Length(max=300)],
        description=_l("The attendee reads it in the letter; the trail keeps it. Needed when no fee is taken."),
    )

    def validate_reason(self, field):
        """Who waives a rule says why."""
        if self.waived.data and not field.data:
            raise ValidationError(_("Say why no fee is taken."))

    def how(self):
        """What was chosen, as quotes and changes take it."""
        return {"waived": self.waived.data, "reason": self.reason.data}


class DeclineForm(Form):
    """Why somebody who is invited cannot come, if they like to say."""

    reason = StringField(_l("Why, if you like to say"), [Length(max=300)], description=_l("The office reads it."))


class HeirForm(people.EmailForm):
    """Who comes instead."""

    given_name = StringField(_l("Given name"), [DataRequired(_l("Type the name.")), Length(max=200)])
    family_name = StringField(_l("Family name"), [Length(max=200)])

    def names(self):
        """What is typed of the name, for somebody who is not known yet."""
        return {"given_name": self.given_name.data, "family_name": self.family_name.data}


class GivenForm(HeirForm, OnBehalfForm):
    """Who takes a seat of a group."""


class SaveCardForm(Form):
    """What somebody agrees to who saves a card; their words are put in by the page, as they are kept."""

    keep = BooleanField(validators=[DataRequired(_l("Tick this to save a card."))])
    renew = BooleanField()


class AgreeForm(Form):
    """Dues are charged by themselves; the words are put in by the page, as they are kept."""

    dues = BooleanField(validators=[DataRequired(_l("Tick this to have your membership renew by itself."))])


class TransferForm(Form):
    """What somebody may say who pays by bank transfer."""

    po_number = StringField(
        _l("Number of your purchase order"),
        [Length(max=60)],
        description=_l("If your institution needs it: it stands in the letter, and helps us to find your payment."),
    )
