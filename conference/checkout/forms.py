"""What may be typed while checking and paying."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, StringField
from wtforms.validators import DataRequired, Length

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


class HeirForm(people.EmailForm):
    """Who comes instead."""

    given_name = StringField(_l("Given name"), [DataRequired(_l("Type the name.")), Length(max=200)])
    family_name = StringField(_l("Family name"), [Length(max=200)])

    def names(self):
        """What is typed of the name, for somebody who is not known yet."""
        return {"given_name": self.given_name.data, "family_name": self.family_name.data}
