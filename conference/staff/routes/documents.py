"""Invoices, credit notes and pro-formas at the desk: the list with downloads, one document, made for an order, made out anew; receipts that were handed out."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, checkout, payments
from conference.kernel import Refusal, clock, transaction
from conference.payments import OrderState, documents
from conference.staff import document_list, order_account
from conference.staff.access import treasurer
from conference.staff.document_forms import DueForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.orders import order_of
from conference.web import allow, csv_response, page_number, paginate, refuse_into, xlsx_response


@bp.get("/documents", endpoint="documents")
@allow(treasurer)
def list_documents():
    """Searched, filtered, sorted and paged by the address."""
    wish = document_list.wish_of_request()
    return render_template(
        "staff/money/documents.html",
        wish=wish,
        page=paginate(document_list.listed(wish), number=page_number(), scalars=False),
        series=documents.queries.all_series(),
        kinds=documents.words.KINDS,
        seller=documents.queries.seller(),
        has_rates=bool(documents.queries.rates()),
    )


@bp.get("/documents.<any(csv,xlsx):ending>")
@allow(treasurer)
def export_documents(ending):
    """What the list shows, as a table; that is remembered."""
    wish, now = document_list.wish_of_request(), clock.now()
    with transaction():
        after = {**wish.asked, "table": ending}
        audit.record(
            by=current_user.person, verb="exported documents", subject=current_user.person, now=now, after=after
        )
    header, rows = document_list.table(wish)
    name = f"documents-{now.date().isoformat()}.{ending}"
    if ending == "csv":
        return csv_response(name, header, rows)
    return xlsx_response(name, _("Documents"), header, rows)


@bp.get("/documents/<ref:document_ref>")
@allow(treasurer)
def document(document_ref):
    """What it says, what it corrects and by what it was corrected."""
    found = document_of(document_ref)
    return render_template(
        "staff/money/document.html",
        document=found,
        order=payments.order_by_id(found.order_id),
        corrects=documents.queries.by_id(found.corrects_id) if found.corrects_id else None,
        notes=documents.queries.notes_on(found),
        stands=documents.queries.stands(found),
        letter=documents.letters.of_document(found),
        kinds=documents.words.KINDS,
        reasons=documents.words.REASONS,
        rate=documents.words.rate_in_words,
        anchor=order_account.anchor,
        happenings=audit.happenings(audit.stories_of([found])),
    )


@bp.get("/documents/<ref:document_ref>.pdf")
@allow(treasurer)
def document_pdf(document_ref):
    """Byte by byte as it was first rendered."""
    found = document_of(document_ref)
    return checkout.pdf_response(documents.kept(found), f"{found.number.replace('/', '-')}.pdf")


@bp.get("/order/<ref:ref>/papers/<ref:paper_ref>.pdf")
@allow(treasurer)
def order_paper(ref, paper_ref):
    """A receipt or a statement as it was handed out."""
    order = order_of(ref)
    found = checkout.kept_papers.kept_by_ref(order, paper_ref) or abort(404)
    return checkout.pdf_response(found.pdf, f"{found.kind}-{order.ref}.pdf")


@bp.get("/documents/<ref:document_ref>/correction")
@allow(treasurer)
def correct_document(document_ref):
    """Whom it should have been made out to."""
    found = _correctable(document_ref)
    return _show(payments.order_by_id(found.order_id), _form().filled(found.made_out_to), found)


@bp.post("/documents/<ref:document_ref>/correction")
@allow(treasurer)
def do_correct_document(document_ref):
    """A credit note and a new invoice in one step."""
    found, form = _correctable(document_ref), documents.BillToForm.of_request().of()
    order = payments.order_by_id(found.order_id)
    if not form.validate():
        return _show(order, form, found), 422
    try:
        with transaction():
            note, made = checkout.invoicing.correct(
                found, order, buyer=form.buyer, by=current_user.person, now=clock.now()
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(payments.order_by_id(order.id), form, found), 409
    flash(_("%(note)s credits the old invoice, %(made)s takes its place.", note=note.number, made=made.number), "good")
    return redirect(url_for(".document", document_ref=made.ref), 303)


@bp.get("/order/<ref:ref>/invoice")
@allow(treasurer)
def invoice_order(ref):
    """To whom an order is billed; one that waits for its payment, until when."""
    order = _invoiceable(ref)
    return _show(order, _form(order).filled(*checkout.invoicing.first_guess(order)))


@bp.post("/order/<ref:ref>/invoice")
@allow(treasurer)
def do_invoice_order(ref):
    """Make the invoice; of an open order, payable until a day."""
    order = _invoiceable(ref)
    form = _form(order, request.form)
    if not form.validate():
        return _show(order, form), 422
    due_on = form.due_on.data if "due_on" in form else None
    try:
        with transaction():
            made = checkout.invoicing.invoice(
                order, buyer=form.buyer, by=current_user.person, now=clock.now(), due_on=due_on
            )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(order_of(ref), form), 409
    flash(_("%(number)s is made.", number=made.number), "good")
    return redirect(url_for(".document", document_ref=made.ref), 303)


def document_of(document_ref):
    """The document that the address names; 404 when there is none."""
    return documents.queries.by_ref(document_ref) or abort(404)


def _correctable(document_ref):
    found = document_of(document_ref)
    if found.kind != documents.DocumentKind.INVOICE or not documents.queries.stands(found):
        abort(409)
    return found


def _invoiceable(ref):
    order = order_of(ref)
    if order.state not in (OrderState.PAID, OrderState.OPEN, OrderState.ONGOING):
        abort(409)
    return order


def _form(order=None, posted=None):
    is_open = order is not None and order.state != OrderState.PAID
    return (DueForm if is_open else documents.BillToForm)(posted).of()


def _show(order, form, corrected=None):
    return render_template("staff/money/bill_to.html", order=order, form=form, corrected=corrected)
