"""What may be typed of kinds of presentations and of rules of embargo."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TimeField,
    ValidationError,
)
from wtforms.validators import Length, NumberRange, Optional

from conference.kernel import whole_number
from conference.schedule import draft
from conference.schedule.abstracts import instants, queries
from conference.schedule.abstracts.words import GROUPS
from conference.schedule.formats.embargo import DAY, INSTANT, MEETING, SESSION, EmbargoRule
from conference.web import Form

SPARE = 2
_ANCHORS = (
    ("", _l("Choose")),
    (SESSION, _l("the start of the session")),
    (INSTANT, _l("a day and time")),
    (DAY, _l("a time on the day of the session")),
    (MEETING, _l("a time on the first day of the programme")),
)
_WITH_CLOCK = (DAY, MEETING)


class KindRow(Form):
    """One kind."""

    key = HiddenField()
    name = StringField(_l("Kind"), [Length(max=100)])
    minutes = IntegerField(_l("Minutes"), [Optional(), NumberRange(0, 24 * 60)])
    place = StringField(_l("Place"), [Length(max=5)])
    gone = BooleanField(_l("Take away"))


class KindsForm(Form):
    """All kinds of a meeting."""

    seen = HiddenField()
    kinds = FieldList(FormField(KindRow), max_entries=60)

    @property
    def rows(self):
        """[(id or None, name, minutes, gone)] in the order of their places."""
        rows = [entry.form for entry in self.kinds if entry.form.name.data]
        ordered = sorted(rows, key=lambda row: whole_number(row.place.data, 5) or 10**6)
        return [(_key(row), row.name.data, row.minutes.data or 0, row.gone.data) for row in ordered]


class RuleRow(Form):
    """One rule: until when a part of the presentations of a kind is held back."""

    key = HiddenField()
    group = SelectField(_l("What"), choices=[("", _l("Choose")), *GROUPS.items()])
    kind = SelectField(_l("Presentations"), default="")
    anchor = SelectField(_l("Until"), choices=list(_ANCHORS))
    at = DateTimeLocalField(_l("Day and time"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    clock = TimeField(_l("Time"), [Optional()], format=["%H:%M", "%H:%M:%S"])
    gone = BooleanField(_l("Take away"))

    @property
    def is_filled(self):
        """Whether something is said in it."""
        return bool(self.group.data or self.anchor.data or self.at.data or self.clock.data)

    def validate_group(self, field):
        """A rule says what it holds back."""
        if self.is_filled and not field.data:
            raise ValidationError(_l("Choose what is held back"))

    def validate_anchor(self, field):
        """A rule says until when."""
        if self.is_filled and not field.data:
            raise ValidationError(_l("Choose until when"))
        if field.data == INSTANT and not self.at.data:
            raise ValidationError(_l("Give the day and time"))
        if field.data in _WITH_CLOCK and not self.clock.data:
            raise ValidationError(_l("Give the time of day"))

    def validate_at(self, field):
        """Years that every calendar knows."""
        if field.data and not 1970 <= field.data.year < 9990:
            raise ValidationError(_l("Give a year between 1970 and 9988"))

    def rule(self, meeting, stood):
        """The EmbargoRule that is typed; an instant that was not touched stays to the second."""
        anchor = self.anchor.data
        at = instants.read(self.at.data, meeting.zone, stood.at if stood else None) if anchor == INSTANT else None
        clock = self.clock.data.replace(microsecond=0) if anchor in _WITH_CLOCK else None
        return EmbargoRule(self.group.data, anchor, self.kind.data, at, clock)


class RulesForm(Form):
    """All rules of a meeting."""

    seen = HiddenField()
    rules = FieldList(FormField(RuleRow), max_entries=100)

    def of(self, meeting):
        """The form with the kinds that the meeting has."""
        stood = draft.embargo_rules(meeting)
        names = dict.fromkeys([*queries.kinds_in_use(meeting), *(row.kind for row in stood if row.kind)])
        choices = [("", _("of every kind")), *((name, name) for name in names)]
        for entry in self.rules:
            entry.form.kind.choices = choices
        return self

    def rows(self, meeting):
        """[(id or None, EmbargoRule, gone)] of the rows in which something is said."""
        stood = {row.id: draft.rule_item(row) for row in draft.embargo_rules(meeting)}
        rows = [entry.form for entry in self.rules if entry.form.is_filled]
        return [(_key(row), row.rule(meeting, stood.get(_key(row))), row.gone.data) for row in rows]


def kinds_form(meeting, seen):
    """The form of the kinds that stand, with rows to add to."""
    rows = [
        {"key": row.id, "name": row.name, "minutes": row.minutes or None, "place": place}
        for place, row in enumerate(draft.kinds(meeting), start=1)
    ]
    return KindsForm(seen=seen, kinds=rows + [{}] * SPARE)


def rules_form(meeting, seen):
    """The form of the rules that stand, with rows to add to."""
    rows = [
        {
            "key": row.id,
            "group": row.part,
            "kind": row.kind,
            "anchor": row.anchor,
            "clock": row.clock,
            "at": instants.shown(row.at, meeting.zone),
        }
        for row in draft.embargo_rules(meeting)
    ]
    return RulesForm(seen=seen, rules=rows + [{}] * SPARE).of(meeting)


def _key(row):
    return whole_number(str(row.key.data or ""), 9)
