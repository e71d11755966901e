"""What may be chosen about a print."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import InputRequired

from conference.schedule.paper.kinds import PAPERS
from conference.schedule.paper.names import name_of
from conference.web import Form


class PrintForm(Form):
    """Which kind, on which paper, and whether for the printer."""

    what = RadioField(
        _l("What"),
        [InputRequired(_l("Choose what to print"))],
        choices=[
            SelectChoice(f"{kind}/{size}", name_of(kind, size)) for kind, sizes in PAPERS.items() for size in sizes
        ],
        default="book/A4",
    )
    is_whole = BooleanField(_l("With what is under embargo, for the printer only"))

    @property
    def chosen(self):
        """(kind, size) that was chosen."""
        kind, _slash, size = self.what.data.partition("/")
        return kind, size
