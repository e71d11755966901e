"""A paid seat of a group goes to somebody else: the old lines end, the same are sold anew, and what was paid is carried over."""

from dataclasses import replace

from flask_babel import gettext as _

from conference import audit, payments, people, registration
from conference.checkout import seat_mails
from conference.checkout.changing.sold import lines_of
from conference.kernel import Refusal, db
from conference.payments import NewLine
from conference.registration import groups


def reassign(group, seated, *, email, given_name="", family_name="", by, now):
    """Give a paid seat (Seated, as it was read) to whoever has `email`; the order that sells it anew.

    Refusal, and nothing is changed, when it is not paid, somebody was faster, the other person is registered or in the group,
    or does not pay the same price.
    """
    seat, old = seated.seat, _entry(seated)
    heir = groups.heir_of(seat, email=email, given_name=given_name, family_name=family_name)
    new = _begun(group, heir, now)
    sold = _sold(seat, old)
    _refuse_other_price(group, heir, new, sold, now)
    order = _open(seat, heir, new, sold, now)
    groups.claim_seat(seat, heir, entry=new, order=order)
    db.session.add(groups.GroupOrder(group_id=group.id, order_id=order.id))
    groups.hand_over(old, new, now=now)
    earlier = payments.locked(seat.order_id)
    for line in sold:
        payments.end_line(earlier, line, now=now)
    payments.finish(order, now=now)
    facts = {"before": {"email": seat.email}, "after": {"email": email}}
    audit.record(by=by, verb="gave a seat of the group away", subject=group, now=now, **facts)
    seat_mails.handed_over(order, old=old, new=new, now=now)
    return order


def _entry(seated):
    if seated.state is not groups.SeatState.PAID:
        raise Refusal(
            _("Only a paid seat is given to somebody else. Take this one off the roster, or give the order back.")
        )
    return registration.by_id(seated.seat.registration_id)


def _begun(group, heir, now):
    """The other person's registration, as a draft that becomes the seat."""
    if groups.seats_with(group, [heir.email]):
        raise Refusal(_("%(email)s is in this group already.", email=heir.email), field="email")
    if heir.email in groups.registered_among(group.meeting, [heir.email]):
        raise Refusal(_("%(email)s is registered for this meeting already.", email=heir.email), field="email")
    return groups.enrol(group.meeting, [heir], now=now)[heir.id]


def _sold(seat, old):
    """The lines of the seat that stand; Refusal when its attendee has changed them since."""
    sold = lines_of(old)
    if any(line.order_id != seat.order_id for line in sold) or not sold:
        raise Refusal(_("This registration was changed since it was ordered: write to the office."))
    return sold


def _refuse_other_price(group, heir, new, sold, now):
    """Who has another standing pays another price: that is for the office."""
    person = people.by_id(new.person_id)
    offer = groups.offer_for_seat(heir, meeting=group.meeting, person=person, now=now, reference=new.id)
    ticket = next(line for line in offer.lines if line.kind == "registration")
    paid = next(line for line in sold if line.kind == "registration")
    if bool(ticket.rule.get("member")) != bool(paid.rule.get("member")):
        text = _("The price is another one for this person, because of their membership: write to the office.")
        raise Refusal(text, field="email")


def _open(seat, heir, new, sold, now):
    lines = [_anew(line, seat, heir, new) for line in sold]
    credits = [payments.credit_line(line, line.amount) for line in sold if line.amount]
    person_id = payments.order_by_id(seat.order_id).person_id
    facts = {"currency": sold[0].currency, "lines": [*lines, *credits], "now": now, "expires_at": now}
    return payments.open_order(person_id=person_id, **facts)


def _anew(line, seat, heir, new):
    """The same line for somebody else, at the price that was paid."""
    title = line.title.removeprefix(f"{seat.name}: ")
    reference = new.id if line.kind == "registration" else line.reference
    rule = {**line.rule, "registration": new.id, "instead_of": line.id}
    made = NewLine(line.kind, reference, title, line.amount, tuple(line.why), rule)
    return replace(made, title=f"{heir.name}: {title}"[:600])
