"""Documents of one's own order: asking for an invoice or a pro-forma, downloading, having one made out anew."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts
from conference.checkout import invoicing
from conference.checkout.documents import pdf_response
from conference.checkout.queries import meeting_in
from conference.checkout.routes.blueprint import bp, own
from conference.kernel import Refusal, clock, transaction
from conference.payments import documents
from conference.web import allow, refuse_into, signed_in


@bp.get("/orders/<ref:ref>/invoice")
@allow(signed_in)
def ask_invoice(ref):
    """To whom it is made out."""
    order = own(ref)
    kind = invoicing.may_ask(order)
    if kind is None:
        return _to(order)
    return _show(order, kind, documents.BillToForm().of().filled(*invoicing.first_guess(order)))


@bp.post("/orders/<ref:ref>/invoice")
@allow(signed_in)
def make_invoice(ref):
    """Make it: it is never changed afterwards."""
    order, form = own(ref), documents.BillToForm.of_request().of()
    kind = invoicing.may_ask(order) or abort(409)
    if not form.validate():
        return _show(order, kind, form), 422
    make = invoicing.invoice if kind == documents.DocumentKind.INVOICE else invoicing.pro_forma
    try:
        with transaction():
            accounts.claim("document", current_user.person.id, now=clock.now())
            made = make(order, buyer=form.buyer, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(own(ref), kind, form), 409
    flash(_("%(number)s is made. Download it below.", number=made.number), "good")
    return _to(order)


@bp.get("/orders/<ref:ref>/documents/<ref:document_ref>.pdf")
@allow(signed_in)
def document(ref, document_ref):
    """One document of one's order, byte by byte as it was first rendered."""
    found = documents.queries.in_order(own(ref), document_ref) or abort(404)
    with transaction():
        accounts.claim("document", current_user.person.id, now=clock.now())
    return pdf_response(documents.kept(found), f"{found.number.replace('/', '-')}.pdf")


@bp.get("/orders/<ref:ref>/documents/<ref:document_ref>/correction")
@allow(signed_in)
def ask_correction(ref, document_ref):
    """A wrong bill-to: the invoice is credited and made out anew."""
    order, found = _correctable(ref, document_ref)
    if found is None:
        return _to(order)
    return _show(order, found.kind, documents.BillToForm().of().filled(found.made_out_to), found)


@bp.post("/orders/<ref:ref>/documents/<ref:document_ref>/correction")
@allow(signed_in)
def correct_invoice(ref, document_ref):
    """Both documents in one step."""
    order, found = _correctable(ref, document_ref)
    form = documents.BillToForm.of_request().of()
    if found is None:
        abort(409)
    if not form.validate():
        return _show(order, found.kind, form, found), 422
    try:
        with transaction():
            note, made = invoicing.correct_once(found, order, buyer=form.buyer, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(own(ref), found.kind, form, found), 409
    flash(_("%(note)s credits the old invoice, %(made)s takes its place.", note=note.number, made=made.number), "good")
    return _to(order)


def _correctable(ref, document_ref):
    """(order, its document, or None when it cannot be made out anew by the payer)."""
    order = own(ref)
    found = documents.queries.in_order(order, document_ref) or abort(404)
    return order, found if invoicing.may_correct(found, order, current_user.person, clock.now()) else None


def _to(order):
    return redirect(url_for(".order", ref=order.ref, _anchor="documents"), 303)


def _show(order, kind, form, corrected=None):
    return render_template(
        "checkout/invoice.html",
        order=order,
        kind=documents.words.KINDS[kind],
        is_pro_forma=kind == documents.DocumentKind.PRO_FORMA,
        form=form,
        corrected=corrected,
        meeting=meeting_in(order),
    )
