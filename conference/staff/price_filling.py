"""Filling in many cells of a grid of prices at once: raised by a share, or copied; nothing is saved by it."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from conference.kernel import Refusal, smallest_step
from conference.registration import grids
from conference.staff.price_form import LARGEST_PRICE, AmountField
from conference.web import Form

EVERY = "all"
_SHARE = re.compile(r"([+\N{MINUS SIGN}-]?)\s*(\d{1,4})(?:[.,](\d{1,2}))?\s*%?")


class FillingForm(Form):
    """What to fill in, and a day of one's own to look at."""

    share = StringField(
        _l("Change by, in percent"),
        [Length(max=20)],
        description=_l("Such as 5 or -10. What is not sold stays so."),
        default="",
    )
    step = AmountField(
        _l("Rounded to"), [Length(max=20)], description=_l("Such as 5. Empty: to the smallest coin."), default=""
    )
    fill_rows = SelectField(_l("In the rows"), default=EVERY)
    fill_columns = SelectField(_l("In the columns"), default=EVERY)
    source = SelectField(_l("Copy"), validate_choice=False)
    target = SelectField(_l("Into"), validate_choice=False)
    on = DateField(_l("On a day of your own"), [Optional()])
    hundredths, currency, keys = 0, "", {}

    def of(self, sheet, columns):
        """The form for a sheet (price_grids)."""
        rows = {f"r{number}": (row, label) for number, (row, label) in enumerate(sheet.rows)}
        windows = {f"c{number}": (column, label) for number, (column, label) in enumerate(columns)}
        self.keys = {name: key for name, (key, _label) in {**rows, **windows}.items()}
        row_choices, window_choices = (
            [SelectChoice(key, label) for key, (_k, label) in each.items()] for each in (rows, windows)
        )
        self.fill_rows.choices = [SelectChoice(EVERY, _("Every row")), *row_choices]
        self.fill_columns.choices = [SelectChoice(EVERY, _("Every column")), *window_choices]
        self.source.choices = self.target.choices = [*row_choices, *window_choices]
        self.currency = sheet.meeting.currency
        return self

    def validate_on(self, field):
        """A thinkable year."""
        if field.data and not 2000 <= field.data.year <= 2199:
            raise ValidationError(_("A year between 2000 and 2199."))

    def raised(self, cells):
        """The cells raised as was asked; Refusal at the field when that makes no sense."""
        hundredths, step = self._hundredths(), self._step()
        rows, columns = (
            None if name == EVERY else {self.keys[name]} for name in (self.fill_rows.data, self.fill_columns.data)
        )
        done = grids.raised_cells(cells, hundredths, step=step, rows=rows, columns=columns)
        if any(minor is not None and minor > LARGEST_PRICE for minor in done.values()):
            raise Refusal(_("A price would be more than Stripe takes at once."), field="share")
        return done

    def copied(self, cells):
        """The cells with one row or column as another is; Refusal at the field when these are not alike."""
        source, target = self.source.data, self.target.data
        if not {source, target} <= set(self.keys) or source[:1] != target[:1]:
            raise Refusal(_("Copy a row into a row, or a column into a column."), field="target")
        if source == target:
            raise Refusal(_("Choose another one than that which is copied."), field="target")
        copy = grids.copied_row if source.startswith("r") else grids.copied_column
        return copy(cells, self.keys[source], self.keys[target])

    def _hundredths(self):
        found = _SHARE.fullmatch(self.share.data or "")
        if not found:
            raise Refusal(_("Type a percentage such as 5, -10 or 2.5."), field="share")
        sign, whole, part = found.groups()
        hundredths = int(whole) * 100 + int((part or "0").ljust(2, "0"))
        hundredths = -hundredths if sign in ("-", "\N{MINUS SIGN}") else hundredths
        if hundredths < -grids.WHOLE_SHARE:
            raise Refusal(_("Less than nothing cannot be asked for."), field="share")
        return hundredths

    def _step(self):
        try:
            self.step.parse(self.currency)
        except ValidationError as error:
            raise Refusal(str(error), field="step") from None
        return max(self.step.minor or 1, smallest_step(self.currency))
