"""What may be typed of an abstract: rows are put in order by numbers, taken away by a tick, added in the spare ones."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from conference import people
from conference.schedule.abstracts import institutions
from conference.schedule.abstracts.words import STATUSES
from conference.schedule.formats import text as texts
from conference.web import Form

MOST_SECTIONS, MOST_LINKS, MOST_AFFILIATIONS, MOST_AUTHORS = 40, 40, 200, 400
_TIMES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_FIRST, _LAST = 1970, 9989


class Placed(Form):
    """A row that has a place among its like."""

    place = StringField(_l("Place"), [Length(max=5)])
    gone = BooleanField(_l("Take away"))

    def validate_place(self, field):
        """A whole number, or nothing."""
        if field.data and not (field.data.isascii() and field.data.isdigit()):
            raise ValidationError(_l("Give a number"))


class SectionRow(Placed):
    """A part of the text."""

    heading = StringField(_l("Heading"), [Length(max=200)])
    text = TextAreaField(_l("Text"), [Length(max=texts.LONGEST_TEXT)], render_kw={"rows": 5})


class LinkRow(Form):
    """Slides, a poster file, a recording."""

    url = StringField(_l("Address"), [Length(max=texts.LONGEST_URL)])
    title = StringField(_l("Title"), [Length(max=300)])
    kind = SelectField(_l("Kind"), choices=[("link", _l("Link")), ("attachment", _l("File"))], default="link")

    def validate_url(self, field):
        """An address of the web."""
        if field.data and not texts.web_address(field.data):
            raise ValidationError(_l("Give a whole address that begins with https://"))


class AffiliationRow(Form):
    """A place where authors work; authors name it by its number."""

    institution = StringField(_l("Institution"), [Length(max=300)])
    department = StringField(_l("Department"), [Length(max=300)])
    city = StringField(_l("City"), [Length(max=300)])
    state = StringField(_l("State"), [Length(max=300)])
    country = StringField(_l("Country"), [Length(max=300)])
    ror = StringField(_l("ROR id"), [Length(max=60)])

    def validate_ror(self, field):
        """An id of ror.org whose last digits are right."""
        if institutions.typed(field.data) is None:
            raise ValidationError(_l("This is no id of ror.org: nine letters and digits that begin with 0"))

    @property
    def is_empty(self):
        """Whether nothing of a place is said."""
        return not any(self[name].data for name in ("institution", "department", "city", "state", "country", "ror"))

    @property
    def country_code(self):
        """The country as it is kept: its code where a code or an English name was typed, else the words."""
        typed = self.country.data
        if people.is_country(typed.upper()):
            return typed.upper()
        named = {name.casefold(): code for code, name in people.countries("en")}
        return named.get(typed.casefold(), typed)


class AuthorRow(Placed):
    """One author; `known` is the number of the person that stands there already."""

    known = HiddenField()
    name = StringField(_l("Name"), [Length(max=300)])
    at = StringField(_l("Affiliations"), [Length(max=100)])
    presenting = BooleanField(_l("Presenting"))
    corresponding = BooleanField(_l("Corresponding"))

    @property
    def marks(self):
        """The numbers of affiliations that were typed, each once; None where something else was."""
        parts = self.at.data.replace(",", " ").replace(";", " ").split()
        if not all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts):
            return None
        return list(dict.fromkeys(int(part) for part in parts))


class AbstractForm(Form):
    """All of an abstract."""

    version = IntegerField(default=0, validators=[Optional(), NumberRange(0, 2**31 - 1)])
    title = StringField(_l("Title"), [InputRequired(_l("Give the abstract a title")), Length(max=500)])
    status = SelectField(
        _l("Status"),
        [InputRequired(_l("Choose a status"))],
        choices=[(value, word) for value, (word, _hue) in STATUSES.items()],
    )
    late_breaking = BooleanField(_l("Late-breaking"))
    award = StringField(_l("Award"), [Length(max=100)])
    topics = TextAreaField(_l("Topics"), [Length(max=4000)], description=_l("One a line."), render_kw={"rows": 3})
    sections = FieldList(FormField(SectionRow), max_entries=MOST_SECTIONS)
    affiliations = FieldList(FormField(AffiliationRow), max_entries=MOST_AFFILIATIONS)
    authors = FieldList(FormField(AuthorRow), max_entries=MOST_AUTHORS)
    links = FieldList(FormField(LinkRow), max_entries=MOST_LINKS)
    listing_at = DateTimeLocalField(_l("Title and authors from"), [Optional()], format=_TIMES)
    text_at = DateTimeLocalField(_l("Text from"), [Optional()], format=_TIMES)
    files_at = DateTimeLocalField(_l("Files and links from"), [Optional()], format=_TIMES)
    award_at = DateTimeLocalField(_l("Award from"), [Optional()], format=_TIMES)

    def validate_listing_at(self, field):
        """Years that every calendar knows."""
        if field.data and not _FIRST <= field.data.year < _LAST:
            raise ValidationError(_l("Give a year between 1970 and 9988"))

    validate_text_at = validate_files_at = validate_award_at = validate_listing_at

    def validate_authors(self, field):
        """Numbers of affiliations that are there; nobody twice."""
        rows = [row.form for row in self.affiliations]
        for author in (entry.form for entry in field if entry.form.name.data and not entry.form.gone.data):
            marks = author.marks
            wrong = marks is None or any(not 0 < mark <= len(rows) or rows[mark - 1].is_empty for mark in marks)
            if wrong:
                author.at.errors = [*author.at.errors, str(_l("Give numbers of affiliations above, such as 1, 2"))]
                raise ValidationError(_l("The affiliations of %(name)s are not all there") % {"name": author.name.data})


class PresentForm(Form):
    """Where and how an abstract is presented."""

    session = SelectField(_l("Session"), [InputRequired(_l("Choose a session"))], coerce=int)
    kind = StringField(_l("Kind"), [Length(max=100)], description=_l("As in the list of kinds, for example Poster."))
    minutes = IntegerField(
        _l("Minutes"), [Optional(), NumberRange(0, 24 * 60)], description=_l("Empty: those of the kind.")
    )
    board = StringField(_l("Board"), [Length(max=40)])
    hall = StringField(
        _l("Hall"), [Length(max=200)], description=_l("Where it hangs, if not in the room of the session.")
    )
