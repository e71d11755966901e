"""What staff may type about invitations: whom, what an act on one needs, and why."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, FileField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from conference import people, registration
from conference.kernel import Refusal
from conference.web import Form

TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
MINUTE = timedelta(minutes=1)


def _sensible(form, field):
    if field.data and not 2000 <= field.data.year <= 2199:
        raise ValidationError(_("A year between 2000 and 2199."))


def end_of(typed, zone):
    """The instant at which something ends that is typed by its last minute; None for nothing."""
    return typed.replace(tzinfo=zone) + MINUTE if typed else None


def last_minute_of(instant, zone):
    """The last minute before an end, as it is typed; None for nothing."""
    return (instant - MINUTE).astimezone(zone).replace(tzinfo=None, second=0, microsecond=0) if instant else None


def instant_field(label, validators=(), **keywords):
    """A day and an hour on the meeting's clock."""
    return DateTimeLocalField(label, [*(validators or [Optional()]), _sensible], format=TIMES, **keywords)


class KindChoice(Form):
    """As what somebody is invited."""

    kind = SelectField(_l("Kind"), [InputRequired(_l("Choose as what."))])

    def of(self, kinds):
        """The form with these kinds."""
        self.kind.choices = [SelectChoice(each.code, each.name) for each in kinds]
        return self


class InviteForm(KindChoice):
    """One person, by hand."""

    email = StringField(
        _l("E-mail address"), [DataRequired(_l("Type the address.")), Length(max=254)],
        description=_l("The invitation is bound to the person behind it."),
    )  # fmt: skip
    given_name = StringField(_l("Given name"), [Length(max=300)])
    family_name = StringField(_l("Family name"), [Length(max=300)])
    note = StringField(
        _l("Why"),
        [Length(max=300)],
        description=_l("For the desk, such as: keynote on Tuesday. It is not in the letter."),
    )
    message = TextAreaField(
        _l("A few words to them"), [Length(max=2000)], description=_l("They stand in the letter, before what it gives.")
    )

    def validate_email(self, field):
        try:
            field.data = people.normal_email(field.data)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None

    def row(self):
        """The row of a list."""
        names = ("email", "given_name", "family_name", "note", "message")
        return {"line": 1, **{name: self[name].data or "" for name in names}}


class FileForm(KindChoice):
    """Many people, from a file."""

    file = FileField(_l("CSV file"), [InputRequired(_l("Choose a file."))])


class SendForm(Form):
    """Why these people come before others, where that is so."""

    reason = StringField(_l("Why before those who wait"), [Length(max=300)], description=_l("It is kept in the trail."))


class WithdrawForm(Form):
    """Why an invitation is taken back."""

    reason = StringField(_l("Reason"), [DataRequired(_l("Say why: it is kept.")), Length(max=300)])
    letter = BooleanField(_l("Tell them by letter"), default=True, description=_l("The letter says the reason."))


class ExtendForm(Form):
    """Until when it holds, and until when a place is kept."""

    valid_until = instant_field(_l("They can answer until"), [InputRequired(_l("Say until when."))])
    kept_until = instant_field(
        _l("A place is kept until"),
        description=_l("Empty: as it is. If none is kept any more, a day here keeps one anew, when there is one."),
    )
    zone = None

    def of(self, meeting):
        """The form on this meeting's clock."""
        self.zone = meeting.zone
        return self

    def show(self, invitation):
        """Fill in what stands."""
        self.valid_until.data = last_minute_of(invitation.valid_until, self.zone)
        self.kept_until.data = last_minute_of(invitation.kept_until, self.zone) if invitation.pool_id else None
        return self

    def times(self):
        """What was typed, as instants."""
        return {name: end_of(self[name].data, self.zone) for name in ("valid_until", "kept_until")}


class CategoryForm(Form):
    """As what they register instead."""

    category = SelectField(_l("Category"), [InputRequired(_l("Choose a category."))])

    def of(self, meeting):
        """The form with the meeting's categories."""
        found = registration.categories_of(meeting, all_of_them=True, kind=registration.CategoryKind.ATTENDEE)
        self.category.choices = [SelectChoice(each.code, each.name) for each in found]
        return self
