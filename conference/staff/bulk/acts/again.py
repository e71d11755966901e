"""The same letter again to many: the confirmation, or how to pay."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from conference import checkout, payments
from conference.kernel import Refusal
from conference.payments import Order, OrderState
from conference.registration import Registration, State
from conference.staff.bulk.act import Act
from conference.staff.bulk.gathering import entries_of, why_not
from conference.staff.bulk.rules import Plan, Step
from conference.staff.clauses import in_order


def _plan(listed, facts, now):
    paid = in_order(Order.state == OrderState.PAID)
    open_ = in_order(Order.state == OrderState.OPEN, Order.expires_at > now)
    confirmed = set(listed.ids(Registration.state == State.CONFIRMED, Registration.host_id.is_(None), paid))
    waiting = set(listed.ids(Registration.state == State.HELD, open_))
    words = {"confirmed": _("confirmation"), "held": _("payment link")}
    entries = entries_of(listed)
    getting = [each for each in entries if each.id in confirmed | waiting]
    left = [(each, _why(each)) for each in entries if each.id not in confirmed | waiting]
    sums = ((_("Confirmation"), str(len(confirmed))), (_("Payment link"), str(len(waiting))))
    return Plan(tuple(Step(each, {"letter": each.state}, words[each.state]) for each in getting), tuple(left), sums)


def _why(entry):
    if entry.host_id:
        return _("a guest: it stands in the letter to whoever brings them")
    return (
        _("a bank debit is under way, or nothing was sold") if entry.state in ("confirmed", "held") else why_not(entry)
    )


def _do(entry, facts, kept, by, now):
    """What fits how it stands now: who has paid meanwhile gets the confirmation."""
    orders = payments.orders_with_line("registration", entry.id)
    paid = next((order for order in orders if order.state == OrderState.PAID), None)
    waiting = next((order for order in orders if order.state == OrderState.OPEN and order.expires_at > now), None)
    if entry.state == State.CONFIRMED and paid:
        checkout.send_confirmation_again(paid, now=now, entry=entry)
    elif entry.state == State.HELD and waiting and checkout.registrations_in(waiting)[0].id == entry.id:
        checkout.send_payment_link(waiting, now=now)
    else:
        raise Refusal(_("It has changed meanwhile: no letter fits."))


ACT = Act(
    key="letters-again",
    label=_l("Send letters again"),
    lede=_l("The confirmation to those who are registered, how to pay to those who still have to."),
    title=lambda facts: _("Send letters again"),
    plan=_plan,
    do=_do,
    press=lambda count: ngettext("Send %(num)s letter", "Send %(num)s letters", count),
)
