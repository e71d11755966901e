"""Papers of orders as PDF: receipts and statements, and the list for collecting badges.

Receipts and statements are in the language of their reader's papers, whatever that of the page is: the one in which they had their last
document made out, else the seller's; only where nothing is sold by invoices, that of the page. As they are rendered, they are kept (kept_papers).
"""

from dataclasses import dataclass

from flask import make_response, render_template
from flask_babel import force_locale, get_locale

from conference import payments, pdf, people, registration, society
from conference.checkout.kept_papers import kept
from conference.checkout.paper_rules import PaperKind
from conference.checkout.queries import meeting_in, registration_in
from conference.checkout.retelling import retold
from conference.kernel import Money, clock, db
from conference.registration import groups
from conference.web import absolute_url

SHOWN = 10  # of a provider's reference: enough to find it, and it fits the line


@dataclass(frozen=True)
class Account:
    """What came, what went back, what pays in other orders [(reference, Money)], and what was kept of it."""

    payments: list
    refunds: list
    received: Money
    returned: Money
    carried: list

    @property
    def kept(self):
        """What the society has of it for this order, without what pays in others by now."""
        return (
            self.received - self.returned - Money.total([money for _ref, money in self.carried], self.received.currency)
        )

    @property
    def state(self):
        """One of "paid", "free", "part" (some went back), "returned" (all of it did)."""
        if not self.received:
            return "free"
        if not self.returned:
            return "paid"
        return "part" if self.kept else "returned"


@dataclass(frozen=True)
class Named:
    """Somebody of whom a receipt says a name and an address alone."""

    full_name: str
    email: str
    degrees: str = ""
    institution: str = ""
    city: str = ""
    country: str = ""


def receipt(order):
    """The receipt of an order with its lines, payments and refunds; the statement of one for a group: PDF bytes."""
    order = _anew(order)
    group, person = groups.group_of_orders([order.id]), people.by_id(order.person_id)
    with language_of(person):
        if group is not None:
            return _statement(order, person, group)
        return _receipt(order, person, order.lines, account_of(order))


def collecting_list(group, seats, exhibitor):
    """The badges of a group's `seats` for whoever collects them all, to be signed: PDF bytes."""
    html = render_template(
        "checkout/collecting.html",
        group=group,
        seats=seats,
        exhibitor=exhibitor,
        meeting=group.meeting,
        society=society.current(),
        paper=pdf.paper_for(group.meeting.country),
        now=clock.now(),
    )
    return pdf.render(html)


def seat_receipt(entry, seat, group):
    """An attendee's own part of what somebody else paid, over all the orders that sold it: PDF bytes."""
    return _seat_receipt(seat, group, entry.person, reader=entry.person)


def seat_receipt_for_payer(seat, group):
    """The same for whoever paid, with the name and address that they wrote down, and nothing else of its person."""
    payer = people.by_id(payments.order_by_id(seat.order_id).person_id)
    return _seat_receipt(seat, group, Named(seat.name, seat.email), reader=payer)


def _anew(order):
    """The order as it stands: what was read before somebody waited for a lock would contradict what is read behind it."""
    db.session.expire_all()
    return payments.order_by_id(order.id)


def _seat_receipt(seat, group, person, *, reader):
    order = _anew(payments.order_by_id(seat.order_id))
    lines = groups.seat_of(group, seat.id).lines
    with language_of(reader):
        return _receipt(order, person, lines, None, paid_by=group)


def _statement(order, person, group):
    meeting, ours = group.meeting, society.current()
    standing = Money.total([line.amount for line in order.lines if not line.ended_at], order.currency)
    html = render_template(
        "checkout/statement.html",
        order=order,
        person=person,
        group=group,
        meeting=meeting,
        rows=[(line, *_row(line, meeting)) for line in order.lines],
        has_grants=any(line.rule.get("grant") for line in order.lines),
        split=groups.split(order.lines, order.currency),
        account=account_of(order),
        gone=order.total - standing,
        due=standing,
        society=ours,
        zone=meeting.timezone,
        paper=pdf.paper_for(person.country),
        pay_url=absolute_url("checkout.order", ref=order.ref),
        short=short_reference,
        **said(),
    )
    return kept(order, PaperKind.STATEMENT, html)


def _row(line, meeting):
    name, what = whose(line, meeting)
    return name, retold(what, line)


def whose(line, meeting):
    """(name, what) of a line of a group, whose title begins with the name of the seat; the meeting stands above.

    A fee names the line for which it is, within its own words: these are for nobody.
    """
    if line.kind == "fee":
        return "", line.title.replace(f"{meeting.title}: ", "")
    name, parted, what = line.title.partition(f": {meeting.title}: ")
    if parted:
        return name, what
    name, parted, what = line.title.partition(": ")
    is_named = parted and line.kind == "add_on"
    return (name, what) if is_named else ("", line.title.replace(f"{meeting.title}: ", ""))


def _receipt(order, person, lines, account, *, paid_by=None):
    meeting, ours = meeting_in(order), society.current()
    html = render_template(
        "checkout/receipt.html",
        order=order,
        person=person,
        lines=lines,
        total=Money.total([line.amount for line in lines], order.currency),
        paid_by=paid_by,
        meeting=meeting,
        account=account,
        credit=_credit(order, meeting) if account else None,
        society=ours,
        zone=meeting.timezone if meeting else (ours.timezone if ours else "UTC"),
        paper=pdf.paper_for(person.country),
        short=short_reference,
        titles={line.id: retold(line.title, line) for line in lines},
        **said(),
    )
    return kept(order, PaperKind.PART if paid_by else PaperKind.RECEIPT, html)


def language_of(reader):
    """Whatever is written within it is in the language of somebody's papers."""
    return force_locale(payments.documents.queries.language_of(reader) or str(get_locale() or "en"))


def said():
    """What a paper is told of its language."""
    words, language = payments.documents.words, str(get_locale() or "en")
    return {
        "tax_number": words.tax_number,
        "language": language.replace("_", "-"),
        "says_why": words.is_spoken(language),
    }


def _credit(order, meeting):
    """What joining would still give back of the payer's own registration, in words, or None."""
    own = registration_in(order)
    return registration.pricing.credit_in_words(order, meeting, clock.now()) if own else None


def account_of(order):
    """The Account of an order; refunds that failed or were called off have not gone back."""
    came = payments.payments_of(order)
    back = [refund for refund in payments.refunds_of(order) if refund.state not in payments.rules.UNDONE]
    return Account(
        payments=came,
        refunds=back,
        received=Money.total([each.amount for each in came], order.currency),
        returned=Money.total([each.amount for each in back], order.currency),
        carried=payments.carried_from(order),
    )


def short_reference(payment):
    """The end of the provider's reference, by which its statement finds it; empty for money that came another way."""
    return f"…{payment.provider_ref[-SHOWN:]}" if payment.provider == payments.Provider.STRIPE else ""


def pdf_response(content, file_name):
    """A PDF answer to be shown or saved under `file_name`."""
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
