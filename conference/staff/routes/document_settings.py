"""What finance staff set for documents: who sells, rates of tax; and the series, to be seen without a gap."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, checkout, society
from conference.kernel import Refusal, clock, transaction, whole_number
from conference.payments import documents
from conference.staff import tax_items
from conference.staff.access import treasurer
from conference.staff.document_forms import RateForm, SellerForm
from conference.staff.routes.blueprint import bp
from conference.web import allow, refuse_into


@bp.get("/documents/seller")
@allow(treasurer)
def seller():
    """Who sells, as it was last saved; before that, what the society says of itself."""
    return _show_seller(_seller_form(documents.queries.seller()))


@bp.post("/documents/seller")
@allow(treasurer)
def save_seller():
    """From now on; what was issued stays as it is."""
    form = SellerForm.of_request().of()
    if not form.validate():
        return _show_seller(form), 422
    version = whole_number(form.version.data or "", 9) or 0
    try:
        with transaction():
            checkout.bank_details.save_seller(version=version, by=current_user.person, now=clock.now(), **form.facts())
    except Refusal as refusal:
        refuse_into(form, refusal)
        form.version.data, form.version.raw_data = documents.queries.seller().id, None
        return _show_seller(form), 409
    flash(_("Saved. It stands on every document from now on."), "good")
    return redirect(url_for(".seller"), 303)


@bp.get("/documents/rates")
@allow(treasurer)
def tax_rates():
    """All of them."""
    return render_template(
        "staff/money/rates.html", rates=documents.queries.rates(), words=documents.words, titles=tax_items.titles()
    )


@bp.get("/documents/rates/new")
@allow(treasurer)
def new_tax_rate():
    """A form for one."""
    return _show_rate(RateForm(version="0").of())


@bp.post("/documents/rates/new")
@allow(treasurer)
def add_tax_rate():
    """Make it."""
    return _save_rate(RateForm.of_request().of())


@bp.get("/documents/rates/<int:rate_id>")
@allow(treasurer)
def tax_rate(rate_id):
    """As it stands."""
    rate = _rate(rate_id)
    return _show_rate(RateForm(obj=rate).of(rate).filled(rate), rate)


@bp.post("/documents/rates/<int:rate_id>")
@allow(treasurer)
def change_tax_rate(rate_id):
    """Change it for documents to come."""
    rate = _rate(rate_id)
    return _save_rate(RateForm.of_request().of(rate), rate)


@bp.post("/documents/rates/<int:rate_id>/remove")
@allow(treasurer)
def remove_tax_rate(rate_id):
    """Take it away; documents keep theirs."""
    rate = _rate(rate_id)
    with transaction():
        documents.remove_rate(rate, by=current_user.person, now=clock.now())
    flash(_("Taken away. Documents that were issued keep it."), "good")
    return redirect(url_for(".tax_rates"), 303)


@bp.get("/documents/series")
@allow(treasurer)
def document_series():
    """Every series with its last number, and whether all of them are there."""
    return render_template("staff/money/series.html", series=documents.queries.all_series(), faults=documents.gaps())


def _rate(rate_id):
    return documents.queries.rate(rate_id) or abort(404)


def _seller_form(found):
    if found is not None:
        return SellerForm(obj=found, version=found.id).of()
    ours = society.current()
    facts = {"name": ours.name, "address": ours.address, "tax_id": ours.tax_id, "email": ours.email} if ours else {}
    usual = {"invoice_pattern": "INV-{year}-{number}", "credit_pattern": "CN-{year}-{number}", "digits": 5}
    return SellerForm(version=0, style=str(documents.Style.INCLUSIVE), **usual, **facts).of()


def _show_seller(form):
    found = documents.queries.seller()
    happenings = audit.happenings(audit.stories_of([found])) if found else []
    return render_template("staff/money/seller.html", form=form, seller=found, happenings=happenings)


def _save_rate(form, rate=None):
    if not form.validate():
        return _show_rate(form, rate), 422
    who = {"by": current_user.person, "now": clock.now()}
    try:
        with transaction():
            if rate is None:
                documents.add_rate(**form.facts(), **who)
            else:
                version = whole_number(form.version.data or "", 9) or 0
                documents.change_rate(rate, version=version, **form.facts(), **who)
    except Refusal as refusal:
        refuse_into(form, refusal)
        now_is = documents.queries.rate(rate.id) or abort(404)  # somebody else has taken it away
        form.version.data, form.version.raw_data = now_is.version, None
        return _show_rate(form, now_is), 409
    flash(_("Saved."), "good")
    return redirect(url_for(".tax_rates"), 303)


def _show_rate(form, rate=None):
    happenings = audit.happenings(audit.stories_of([rate])) if rate else []
    return render_template("staff/money/rate.html", form=form, rate=rate, happenings=happenings)
