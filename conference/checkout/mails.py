"""The letters about an order: one function each, written in the transaction of their cause."""

from flask_babel import gettext as _

from conference import mail, payments, people, registration, society
from conference.checkout import dunning, returning, seat_mails, seat_news
from conference.checkout.calendars import calendar_of
from conference.checkout.queries import (
    group_behind,
    guests_in,
    has_terms_of,
    is_for_dues,
    is_for_guests,
    is_for_others,
    meeting_in,
    payer_of,
    registration_in,
)
from conference.kernel import Refusal
from conference.payments import OrderState
from conference.web import absolute_url


def confirmed(order, *, now):
    """Everything in the order is theirs: what was bought and why it cost that, and the meeting for their calendar."""
    if is_for_others(order):
        seat_mails.confirmed(order, now=now)
        return
    entry = registration_in(order)
    title = entry.meeting.title if entry else _("your membership")
    subject = _("Your guests are registered: %(what)s") if is_for_guests(order) else _("Confirmed: %(what)s")
    _confirm(order, entry, now, subject % {"what": title}, cause=order.ref)


def changed(change, order, *, now):
    """A registration was changed, cancelled or passed on: what ended, what came instead, what goes back. `order` is None when nothing was sold."""
    group = group_behind(change)
    if group is not None:
        seat_news.changed(change, order, group, now=now)
        return
    entry = registration.by_id(change.registration_id)
    sold_in = order or payments.order_by_id(min(payments.orders_of_lines(change.ends)))
    title = (
        _("Cancelled: %(meeting)s") if change.kind == registration.changes.Kind.CANCEL else _("Changed: %(meeting)s")
    )
    subject = title % {"meeting": entry.meeting.title}
    facts = {"entry": entry, "change": change, "sold": order, "ended": payments.lines_by_id(change.ends)}
    facts["back"] = returning.promised(change, to=sold_in.person_id)
    _post("changed", sold_in, now, subject, cause=change.ref, **facts)
    if change.heir_id:
        _taken_over(change, now=now)


def _taken_over(change, *, now):
    """Whoever was sent instead: the registration is theirs, and what is still missing is theirs to write."""
    heir = registration.by_id(change.heir_id)
    former = people.by_id(registration.by_id(change.registration_id).person_id)
    mail.post(
        kind="taken_over",
        cause=change.ref,
        to=heir.person,
        subject=_("You are registered: %(meeting)s", meeting=heir.meeting.title),
        template="checkout/mail/taken_over.txt",
        now=now,
        entry=heir,
        former=former,
        meeting_url=absolute_url("meetings.page", code=heir.meeting.code),
    )


def to_pay(order, *, now, cause=None):
    """The office has registered them: what it costs and why, how to pay it, and until when the places are held."""
    if is_for_others(order):
        seat_mails.to_pay(order, now=now, cause=cause or order.ref)
        return
    entry = registration_in(order)
    subject = _("Please pay: %(meeting)s", meeting=entry.meeting.title)
    told = {"entry": entry, "zone": entry.meeting.timezone, "is_for_guests": is_for_guests(order)}
    _post("to_pay", order, now, subject, cause=cause, **told)


def to_pay_again(order, *, now):
    """The same once more, because staff asked for it; Refusal when the order does not wait for a payment."""
    if order.state != OrderState.OPEN or order.expires_at <= now:
        raise Refusal(_("This order does not wait for a payment"))
    to_pay(order, now=now, cause=f"{order.ref}:{now.timestamp():.6f}")


def balance_due(order, entry, *, now):
    """No proof was cleared for a lower price: the balance, and until when it is paid."""
    subject = _("Please pay the balance: %(meeting)s", meeting=entry.meeting.title)
    _post("balance_due", order, now, subject, entry=entry, for_others=is_for_others(order))


def balance_over(order, entry, *, now):
    """A proof is cleared after all: what was asked for is not due any more."""
    subject = _("Nothing is due any more: %(meeting)s", meeting=entry.meeting.title)
    _post("balance_over", order, now, subject, entry=entry, for_others=is_for_others(order))


def by_transfer(order, promised, *, now):
    """How to pay by bank transfer, and until when."""
    meeting = meeting_in(order)
    told = {"promised": promised, "account": promised.account, "reference": payments.bank.reference_of(order)}
    subject = _("How to pay by bank transfer: %(meeting)s", meeting=meeting.title)
    _post("by_transfer", order, now, subject, zone=meeting.timezone, missing=payments.missing(order), **told)


def paid_in_part(order, payment, *, missing, now):
    """Part of what is due came by the bank: how much is still missing, and until when."""
    meeting = meeting_in(order)
    zone = meeting.timezone if meeting else "UTC"
    cause = f"{order.ref}:{payment.id}"
    told = {"came": payment.amount, "missing": missing, "zone": zone}
    _post("paid_in_part", order, now, _("Part of your payment is here"), cause=cause, **told)


def on_its_way(order, *, debit, now):
    """A bank debit was started, one letter for each: the places stay held until it clears."""
    _post("on_its_way", order, now, _("Your payment is on its way"), cause=f"{order.ref}:{debit}")


def not_paid(order, *, debit, now):
    """A bank debit did not clear: the order is held still, is for staff to decide, or has lapsed, as it stands."""
    meeting = meeting_in(order)
    facts = {"is_held": order.state == OrderState.OPEN, "is_parked": order.state == OrderState.PARKED}
    facts |= {
        "came": payments.owed(order),
        "is_dues": is_for_dues(order),
        "is_agreed": bool(dunning.dates_of([order.id])),
    }
    facts |= {"zone": _zone_of(order), "city": meeting.city if meeting else None}
    _post("not_paid", order, now, _("Your payment did not come through"), cause=f"{order.ref}:{debit}", **facts)


def lapsed(order, *, now):
    """The time to pay is over: the places went back and what was typed is kept, or a change was not done and all is as before.

    What had come of the price is named, with where it goes.

    Whoever has had the term of these dues another way is not told that it was not paid.
    """
    is_change, for_others = registration.changes.change_of(order.id) is not None, is_for_others(order)
    is_dues = is_for_dues(order)
    if is_dues and has_terms_of(order):
        return
    subject = _("Your membership was not paid") if is_dues else _("Your places were given back")
    if is_change:
        subject = (
            _("A place that you pay for was not changed") if for_others else _("Your registration was not changed")
        )
    facts = {"is_change": is_change, "for_others": for_others, "is_dues": is_dues}
    _post("lapsed", order, now, subject, **facts, back=returning.of_orders([order.id]).get(order.id, []))


def returned(order, *, amount, reason, now):
    """Money came when a place was gone: `amount` is on its way back; nothing, when what came is in no book of ours."""
    facts = {"amount": amount, "reason": reason, "came": payments.payments_of(order), "zone": _zone_of(order)}
    facts["back"] = returning.of_orders([order.id]).get(order.id, [])
    facts["ways"] = [(text, absolute_url(name, **values)) for text, name, values in returning.instead(order)]
    _post("returned", order, now, _("Your payment goes back: we could not give you what it was for"), **facts)


def _zone_of(order):
    meeting = meeting_in(order)
    return meeting.timezone if meeting else society.timezone()


def paid_twice(order, payment, *, now):
    """A further payment for the same order is on its way back: one letter for each."""
    cause = f"{order.ref}:{payment.id}"
    _post("paid_twice", order, now, _("You paid twice: the second payment is being returned"), cause=cause)


def refunded(order, *, amount, ended, reason, now):
    """Staff sent money back, or took something back."""
    cause = f"{order.ref}:{now.timestamp():.6f}"
    _post("refunded", order, now, _("Your refund"), cause=cause, amount=amount, ended=ended, reason=reason)
    for line in ended:
        entry = registration.by_id(line.reference) if line.kind == "registration" else None
        if entry is not None and entry.contact_id != order.person_id:
            seat_news.ended(entry, payer_of(order).full_name, now=now, cause=cause)


def again(order, *, now, entry=None):
    """The confirmation once more, because staff or the person asked for it; `entry`: whose, when somebody else paid."""
    cause = f"{order.ref}:{now.timestamp():.6f}"
    if is_for_others(order):
        seat_mails.again(order, entry, now=now, cause=cause)
        return
    _confirm(order, registration_in(order), now, _("Your confirmation, once more"), cause=cause)


def renew_or_pay(entry, line, *, more, until, now):
    """The membership behind a member price has ended: renewing in time keeps the price, which only its person can do."""
    subject = _("Renew to keep your price: %(meeting)s", meeting=entry.meeting.title)
    facts = {"entry": entry, "line": line, "more": more, "until": until, "zone": entry.meeting.timezone}
    facts["join_url"] = absolute_url("membership.join")
    order = payments.order_by_id(line.order_id)
    facts["payer"] = payer_of(order).full_name if order.person_id != entry.person_id else None
    _post("renew_or_pay", order, now, subject, cause=f"line:{line.id}", to=entry.person, **facts)


def balance(order, entry, *, now):
    """The membership behind a member price had ended when it was checked: what is to be paid, and why."""
    subject = _("Please pay the difference: %(meeting)s", meeting=entry.meeting.title)
    zone = entry.meeting.timezone
    _post("balance", order, now, subject, entry=entry, zone=zone, for_others=is_for_others(order))


def _confirm(order, entry, now, subject, *, cause):
    enclosed = entry is not None and not is_for_guests(order)
    calendar = [("meeting.ics", "text/calendar; method=PUBLISH", calendar_of(entry))] if enclosed else []
    page = absolute_url("meetings.page", code=entry.meeting.code) if entry else ""
    credit = registration.pricing.credit_in_words(order, entry.meeting, now) if entry else None
    told = {"entry": entry, "meeting_url": page, "credit": credit, "card": _card_of(order), **_guests_in(order, entry)}
    _post("confirmed", order, now, subject, cause=cause, enclosures=calendar, **told)


def _card_of(order):
    """The saved card that has paid an order by itself, in words; empty when it was paid another way."""
    rows = payments.cards.charging.charges_of(order.id)
    paid = [card for charge, card in rows if charge.state == payments.cards.ChargeState.SUCCEEDED]
    return payments.cards.words.card_in_words(paid[-1]) if paid else ""


def _guests_in(order, entry):
    """The guests whom an order is about, whether it is about them alone, and where they are looked after."""
    address = absolute_url("checkout.guests", code=entry.meeting.code) if entry else ""
    return {"guests": guests_in(order), "is_for_guests": is_for_guests(order), "guests_url": address}


def _post(kind, order, now, subject, *, cause=None, to=None, enclosures=(), **values):
    mail.post(
        kind=kind,
        cause=cause or order.ref,
        to=to or payer_of(order),
        subject=subject,
        template=f"checkout/mail/{kind}.txt",
        now=now,
        enclosures=enclosures,
        order=order,
        order_url=absolute_url("checkout.order", ref=order.ref),
        **values,
    )
