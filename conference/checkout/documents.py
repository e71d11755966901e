"""Receipts as PDF."""

from dataclasses import dataclass

from flask import make_response, render_template

from conference import payments, pdf, people, registration, society
from conference.checkout.queries import registration_in
from conference.kernel import Money, clock
from conference.payments import RefundState

# Where letters are written on US Letter (CLDR, territory information); A4 elsewhere.
_LETTER = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)  # fmt: skip
SHOWN = 10  # of a provider's reference: enough to find it, and it fits the line


@dataclass(frozen=True)
class Account:
    """What came, what went back, and what was kept of it."""

    payments: list
    refunds: list
    received: Money
    returned: Money

    @property
    def kept(self):
        """What the society has of it."""
        return self.received - self.returned

    @property
    def state(self):
        """One of "paid", "free", "part" (some went back), "returned" (all of it did)."""
        if not self.received:
            return "free"
        if not self.returned:
            return "paid"
        return "part" if self.kept else "returned"


def receipt(order):
    """The receipt of an order with its lines, payments and refunds: PDF bytes."""
    entry, ours = registration_in(order), society.current()
    person = people.by_id(order.person_id)
    html = render_template(
        "checkout/receipt.html",
        order=order,
        person=person,
        entry=entry,
        account=account_of(order),
        credit=registration.pricing.credit_in_words(order, entry.meeting, clock.now()) if entry else None,
        society=ours,
        zone=entry.meeting.timezone if entry else (ours.timezone if ours else "UTC"),
        paper="letter" if person.country in _LETTER else "",
        short=short_reference,
    )
    return pdf.render(html)


def account_of(order):
    """The Account of an order; refunds that failed have not gone back."""
    came = payments.payments_of(order)
    back = [refund for refund in payments.refunds_of(order) if refund.state != RefundState.FAILED]
    return Account(
        payments=came,
        refunds=back,
        received=Money.total([each.amount for each in came], order.currency),
        returned=Money.total([each.amount for each in back], order.currency),
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
