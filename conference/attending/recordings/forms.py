"""What staff may type about a recording; times are on the venue's clock."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from conference.attending.recordings.table import LONGEST
from conference.attending.signups.forms import LOCAL
from conference.meetings import thinkable
from conference.web import Form


class WhoForm(Form):
    """Who may watch, and when."""

    opens_at = DateTimeLocalField(_l("To be watched from"), [Optional(), thinkable], format=LOCAL)
    closes_at = DateTimeLocalField(_l("Until"), [Optional(), thinkable], format=LOCAL)
    only_for = SelectMultipleField(
        _l("Only for"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Kinds of registration; none ticked: everybody who is registered."),
    )
    for_members = BooleanField(_l("For members of the society too, registered or not"))


class RecordingForm(WhoForm):
    """A link, and who may follow it when."""

    item = SelectField(_l("Of what"), [InputRequired(_l("Choose one"))])
    title = StringField(_l("Title"), [InputRequired(_l("Give it a title")), Length(max=300)])
    url = StringField(
        _l("Address"),
        [InputRequired(_l("Give its address")), Length(max=2000)],
        description=_l("Beginning with https://. It is shown to nobody: who may watch is sent there."),
    )
    version = IntegerField(widget=HiddenInput(), validators=[NumberRange(0, 2**31 - 2)], default=0)


class TableForm(WhoForm):
    """Many links at once."""

    lines = TextAreaField(
        _l("Lines"),
        [InputRequired(_l("Paste at least one line")), Length(max=LONGEST)],
        description=_l("For example: 187, https://video.example.org/1, Recording of the workshop"),
        render_kw={"rows": 10},
    )
