"""Places that wait for their payment: held longer, or let go."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select
from wtforms import BooleanField, DateField
from wtforms.validators import InputRequired, ValidationError

from conference import checkout
from conference.kernel import Refusal, clock, db, end_of, in_parts
from conference.payments import Line, Order, OrderState, gateway
from conference.registration import State
from conference.staff.bulk.act import Act
from conference.staff.bulk.gathering import entries_of
from conference.staff.bulk.rules import Plan, Step
from conference.web import Form, when


class LongerForm(Form):
    """Until when, and whether they are told."""

    until = DateField(_l("Hold until the end of"), [InputRequired(_l("Choose a day."))])
    letter = BooleanField(_l("Tell them by letter, with the link to pay"), default=True)
    meeting: Any = None

    def validate_until(self, field):
        """A day that is still to come, and not after the meeting."""
        today = clock.now().astimezone(self.meeting.zone).date()
        if field.data and not today <= field.data <= self.meeting.ends:
            raise ValidationError(_("A day from today until the end of the meeting."))

    def facts(self):
        """The day and the wish, as plain values."""
        return {"until": self.until.data.isoformat(), "letter": self.letter.data}


def _plan_longer(listed, facts, now):
    until, meeting = _end_of(facts["until"], listed.meeting), listed.meeting
    steps, left = [], []
    for entry, order, why in _waiting(listed):
        if why:
            left.append((entry, why))
        elif order.expires_at >= until:
            left.append((entry, _("is held as long already")))
        else:
            says = _("was held until %(when)s", when=when(order.expires_at, meeting.timezone))
            steps.append(Step(entry, {"order": order.id, "until": order.expires_at.isoformat()}, says))
    return Plan(tuple(steps), tuple(left))


def _plan_let_go(listed, facts, now):
    steps, left = [], []
    for entry, order, why in _waiting(listed):
        if why:
            left.append((entry, why))
        else:
            until = when(order.expires_at, listed.meeting.timezone)
            steps.append(Step(entry, {"order": order.id}, _("is held until %(when)s", when=until)))
    return Plan(tuple(steps), tuple(left))


def _hold(entry, facts, kept, by, now):
    until = _end_of(facts["until"], entry.meeting)
    checkout.hold_longer(_order_of(entry), until=until, by=by, now=now, letter=facts["letter"])


def _let_go(entry, facts, kept, by, now):
    checkout.let_go(_order_of(entry).id, by=by, now=now)


def _close(entry):
    """No money may still come for what is let go."""
    order = next((each for each in checkout.orders_about(entry) if each.state == OrderState.OPEN), None)
    if order is None or checkout.is_for_others(order):
        return
    try:
        checkout.close_and_look(order)
    except gateway.Unreachable:
        raise Refusal(_("Stripe does not answer, so its payment page cannot be closed.")) from None


def _order_of(entry):
    order = next((each for each in checkout.orders_about(entry) if each.state == OrderState.OPEN), None)
    if order is None or entry.state != State.HELD or checkout.is_for_others(order):
        raise Refusal(_("This order does not wait for a payment any more."))
    return order


def _waiting(listed):
    """(registration, its open order, None), or (registration, None, why not), of everybody in the list."""
    entries = entries_of(listed)
    orders = _open_orders([each.id for each in entries if each.state == State.HELD])
    for entry in entries:
        order = orders.get(entry.id)
        if entry.state != State.HELD:
            yield entry, None, _("does not wait for a payment")
        elif order is None:
            yield entry, None, _("a payment is under way")
        elif order.person_id != entry.person_id:
            yield entry, None, _("somebody else pays, with others")
        else:
            yield entry, order, None


def _open_orders(entry_ids):
    found = {}
    for keys in in_parts(entry_ids):
        some = Line.reference.in_(keys)
        statement = select(Line.reference, Order).join(Order, Line.order_id == Order.id)
        statement = statement.where(Line.kind == "registration", some, Order.state == OrderState.OPEN)
        found |= dict(db.session.execute(statement.order_by(Order.id)).all())
    return found


def _end_of(day, meeting):
    """The last instant of a day (YYYY-MM-DD) at the venue, exclusive."""
    return end_of(date.fromisoformat(day), meeting.zone)


LONGER = Act(
    key="hold-longer",
    label=_l("Hold unpaid places longer"),
    lede=_l("For those who wait for their payment; the price that they were told stays."),
    title=lambda facts: _("Hold unpaid places until %(day)s", day=facts["until"]),
    form=LongerForm,
    plan=_plan_longer,
    do=_hold,
    press=lambda count: ngettext("Hold %(num)s place longer", "Hold %(num)s places longer", count),
)
LET_GO = Act(
    key="let-go",
    label=_l("Let unpaid places go"),
    lede=_l(
        "What is not paid is free for others at once. Nothing is charged, what was typed is kept, and each is told by letter."
    ),
    title=lambda facts: _("Let unpaid places go"),
    plan=_plan_let_go,
    do=_let_go,
    press=lambda count: ngettext("Let %(num)s place go", "Let %(num)s places go", count),
    prepare=_close,
)
