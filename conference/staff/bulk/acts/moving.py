"""Another category for many: at today's price, or at the price that each has paid."""

from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from conference import checkout, registration
from conference.kernel import Money, Refusal
from conference.registration import Mode, State
from conference.staff.bulk.act import Act
from conference.staff.bulk.gathering import parted, whole_entries_of
from conference.staff.bulk.rules import Plan, Step
from conference.web import Form, money

TODAY, KEPT = "today", "kept"


class MoveForm(Form):
    """Which category, at which price, and why."""

    category = SelectField(_l("New category"), [InputRequired(_l("Choose a category."))])
    how = RadioField(
        _l("Price"),
        [InputRequired()],
        choices=[
            SelectChoice(
                TODAY,
                _l(
                    "Today’s price: who has paid less gets a letter by which to pay the rest, who has paid more gets it back"
                ),
            ),
            SelectChoice(KEPT, _l("The price that each has paid")),
        ],
        default=TODAY,
    )
    reason = StringField(
        _l("Reason"),
        [Length(max=300)],
        description=_l("Everybody reads it in the letter; the trail keeps it. Needed when the price is kept."),
    )
    meeting = None

    def of(self, meeting):
        """The form with the categories of a meeting."""
        self.meeting = meeting
        every = registration.categories_of(meeting, all_of_them=True)
        self.category.choices = [
            SelectChoice("", _("Choose…")),
            *(SelectChoice(each.code, each.name) for each in every),
        ]
        return self

    def validate_reason(self, field):
        """Who keeps a price says why."""
        if self.how.data == KEPT and not field.data:
            raise ValidationError(_("Say why the price is kept."))

    def facts(self):
        """The choice, as plain values."""
        names = {each.value: str(each.label) for each in self.category.choices}
        chosen = {"category": self.category.data, "name": names[self.category.data]}
        return {**chosen, "how": self.how.data, "reason": self.reason.data}


def _plan(listed, facts, now):
    meeting = listed.meeting
    category = _category(meeting, facts)
    inside, left = parted(whole_entries_of(listed), (State.CONFIRMED,))
    steps, room = [], _Room(category)
    due = back = Money(0, meeting.currency)
    for entry in inside:
        try:
            quote = _quote(entry, category, facts, now)
            room.take(entry)
        except Refusal as refusal:
            left.append((entry, str(refusal)))
            continue
        due, back = due + quote.due, back + quote.refund
        steps.append(Step(entry, {"seen": quote.seen}, _says(quote)))
    sums = ((_("Due in all"), money(due)), (_("Goes back in all"), money(back)))
    return Plan(tuple(steps), tuple(left), sums)


class _Room:
    """The places of a category, as far as they go."""

    def __init__(self, category):
        self.pool = category.pool
        self.left = None if self.pool is None else 0 if self.pool.is_full else self.pool.free

    def take(self, entry):
        """One more needs a place, unless it has one of these already; Refusal when none is left."""
        has = entry.category is not None and entry.category.pool_id == (self.pool.id if self.pool else None)
        if self.left is None or has or entry.mode != Mode.IN_PERSON:
            return
        if not self.left:
            raise Refusal(_("no place is left"))
        self.left -= 1


def _quote(entry, category, facts, now):
    if category.id == entry.category_id:
        raise Refusal(_("has this category already"))
    if facts["how"] == KEPT:
        return checkout.quote_move(entry, category, reason=facts["reason"])
    return checkout.quote_change(entry, _wish(entry, category), now=now, waived=True)


def _says(quote):
    if quote.due:
        return _("%(sum)s is due", sum=money(quote.due))
    return _("%(sum)s goes back", sum=money(quote.refund)) if quote.refund else _("nothing is due")


def _do(entry, facts, kept, by, now):
    category = _category(entry.meeting, facts)
    how = {"seen": kept["seen"], "by": by, "now": now, "reason": facts["reason"]}
    if facts["how"] == KEPT:
        checkout.move(entry, category, **how)
    else:
        checkout.change_on_behalf(entry, _wish(entry, category), waived=True, **how)


def _category(meeting, facts):
    found = registration.category_by_code(meeting, facts["category"])
    if found is None:
        raise Refusal(_("This category is no longer there."))
    return found


def _wish(entry, category):
    return replace(checkout.wish_now(entry), category=category.code)


ACT = Act(
    key="category",
    label=_l("Move to another category"),
    lede=_l("Days, ways of taking part and add-ons stay. No fee for the change is taken."),
    title=lambda facts: _("Move to another category: %(name)s", name=facts["name"]),
    form=MoveForm,
    plan=_plan,
    do=_do,
    press=lambda count: ngettext("Move %(num)s registration", "Move %(num)s registrations", count),
)
