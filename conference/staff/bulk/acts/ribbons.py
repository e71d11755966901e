"""Ribbons for many, fewer ribbons for many, and back to what each had before."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms.validators import ValidationError

from conference import registration
from conference.kernel import Refusal
from conference.registration import State
from conference.staff.bulk.act import Act
from conference.staff.bulk.gathering import entries_of, parted
from conference.staff.bulk.rules import Plan, Step
from conference.staff.forms import MOST_RIBBONS, RibbonsForm

WITH_BADGE = (State.CONFIRMED, State.HELD)


class Form(RibbonsForm):
    """Which ribbons."""

    def facts(self):
        """What is done, as plain values."""
        return {"ribbons": self.names()}

    def validate_ribbons(self, field):
        """At least one, in the bounds of a badge."""
        super().validate_ribbons(field)
        if not self.names():
            raise ValidationError(_("Type at least one ribbon."))


def with_added(had, ribbons):
    """The ribbons after these were added behind those that are there."""
    return [*had, *(name for name in ribbons if name not in had)]


def without(had, ribbons):
    """The ribbons after these were taken away."""
    return [name for name in had if name not in ribbons]


def _plan(after, nothing, listed, facts, now):
    inside, left = parted(entries_of(listed), WITH_BADGE)
    steps = []
    for entry in inside:
        wanted = after(entry.ribbons, facts["ribbons"])
        if wanted == list(entry.ribbons):
            left.append((entry, str(nothing)))
        elif len(wanted) > MOST_RIBBONS:
            left.append((entry, _("would have more than six ribbons")))
        else:
            steps.append(Step(entry, {"before": list(entry.ribbons)}, ", ".join(wanted) or _("no ribbon")))
    return Plan(tuple(steps), tuple(left))


def _do(after, nothing, entry, facts, kept, by, now):
    had = list(entry.ribbons)
    wanted = after(had, facts["ribbons"])
    if wanted == had:
        raise Refusal(str(nothing))
    if len(wanted) > MOST_RIBBONS:
        raise Refusal(_("would have more than six ribbons"))
    registration.set_ribbons(entry, wanted, by=by, now=now)
    return {"before": had, "after": wanted}


def _put_back(entry, facts, kept, by, now):
    """What each had, unless somebody has changed it since."""
    if list(entry.ribbons) != kept["after"]:
        raise Refusal(_("The ribbons were changed since."))
    registration.set_ribbons(entry, kept["before"], by=by, now=now)
    return kept


_HAS, _HAS_NOT = _l("has them already"), _l("has none of them")
ADD = Act(
    key="add-ribbons",
    label=_l("Add ribbons"),
    lede=_l("They come behind those that each badge has. Badges printed from now on show them."),
    title=lambda facts: _("Add ribbons: %(names)s", names=", ".join(facts["ribbons"])),
    form=Form,
    plan=lambda listed, facts, now: _plan(with_added, _HAS, listed, facts, now),
    do=lambda *values: _do(with_added, _HAS, *values),
    press=lambda count: ngettext("Change %(num)s badge", "Change %(num)s badges", count),
)
REMOVE = Act(
    key="remove-ribbons",
    label=_l("Remove ribbons"),
    lede=_l("Badges printed from now on do not show them. It can be undone: each gets back what it had."),
    title=lambda facts: _("Remove ribbons: %(names)s", names=", ".join(facts["ribbons"])),
    form=Form,
    plan=lambda listed, facts, now: _plan(without, _HAS_NOT, listed, facts, now),
    do=lambda *values: _do(without, _HAS_NOT, *values),
    press=lambda count: ngettext("Change %(num)s badge", "Change %(num)s badges", count),
)
BACK = Act(
    key="ribbons-back",
    label=_l("Ribbons as before"),
    lede="",
    title=lambda facts: _("Undo: %(what)s", what=facts["what"]),
    plan=lambda listed, facts, now: Plan(),
    do=_put_back,
    press=str,
)
CAN_UNDO = (ADD.key, REMOVE.key)
