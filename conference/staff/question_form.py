"""What staff may type about a field or a section of the form."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields import IntegerField, SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from conference import accounts
from conference.kernel import STAFF_ROLES
from conference.registration import form
from conference.staff.asked_form import MOST_TESTS, AskedForm, boxes
from conference.staff.choice_lines import NotLines, as_lines, from_lines
from conference.staff.selling_forms import CODE

Kind = form.Kind
KINDS = {
    Kind.TEXT: _l("A line of text"),
    Kind.LONG: _l("A longer text"),
    Kind.NUMBER: _l("A number"),
    Kind.DATE: _l("A date"),
    Kind.YES_NO: _l("Yes or no"),
    Kind.CHOICE: _l("One of several"),
    Kind.CHOICES: _l("Several of several"),
    Kind.EMAIL: _l("An e-mail address"),
    Kind.PHONE: _l("A telephone number"),
    Kind.COUNTRY: _l("A country or region"),
    Kind.CONSENT: _l("A statement to agree to"),
}


class SectionForm(AskedForm):
    """A part of the form."""

    code = StringField(_l("Code"), [DataRequired(_l("Give it a code.")), CODE], description=_l("It never changes."))
    title = StringField(_l("Heading"), [DataRequired(_l("Type the heading.")), Length(max=200)])
    lede = StringField(_l("Below the heading"), [Length(max=600)])

    def facts(self):
        """The typed facts as the action takes them."""
        code = {"code": self.code.data} if "code" in self else {}
        return {**code, "title": self.title.data, "lede": self.lede.data, **self.asked()}


class QuestionForm(AskedForm):
    """A field of the form."""

    code = StringField(
        _l("Code"), [DataRequired(_l("Give it a code.")), CODE], description=_l("For exports; it never changes.")
    )
    label = StringField(_l("Question"), [DataRequired(_l("Type the question.")), Length(max=300)])
    hint = StringField(_l("Hint"), [Length(max=600)])
    section_id = SelectField(_l("Section"), coerce=int, default=0)
    kind = SelectField(_l("Kind of answer"), [InputRequired()], choices=[SelectChoice(*each) for each in KINDS.items()])
    choices = TextAreaField(
        _l("Choices"),
        [Length(max=20_000)],
        description=_l(
            "One a line, for “one of several” and “several of several”. To reword a choice that was answered keep its code: code | label."
        ),
        render_kw={"rows": 6},
    )
    statement = TextAreaField(
        _l("Statement"), [Length(max=5000)], description=_l("What is agreed to, word for word."), render_kw={"rows": 4}
    )
    is_required = BooleanField(_l("Must be answered"))
    least = StringField(
        _l("At least"),
        [Length(max=20)],
        description=_l("The smallest number, the first date (2027-05-11), or how many are chosen."),
    )
    most = StringField(
        _l("At most"), [Length(max=20)], description=_l("The largest number, the last date, or how many may be chosen.")
    )
    longest = IntegerField(_l("Letters at most"), [Optional(), NumberRange(1, 5000)])
    decimals = IntegerField(_l("Digits after the point"), [Optional(), NumberRange(0, 4)])
    is_sensitive = BooleanField(
        _l("Sensitive"), description=_l("Kept encrypted, left out of exports and letters; each look is recorded.")
    )
    roles = boxes(_l("Who may see the answers"), description=_l("Administrators may in any case."))
    retention_days = IntegerField(
        _l("Deleted so many days after the meeting"), [Optional(), NumberRange(0, 3650)], description=_l("Empty: kept.")
    )
    is_asked = BooleanField(_l("Asked"), default=True)
    standing: list = []

    def of(self, blocks, categories, sections, *, existing=None, kind_stays=False):
        """The form with what may be chosen; code (and kind, once answered) stay as they are."""
        self.know(blocks, categories, existing)
        self.section_id.choices = [
            SelectChoice(0, _("Before all sections")),
            *(SelectChoice(each.id, each.title) for each in sections),
        ]
        self.roles.choices = [SelectChoice(role, accounts.ROLE_LABELS[role]) for role in STAFF_ROLES]
        self.standing = existing.choices if existing is not None else []
        self.kind_known = existing.kind if kind_stays else None
        if existing is not None:
            del self.code
        if kind_stays:
            del self.kind
        return self

    @property
    def what(self):
        """The kind of the field."""
        return self.kind_known or self.kind.data

    def validate_choices(self, field):
        if self.what not in form.CHOOSING:
            return
        try:
            found = from_lines(field.data, self.standing)
        except NotLines as fault:
            raise ValidationError(str(fault)) from None
        if len(found) < 2:
            raise ValidationError(_("Give at least two choices."))

    def validate_statement(self, field):
        if self.what == Kind.CONSENT and not field.data:
            raise ValidationError(_("Type what is agreed to."))

    def validate_least(self, field):
        self._check_bound(field)

    def validate_most(self, field):
        self._check_bound(field)
        both = self.what == Kind.NUMBER and field.data and self.least.data and not self.least.errors
        if both and float(field.data) < float(self.least.data):
            raise ValidationError(_("It is less than “at least”."))

    def validate_roles(self, field):
        if self.is_sensitive.data and not field.data:
            raise ValidationError(_("Say who may see the answers."))

    def _check_bound(self, field):
        words = {
            Kind.DATE: _("A date, such as 2027-05-11."),
            Kind.NUMBER: _("A number."),
            Kind.CHOICES: _("A whole number."),
        }
        if not field.data or self.what not in words:
            return
        try:
            form.parse(_Bound(self.what), field.data)
        except form.Unfit:
            raise ValidationError(words[self.what]) from None

    def facts(self):
        """The typed facts as the action takes them."""
        same = ("label", "hint", "is_required", "is_sensitive", "retention_days", "is_asked")
        more = {name: self[name].data for name in ("code", "kind") if name in self}
        choosing = self.what in form.CHOOSING
        return {
            **more,
            **{name: self[name].data for name in same},
            "section_id": self.section_id.data or None,
            "choices": from_lines(self.choices.data, self.standing) if choosing else [],
            "statement": self.statement.data if self.what == Kind.CONSENT else "",
            "limits": self._limits(),
            "roles": list(self.roles.data or ()) if self.is_sensitive.data else [],
            **self.asked(),
        }

    def _limits(self):
        names = {
            Kind.TEXT: ("longest",),
            Kind.LONG: ("longest",),
            Kind.NUMBER: ("least", "most", "decimals"),
            Kind.DATE: ("least", "most"),
            Kind.CHOICES: ("least", "most"),
        }.get(self.what, ())
        return {name: self[name].data for name in names if self[name].data not in (None, "")}


class _Bound:
    """A field without limits of its own, by which a limit is read."""

    choices = ()

    def __init__(self, kind):
        self.kind = Kind.NUMBER if kind == Kind.CHOICES else kind
        self.limits = {"decimals": 0 if kind == Kind.CHOICES else 4}


def filled(row):
    """What a form about `row` is filled with."""
    names = (
        "title",
        "lede",
        "label",
        "hint",
        "statement",
        "kind",
        "is_required",
        "is_sensitive",
        "roles",
        "retention_days",
        "is_asked",
        "categories",
        "modes",
    )
    found = {name: getattr(row, name) for name in names if hasattr(row, name)}
    condition = row.condition or {"join": "all", "tests": []}
    found |= {"join": condition["join"], "tests": [*condition["tests"], {}][:MOST_TESTS]}
    if hasattr(row, "limits"):
        found |= row.limits | {"section_id": row.section_id or 0, "choices": as_lines(row.choices)}
    return found
