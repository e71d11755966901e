"""Asking for a change: its order is placed and its places are held; nothing to pay, and it is done at once."""

from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _

from conference import audit, payments, registration
from conference.checkout import mails
from conference.checkout.changing.billing import bill_for
from conference.checkout.changing.completing import complete, locked_lines
from conference.checkout.changing.quoting import quote_cancel, quote_change, quoted, refuse_unless_confirmed
from conference.checkout.changing.sold import lines_of
from conference.checkout.entering import held_until
from conference.checkout.placing import refuse_too_small
from conference.checkout.settling import settle_free
from conference.kernel import Refusal
from conference.registration import changes


def change(entry, wish, *, seen, by, now, reason="", waived=False):
    """Another ticket or other add-ons, at the price that was `seen` (Quoted.seen); the Change, done or waiting for its payment.

    SoldOut, NotSold, or Refusal in words; then nothing is changed.
    """
    quote = quote_change(entry, wish, now=now, waived=waived)
    return ask(entry, quote, seen=seen, by=by, now=now, reason=reason)


def change_on_behalf(entry, wish, *, seen, by, now, reason="", waived=False):
    """As `change`, by staff: a rest to be paid is held for as long as the office holds places, and a letter asks for it."""
    quote = quote_change(entry, wish, now=now, waived=waived)
    until = held_until(entry.meeting, now)
    asked = ask(entry, quote, seen=seen, by=by, now=now, reason=reason, expires_at=until)
    if asked.state == changes.ChangeState.OPEN:
        mails.to_pay(payments.order_by_id(asked.order_id), now=now)
    return asked


def cancel(entry, *, seen, by, now, reason="", waived=False):
    """End a registration as the table says; the Change. Refusal in words, and then nothing is changed."""
    quote = quote_cancel(entry, now=now, waived=waived)
    return ask(entry, quote, seen=seen, by=by, now=now, reason=reason)


def reprice(entry, *, line, reason, by, now, expires_at=None):
    """Sell the ticket anew at the price of `line` (NewLine, of kind "registration"); the Change.

    Cheaper, the difference goes back at once; dearer, an order over the balance waits until `expires_at`, and the registration
    stands meanwhile. Refusal while another change waits.
    """
    refuse_unless_confirmed(entry)
    ends = [each for each in lines_of(entry) if each.kind == "registration"]
    add_ons = [booking.add_on for booking in entry.bookings]
    quote = quoted(changes.Kind.REPRICE, entry, ends, [line], category=entry.category, add_ons=add_ons)
    return ask(entry, quote, seen=quote.seen, by=by, now=now, reason=reason, expires_at=expires_at)


def ask(entry, quote, *, seen, by, now, reason, expires_at=None, heir=None, named=None):
    """Place a Quoted and hold what it needs; the Change, done at once when nothing is due.

    `heir` is the registration that takes over, of the person of whom `named` says address and name as they were typed.
    """
    if seen != quote.seen:
        raise Refusal(_("The price has changed since you looked. Check it again."), field="seen")
    refuse_too_small(quote.due)
    locked_lines([line.id for line in quote.ending])
    bill = bill_for(entry, quote, by=by)
    order = _open(bill, quote, now, expires_at, named, entry.meeting.scope) if quote.lines else None
    bill.remember(order)
    asked = registration.changes.ask(
        entry,
        kind=quote.kind,
        after=_after(entry, quote, named),
        ends=[line.id for line in quote.ending],
        order=order,
        refund=quote.refund,
        heir=heir,
        reason=reason,
        by=by,
        now=now,
    )
    for each in (entry, *quote.guests):
        audit.record(by=by, verb="asked for a change", subject=each, now=now, after=_told(quote), note=reason)
    if not quote.due:
        _do_at_once(asked, order, now)
    return asked


def _do_at_once(asked, order, now):
    if order is None:
        complete(asked, None, now=now)
        mails.changed(asked, None, now=now)
    else:
        settle_free(order, now=now)


def _open(bill, quote, now, expires_at, named, scope):
    until = expires_at or now + timedelta(minutes=current_app.config["HOLD_MINUTES"])
    lines = [*bill.lines(quote.lines, name=_name(named)), *_credits(bill, quote)]
    facts = {"currency": quote.due.currency, "lines": lines, "now": now, "expires_at": until, "scope": scope}
    return payments.open_order(person_id=bill.person_id, **facts)


def _name(named):
    """How whoever typed it calls somebody else."""
    if named is None:
        return ""
    return " ".join(part for part in (named["given_name"], named["family_name"]) if part) or named["email"]


def _credits(bill, quote):
    """What was paid for the lines that end, as far as it pays for what comes instead."""
    rest = quote.credit
    for line in quote.ends:
        part = min(rest, line.amount)
        if part.minor > 0:
            yield bill.credit(line, part)
            rest = rest - part


def _after(entry, quote, named):
    wish = quote.wish
    return ({"heir": named} if named else {}) | {
        "category_id": quote.category_id,
        "span": wish.span if wish else entry.span,
        "mode": str(wish.mode if wish else entry.mode),
        "add_ons": sorted(each.id for each in quote.add_ons),
        "guests": [each.id for each in quote.guests],
    }


def _told(quote):
    return {"change": str(quote.kind), "due": quote.due.minor, "refund": quote.refund.minor}
