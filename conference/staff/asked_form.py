"""Of whom and after what a field or section is asked, as staff type it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from conference import registration
from conference.registration import Mode, form
from conference.web import Form

MOST_TESTS = 6


def boxes(label, **more):
    """A list of things to tick."""
    return SelectMultipleField(label, widget=ListWidget(), option_widget=CheckboxInput(), **more)


class TestForm(Form):
    """One comparison of a condition."""

    field = SelectField(_l("Field"), default="", validate_choice=True)
    op = SelectField(_l("Comparison"), default="is")
    value = StringField(_l("Value"), [Length(max=300)])


class AskedForm(Form):
    """Of whom and after what something is asked."""

    join = SelectField(
        _l("Asked when"),
        choices=[SelectChoice("all", _l("all of these hold")), SelectChoice("any", _l("any of these holds"))],
        default="all",
    )
    tests = FieldList(FormField(TestForm), min_entries=3, max_entries=MOST_TESTS)
    categories = boxes(_l("Only for these categories"), description=_l("None ticked: for all."))
    modes = boxes(_l("Only for those who take part"), description=_l("None ticked: for all."))

    def know(self, blocks, categories, row):
        """Fill the lists of what may be chosen; `row` is what is being changed, None for a new one."""
        fields = [each for block in blocks for each in block.fields if each is not row]
        choices = [SelectChoice("", _("–")), *(SelectChoice(each.code, each.label) for each in fields)]
        words = form.op_words()
        for test in self.tests:
            test.form.field.choices = choices
            test.form.op.choices = [SelectChoice(op, words[op]) for op in form.OPS]
        self.categories.choices = [SelectChoice(each.code, each.name) for each in categories]
        self.modes.choices = [SelectChoice(str(mode), registration.mode_name(mode)) for mode in Mode]
        self._fields_by_code = {each.code: each for each in fields}
        return self

    def condition(self):
        """What was typed as a condition, None for none; a label that was typed for a choice becomes its code."""
        tests = [self._test(each.form) for each in self.tests if each.form.field.data]
        return {"join": self.join.data, "tests": tests} if tests else None

    def asked(self):
        """Condition, categories and modes as the action takes them."""
        return {
            "condition": self.condition(),
            "categories": list(self.categories.data or ()),
            "modes": list(self.modes.data or ()),
        }

    def _test(self, typed):
        value, source = typed.value.data, self._fields_by_code.get(typed.field.data)
        if source is not None:
            labels = {label.casefold(): code for code, label in registration.filterable_values(source)}
            value = labels.get(value.casefold(), value)
        return {"field": typed.field.data, "op": typed.op.data, "value": value}
