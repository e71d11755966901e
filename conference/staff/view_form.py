"""What staff may type about a view of their list."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from conference.web import Form


class ViewForm(Form):
    """Its name, who sees it, and whether it comes first."""

    name = StringField(_l("Name of the view"), [DataRequired(_l("Give the view a name.")), Length(max=100)])
    is_shared = BooleanField(_l("Share it with everybody at the desk"))
    is_usual = BooleanField(_l("Show it to me first"))
