"""What an editor may type."""

from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import FileField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, Email, InputRequired, Length, Optional, Regexp
from wtforms.widgets import HiddenInput

from conference.society.rules import Section
from conference.web import Form

SECTIONS = (
    (Section.MENU.value, _l("Main menu")),
    (Section.PLAN.value, _l("Strategic plan")),
    (Section.FOOT.value, _l("Foot of every page")),
    (Section.NOWHERE.value, _l("In no list, by its address only")),
)


class PageForm(Form):
    """A page's words and where it stands; `version` is the one that was opened."""

    title = StringField(_l("Title"), [InputRequired(_l("Give the page a title")), Length(max=200)])
    slug = StringField(
        _l("Address"),
        [InputRequired(_l("Give the page an address")), Length(max=80)],
        description=_l("After /pages/: small letters, digits and hyphens."),
    )
    section = SelectField(
        _l("Listed in"), choices=[SelectChoice(value=value, label=label) for value, label in SECTIONS]
    )
    summary = TextAreaField(
        _l("Summary"), [Length(max=600)], description=_l("One or two sentences, shown under the title and in lists.")
    )
    body = TextAreaField(
        _l("Text"),
        [Length(max=50_000)],
        description=_l("Markdown: ## for a heading, * for a list, **bold**, [words](https://address)."),
        render_kw={"rows": 22},
    )
    version = IntegerField(default=0, widget=HiddenInput())

    @property
    def words(self):
        """The typed words, without the version."""
        return {name: value for name, value in self.data.items() if name != "version"}


class FileUpload(Form):
    """A file to offer on a page; its ids differ from those of the page's own form, which stands above it."""

    title = StringField(
        _l("Name of the file"), [InputRequired(_l("Say what the file is")), Length(max=200)], id="file-title"
    )
    slug = StringField(
        _l("Address"),
        [InputRequired(_l("Give the file an address")), Length(max=80)],
        description=_l("After /downloads/. The address of a file that is there replaces it."),
        id="file-slug",
    )
    file = FileField(_l("PDF file"), description=_l("At most 15 MB."))


class SocietyForm(Form):
    """The society's own facts."""

    name = StringField(_l("Name"), [InputRequired(_l("The society needs a name")), Length(max=300)])
    short_name = StringField(_l("Short name"), [InputRequired(_l("Give the short name")), Length(max=40)])
    tagline = StringField(_l("Line under the name"), [Length(max=120)])
    welcome = TextAreaField(_l("Welcome on the front page"), [Length(max=5000)], description=_l("Markdown."))
    accent = StringField(
        _l("Colour"),
        [Regexp(r"^#[0-9A-Fa-f]{6}$", message=_l("A colour is written like #1f5fa8"))],
        description=_l("Links and buttons take shades of it that can be read on light and dark paper."),
    )
    email = StringField(_l("E-mail of the office"), [Optional(), Email(_l("This is not an e-mail address"))])
    address = TextAreaField(_l("Postal address"), [Length(max=600)])
    tax_id = StringField(
        _l("Tax or registration number"), [Length(max=40)], description=_l("As it stands on statements and receipts.")
    )
    bank_details = TextAreaField(
        _l("How to pay by bank transfer"),
        [Length(max=1000)],
        description=_l("Account holder, bank and number: statements that wait for their payment show it."),
    )
    timezone = StringField(
        _l("Time zone"),
        [
            AnyOf(
                sorted(available_timezones()),
                message=_l("There is no such time zone; write for example America/New_York"),
            )
        ],
    )
    version = IntegerField(default=0, widget=HiddenInput())

    @property
    def facts(self):
        """The typed facts, without the version."""
        return {name: value for name, value in self.data.items() if name != "version"}
