"""Ending many registrations: with what the meeting's table keeps, or without a fee and a reason why."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from conference import checkout
from conference.kernel import Money, Refusal
from conference.registration import State
from conference.staff.bulk.act import Act
from conference.staff.bulk.gathering import entries_of, parted
from conference.staff.bulk.rules import Plan, Step
from conference.web import Form, money

TABLE, FREE = "table", "free"


class CancelForm(Form):
    """How much goes back, and why."""

    how = RadioField(
        _l("What goes back"),
        [InputRequired()],
        choices=[
            SelectChoice(TABLE, _l("By the meeting’s table: its fee of today is kept")),
            SelectChoice(FREE, _l("Everything: no fee, whatever the table’s dates say")),
        ],
        default=TABLE,
    )
    reason = StringField(
        _l("Reason"),
        [Length(max=300)],
        description=_l("Everybody reads it in the letter; the trail keeps it. Needed when no fee is taken."),
    )

    def validate_reason(self, field):
        """Who waives a rule says why."""
        if self.how.data == FREE and not field.data:
            raise ValidationError(_("Say why no fee is taken."))

    def facts(self):
        """The choice, as plain values."""
        return {"how": self.how.data, "reason": self.reason.data}


def _plan(listed, facts, now):
    meeting = listed.meeting
    inside, left = parted(entries_of(listed), (State.CONFIRMED,))
    quotes = checkout.quote_cancels(inside, meeting=meeting, now=now, waived=facts["how"] == FREE)
    going = {guest.id for quote in quotes.values() if not isinstance(quote, Refusal) for guest in quote.guests}
    left += [(each, _("ends with whoever brings them")) for each in inside if each.id in going]
    steps, nothing = [], Money(0, meeting.currency)
    back, kept = nothing, nothing
    for entry in (each for each in inside if each.id not in going):
        quote = quotes[entry.id]
        if isinstance(quote, Refusal):
            left.append((entry, str(quote)))
            continue
        fee = Money.total([line.amount for line in quote.lines], meeting.currency)
        whole = quote.refund + Money.total([line.amount for line in quote.returned], meeting.currency)
        back, kept = back + whole, kept + fee
        says = _("%(back)s goes back, %(kept)s is kept", back=money(whole), kept=money(fee))
        steps.append(Step(entry, {"seen": quote.seen}, says))
    sums = ((_("Goes back in all"), money(back)), (_("Is kept in all"), money(kept)))
    return Plan(tuple(steps), tuple(left), sums)


def _do(entry, facts, kept, by, now):
    checkout.cancel(entry, seen=kept["seen"], by=by, now=now, reason=facts["reason"], waived=facts["how"] == FREE)


ACT = Act(
    key="cancel",
    label=_l("Cancel and refund"),
    lede=_l(
        "Places are free for others at once, badges are void, money goes back to whatever paid, and each is told by letter."
    ),
    title=lambda facts: (
        _("Cancel without fee: %(why)s", why=facts["reason"])
        if facts["how"] == FREE
        else _("Cancel by the meeting’s table")
    ),
    form=CancelForm,
    plan=_plan,
    do=_do,
    press=lambda count: ngettext("Cancel %(num)s registration", "Cancel %(num)s registrations", count),
)
