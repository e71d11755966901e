"""What a person may choose while registering."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from conference.registration.rules import Mode, Wish
from conference.registration.titles import mode_name, span_name
from conference.web import Form


class ChoiceForm(Form):
    """Who somebody registers as, for which days, how, with which add-ons, and whether they join or renew with it."""

    category = RadioField(_l("Who are you registering as?"), validators=[InputRequired(_l("Choose a category."))])
    mode = RadioField(_l("How will you take part?"), validators=[InputRequired(_l("Choose how you will take part."))])
    span = SelectField(_l("Which days?"), validators=[InputRequired()])
    extras = SelectMultipleField(_l("Add to your registration"), widget=ListWidget(), option_widget=CheckboxInput())
    dues = RadioField(_l("Membership"), default="", validate_choice=True)

    def wish(self):
        """The choice as a Wish."""
        return Wish(self.category.data, self.span.data, self.mode.data, tuple(self.extras.data or ()))

    def untick(self, gone):
        """Take the mark off what is sold out ({field: codes}): a disabled box that is ticked would promise it."""
        for name in ("category", "mode"):
            if self[name].data in gone[name]:
                self[name].data = None
        self.extras.data = [code for code in self.extras.data or () if code not in gone["extras"]]


class OwnChoiceForm(ChoiceForm):
    """The choice of whoever registers, who may bring somebody."""

    company = BooleanField(
        _l("Somebody comes with me"),
        description=_l("Partner, family or friends: you name them next, and they get a badge of their own."),
    )


def choice_form(
    posted, registration, *, categories, spans, modes, add_ons, dues_types, days, gone, kind=ChoiceForm, also=None
):
    """The choice form (or another `kind` of it, with what is known `also`) with what this meeting sells, filled from the draft or
    from what was posted.

    What is sold out (`gone`) stays in view, disabled; each add-on carries its day for the script that fits them to the ticket.
    """
    form = kind(posted, data={**_chosen(registration, categories, modes), **(also or {})})
    form.category.choices = [choice_of(each.code, each.name, gone["category"]) for each in categories]
    form.mode.choices = [choice_of(mode, mode_name(mode), gone["mode"]) for mode in modes]
    form.span.choices = [SelectChoice(span, span_name(span)) for span in spans]
    form.extras.choices = [
        choice_of(each.code, each.title, gone["extras"], data_day=days[each.code]) for each in add_ons
    ]
    form.dues.choices = [
        SelectChoice("", _l("No membership with this order")),
        *(SelectChoice(each.type_code, each.title) for each in dues_types),
    ]
    return form


def choice_of(value, label, gone, **attributes):
    """One thing to choose; disabled when its code is in `gone`."""
    return SelectChoice(value, label, render_kw=attributes | ({"disabled": True} if value in gone else {}))


def _chosen(registration, categories, modes):
    code = (
        registration.category.code if registration.category else (categories[0].code if len(categories) == 1 else None)
    )
    mode = registration.mode if registration.mode in modes else modes[0]
    return {
        "category": code,
        "mode": mode,
        "span": registration.span,
        "extras": registration.wanted,
        "dues": registration.dues_code,
    }


def modes_sold(cells):
    """The ways of taking part that have any price, in person first."""
    return [str(mode) for mode in Mode if any(cell.mode == mode for cell in cells)] or [str(Mode.IN_PERSON)]
