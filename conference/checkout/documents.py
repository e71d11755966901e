"""Receipts as PDF."""

from flask import make_response, render_template

from conference import payments, pdf, people, society
from conference.checkout.mails import registration_in


def receipt(order):
    """The receipt of an order with its lines, payments and refunds: PDF bytes."""
    entry = registration_in(order)
    html = render_template(
        "checkout/receipt.html",
        order=order,
        person=people.by_id(order.person_id),
        entry=entry,
        payments=payments.payments_of(order),
        refunds=payments.refunds_of(order),
        society=society.current(),
        zone=entry.meeting.timezone if entry else "UTC",
    )
    return pdf.render(html)


def pdf_response(content, file_name):
    """A PDF answer to be shown or saved under `file_name`."""
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
