"""The form as a person fills it in: sections and fields made of what staff built, read from top to bottom."""

import json

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import HiddenField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, DateInput, EmailInput, ListWidget, TelInput

from conference import people
from conference.registration.form.kinds import AGREED, LONGEST, Kind, Unfit, codes_of, parse, show
from conference.registration.form.rules import counted, reached
from conference.web import Form

PREFIX = "q_"
FEW = 6  # so many choices stand in view; more are a list to open
_WIDGETS = {Kind.DATE: DateInput(), Kind.EMAIL: EmailInput(), Kind.PHONE: TelInput()}
_SHORT = 80  # letters of a question where a fault names it
_ROOM = 200  # letters of a control that takes one thing


class AnswerForm(Form):
    """The fields of `blocks`; made by `answer_form`."""

    seen = HiddenField(default="", validators=[Length(max=20_000)])
    conduct = BooleanField(_l("I have read the code of conduct and will follow it"))
    blocks: list = []

    def fields_of(self, block):
        """[(row of the field, the control)] of a block, in order."""
        return [(each, self[PREFIX + each.code]) for each in block.fields]

    def given(self):
        """{field id: kept text} of what was typed and counts: what is not asked after these answers is left out."""
        ids = {each.code: each.id for each in self._rows()}
        return {ids[code]: text for code, text in counted(self.blocks, self._parsed()).items()}

    def validate_answers(self, *, conduct_code):
        """Check every field that is asked; what is wrong or missing is said at the field. Whether all is well."""
        valid, parsed, seen = self.validate(), self._parsed(), self._seen()
        for each in reached(self.blocks, parsed):
            fault = self._fault(each, parsed, seen)
            if fault:
                self._say(PREFIX + each.code, _named(each, fault))
                valid = False
        if conduct_code is not None and not self.conduct.data:
            self._say("conduct", _("Please read the code of conduct and say that you will follow it."))
            valid = False
        self.seen.data = versions_of(self.blocks)
        return valid

    def _fault(self, each, parsed, seen):
        if each.id in seen and seen[each.id] != each.version:
            return _("This was changed while you had the page open. Look at it and your answer again.")
        try:
            parse(each, self._raw(each))
        except Unfit as unfit:
            return str(unfit)
        if each.is_required and not parsed[each.code]:
            return _("please agree, or you cannot go on.") if each.kind == Kind.CONSENT else _("an answer is needed.")
        return None

    def _parsed(self):
        return {each.code: self._kept(each) for each in self._rows()}

    def _kept(self, each):
        try:
            return parse(each, self._raw(each))
        except Unfit:
            return ""

    def _raw(self, each):
        found = self[PREFIX + each.code].data
        return (AGREED if found else "") if each.kind == Kind.CONSENT else found

    def _rows(self):
        return [each for block in self.blocks for each in block.fields]

    def _seen(self):
        """{field id: version} of the page that was filled in; nothing of what makes no sense."""
        pairs = [pair.partition(".") for pair in (self.seen.data or "").split()]
        return {int(key): int(version) for key, _dot, version in pairs if _is_key(key) and _is_key(version)}

    def _say(self, name, text):
        self[name].errors = [*self[name].errors, text]


def _named(each, fault):
    """A fault with its question, so that it is understood in a list of faults as well as at the field."""
    question = each.label if len(each.label) <= _SHORT else f"{each.label[: _SHORT - 1].rstrip()}…"
    return _("%(question)s: %(fault)s", question=question.rstrip("?:. "), fault=fault)


def answer_form(posted, blocks, answers):
    """The form of `blocks`, filled from {code: Standing} or from what was posted."""
    rows = [each for block in blocks for each in block.fields]
    kind = type("MeetingForm", (AnswerForm,), {PREFIX + each.code: _field(each, answers) for each in rows})
    # What was posted is the whole truth: a list of which nothing was sent must not fall back to what stood there.
    filled = (
        {} if posted is not None else {PREFIX + each.code: _standing(each, answers.get(each.code)) for each in rows}
    )
    form = kind(posted, data=filled)
    form.blocks = blocks
    if posted is None:
        form.seen.data = versions_of(blocks)
    for each in rows:
        form[PREFIX + each.code].flags.required = each.is_required
    return form


def versions_of(blocks):
    """Which version of each field a page shows: "id.version id.version"."""
    return " ".join(f"{each.id}.{each.version}" for block in blocks for each in block.fields)


def condition_for_script(condition):
    """A condition as the script reads it that hides what is not asked; None without one."""
    if not condition or not condition.get("tests"):
        return None
    tests = [{**test, "field": PREFIX + test["field"]} for test in condition["tests"]]
    return json.dumps({"join": condition["join"], "tests": tests}, ensure_ascii=False)


def _field(each, answers):
    hint = _hint(each, answers.get(each.code))
    match each.kind:
        case Kind.LONG:
            return TextAreaField(each.label, [Length(max=2 * LONGEST[Kind.LONG])], description=hint)
        case Kind.YES_NO:
            pairs = [("yes", _l("Yes")), ("no", _l("No"))]
            return _radio(each, hint, pairs)
        case Kind.CHOICE:
            pairs = [(choice["code"], choice["label"]) for choice in each.choices]
            return _radio(each, hint, pairs) if len(pairs) <= FEW else _select(each, hint, pairs)
        case Kind.COUNTRY:
            return _select(each, hint, people.countries(get_locale().language))
        case Kind.CHOICES:
            return _boxes(each, hint)
        case Kind.CONSENT:
            return BooleanField(each.statement or each.label, description=hint)
    longest = LONGEST[Kind.TEXT] * 2 if each.kind == Kind.TEXT else _ROOM
    widget = {"widget": _WIDGETS[each.kind]} if each.kind in _WIDGETS else {}
    return StringField(each.label, [Length(max=longest)], description=hint, **widget)


def _radio(each, hint, pairs):
    choices = [SelectChoice(*pair) for pair in pairs]
    if not each.is_required:
        choices.append(SelectChoice("", _l("No answer")))
    return RadioField(each.label, choices=choices, description=hint, validate_choice=False)


def _select(each, hint, pairs):
    first = _l("Choose…") if each.is_required else _l("No answer")
    choices = [SelectChoice("", first), *(SelectChoice(*pair) for pair in pairs)]
    return SelectField(each.label, choices=choices, description=hint, validate_choice=False)


def _boxes(each, hint):
    return SelectMultipleField(
        each.label,
        choices=[SelectChoice(choice["code"], choice["label"]) for choice in each.choices],
        description=hint,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )


def _hint(each, answer):
    """The hint; and what was answered before where it can no longer be chosen."""
    gone = _gone(each, answer)
    if not gone:
        return each.hint
    said = _("You answered “%(answer)s”, which is no longer offered.", answer=gone)
    return f"{each.hint} {said}" if each.hint else said


def _gone(each, answer):
    if answer is None or each.kind not in (Kind.CHOICE, Kind.CHOICES):
        return ""
    known = {choice["code"] for choice in each.choices}
    codes = codes_of(answer.text) if each.kind == Kind.CHOICES else [answer.text]
    lost = [code for code in codes if code not in known]
    return show(Kind.CHOICES, answer.choices, "|".join(lost)) if lost else ""


def _standing(each, answer):
    """What a control is filled with; an agreement to another text is no agreement to this one."""
    if answer is None:
        return "" if each.kind in (Kind.CHOICE, Kind.YES_NO) and not each.is_required else None
    if each.kind == Kind.CONSENT:
        return answer.text == AGREED and answer.version == each.version
    return codes_of(answer.text) if each.kind == Kind.CHOICES else answer.text


def _is_key(text):
    return text.isascii() and text.isdigit() and len(text) < 10
