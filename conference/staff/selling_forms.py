"""What staff may type about prices, places, add-ons and the code of conduct."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    ColorField,
    DateTimeLocalField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import IntegerField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from conference.registration import CategoryKind
from conference.staff.price_form import AmountField
from conference.web import Form

MOST_PLACES = 1_000_000
_TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
CODE = Regexp(r"^[a-z0-9][a-z0-9_-]{0,39}$", message=_l("Small letters, digits, - and _; at most forty."))


TIMES = ("starts_at", "ends_at", "sold_from", "sold_until")


def _ticks(label, hint):
    """Boxes of which any number may be ticked."""
    shown = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
    return SelectMultipleField(label, description=hint, **shown)


class PoolForm(Form):
    """A number of places that categories or an add-on draw from."""

    name = StringField(_l("Name"), [DataRequired(_l("Name these places.")), Length(max=300)])
    places = IntegerField(
        _l("Places"), [Optional(), NumberRange(0, MOST_PLACES)], description=_l("Empty: there is no limit.")
    )


class CategoryForm(Form):
    """Who somebody registers as."""

    code = StringField(
        _l("Code"), [DataRequired(_l("Give it a code.")), CODE], description=_l("For imports; it never changes.")
    )
    name = StringField(_l("Name"), [DataRequired(_l("Name the category.")), Length(max=200)])
    kind = SelectField(
        _l("It is for"),
        [InputRequired()],
        choices=[
            SelectChoice(str(CategoryKind.ATTENDEE), _l("Attendees")),
            SelectChoice(str(CategoryKind.GUEST), _l("Guests of attendees")),
        ],
        description=_l("Attendees register themselves, guests are brought by name. It never changes."),
    )
    summary = StringField(_l("Summary"), [Length(max=600)], description=_l("Who it is for, in a sentence."))
    band = ColorField(
        _l("Colour of the badge’s band"), [InputRequired(), Regexp(r"^#[0-9a-fA-F]{6}$")], default="#1f5fa8"
    )
    pool_id = SelectField(_l("Draws its places from"), [InputRequired()], coerce=int)
    position = IntegerField(_l("Place in the list"), [Optional(), NumberRange(0, 999)], default=0)
    admits_to_sessions = BooleanField(
        _l("Admits to sessions"), default=True, description=_l("What a scan at the door of a session asks.")
    )
    is_on_offer = BooleanField(_l("On offer"), default=True)

    def of(self, pools, *, existing=None):
        """The form with the meeting's pools; without what never changes when the category exists."""
        self.pool_id.choices = [SelectChoice(0, _("No limit")), *(SelectChoice(pool.id, pool.name) for pool in pools)]
        if existing is not None:
            del self.code, self.kind
        return self

    def facts(self):
        """The typed facts as the action takes them."""
        return {**self.data, "pool_id": self.pool_id.data or None, "position": self.position.data or 0}


class AddOnForm(Form):
    """A workshop, a dinner."""

    code = StringField(
        _l("Code"), [DataRequired(_l("Give it a code.")), CODE], description=_l("For exports; it never changes.")
    )
    title = StringField(_l("Title"), [DataRequired(_l("Give it a title.")), Length(max=300)])
    summary = StringField(_l("Summary"), [Length(max=600)])
    kind = SelectField(
        _l("Kind"),
        [InputRequired()],
        choices=[
            SelectChoice("workshop", _l("Workshop")),
            SelectChoice("dinner", _l("Dinner")),
            SelectChoice("other", _l("Other")),
        ],
    )
    amount = AmountField(_l("Price"), [DataRequired(_l("Type a price; 0 is free of charge.")), Length(max=30)])
    places = IntegerField(
        _l("Places"), [Optional(), NumberRange(0, MOST_PLACES)], description=_l("Empty: there is no limit.")
    )
    starts_at = DateTimeLocalField(_l("Starts"), [Optional()], format=_TIMES)
    ends_at = DateTimeLocalField(_l("Ends"), [Optional()], format=_TIMES)
    sold_from = DateTimeLocalField(_l("On sale from"), [Optional()], format=_TIMES)
    sold_until = DateTimeLocalField(
        _l("On sale until"),
        [Optional()],
        format=_TIMES,
        description=_l("From then on nobody sells it, the desk included: for what is bought beforehand only."),
    )
    only_for = _ticks(_l("Only for"), _l("None ticked: for every category."))
    needs = _ticks(_l("Builds on"), _l("One of the ticked ones must be taken too."))
    position = IntegerField(_l("Place in the list"), [Optional(), NumberRange(0, 999)], default=0)
    is_on_offer = BooleanField(_l("On offer"), default=True)
    currency = None

    def of(self, meeting, *, categories, others, existing=None):
        """The form for a meeting with its `categories` and `others`, its further add-ons; without the code when the add-on exists."""
        self.currency = meeting.currency
        self.only_for.choices = [SelectChoice(each.code, each.name) for each in categories]
        self.needs.choices = [SelectChoice(each.code, each.title) for each in others if each is not existing]
        for name in ("only_for", "needs"):
            if not self[name].choices:
                del self[name]
        if existing is not None:
            del self.code
        return self

    def validate_amount(self, field):
        field.parse(self.currency)

    def validate_starts_at(self, field):
        self._check_year(field)
        if field.data and not self.ends_at.data:
            raise ValidationError(_("Give both a start and an end, or neither."))

    def validate_ends_at(self, field):
        self._check_year(field)
        if field.data and not self.starts_at.data:
            raise ValidationError(_("Give both a start and an end, or neither."))
        if field.data and field.data <= self.starts_at.data:
            raise ValidationError(_("It ends before it starts."))

    def validate_sold_from(self, field):
        self._check_year(field)

    def validate_sold_until(self, field):
        self._check_year(field)
        if field.data and self.sold_from.data and field.data <= self.sold_from.data:
            raise ValidationError(_("Its sale ends before it begins."))

    @staticmethod
    def _check_year(field):
        if field.data and not 2000 <= field.data.year <= 2199:
            raise ValidationError(_("A year between 2000 and 2199."))

    def facts(self, meeting):
        """The typed facts without the places, times in the meeting's zone."""
        names = ("title", "summary", "kind", "is_on_offer")
        times = {name: self[name].data for name in TIMES}
        lists = {name: self[name].data or [] for name in ("only_for", "needs") if name in self}
        return {
            **{name: self[name].data for name in names},
            **{name: at.replace(tzinfo=meeting.zone) if at else None for name, at in times.items()},
            **lists,
            "amount_minor": self.amount.minor,
            "position": self.position.data or 0,
        }


class ConductForm(Form):
    """A new version of the code of conduct."""

    version = StringField(_l("Version"), [DataRequired(_l("Name the version, such as 2027-2.")), Length(max=40)])
    text = TextAreaField(
        _l("Text"),
        [DataRequired(_l("Type the text.")), Length(max=50_000)],
        description=_l("Markdown."),
        render_kw={"rows": 18},
    )
