"""What staff may say of a row of Stripe's balance."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from conference.web import Form


class ExplanationForm(Form):
    """What the row is, for whoever audits the books."""

    words = TextAreaField(_l("What it is"), validators=[DataRequired(_l("Say what it is.")), Length(max=500)])
