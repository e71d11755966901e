"""Reconciliation with Stripe at the desk: payouts, the rows of its balance, and saying what an odd one is."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import books, society
from conference.kernel import clean_line, clock, transaction
from conference.payments import bank, payouts
from conference.staff import balancing
from conference.staff.access import treasurer
from conference.staff.balancing_form import ExplanationForm
from conference.staff.routes.blueprint import bp
from conference.web import allow, csv_response, page_number, paginate, xlsx_response


@bp.get("/money/payouts")
@allow(treasurer)
def payout_list():
    """Payouts with what each is made of; what does not tie out stands above."""
    text, show, today = _text(), request.args.get("show", ""), society.local_day(clock.now())
    asked = payouts.payouts(text, only_open=show == "open")
    if show == "unseen":
        asked = asked.where(bank.unseen(today))
    elif show == "way":
        asked = asked.where(bank.is_on_its_way())
    page = paginate(asked, number=page_number())
    return render_template(
        "staff/money/payouts.html",
        page=page,
        sums=payouts.sums_of(page.items),
        text=text,
        show=show if show in ("open", "unseen", "way") else "",
        seen=balancing.seen(page.items, today),
        standing=balancing.standing(clock.now()),
        on_their_way=books.transit.on_their_way(),
        transit=books.accounts.current()[books.Role.TRANSIT],
    )


@bp.get("/money/payout/<name>")
@allow(treasurer)
def payout(name):
    """One payout: what it is made of, and every row that went along."""
    found = payouts.by_id(name) or abort(404)
    page = paginate(payouts.rows(payout=found), number=page_number())
    return render_template(
        "staff/money/payout.html",
        payout=found,
        page=page,
        orders=balancing.orders_of(page.items),
        words=payouts.words,
        parts=payouts.by_category(found),
        sums=payouts.sums_of([found])[found.id],
        seen=balancing.seen([found], society.local_day(clock.now()))[found.id],
    )


@bp.get("/money/payout/<name>/rows.<any('csv','xlsx'):kind>")
@allow(treasurer)
def payout_file(name, kind):
    """Every row of a payout with what of ours it belongs to, for spreadsheets."""
    found = payouts.by_id(name) or abort(404)
    header, rows = balancing.table(found)
    if kind == "csv":
        return csv_response(f"{found.payout_id}.csv", header, rows)
    return xlsx_response(f"{found.payout_id}.xlsx", _("Rows"), header, rows, zone=society.zone())


@bp.get("/money/balance")
@allow(treasurer)
def balance_rows():
    """The rows of Stripe's balance, the open ones first."""
    found = payouts.categories()
    category = request.args.get("category", "")
    text, only_open = _text(), request.args.get("show") == "open"
    category = category if category in found else ""
    page = paginate(payouts.rows(category=category, only_open=only_open, text=text), number=page_number())
    return render_template(
        "staff/money/balance.html",
        page=page,
        orders=balancing.orders_of(page.items),
        words=payouts.words,
        categories=found,
        category=category,
        text=text,
        only_open=only_open,
    )


@bp.get("/money/missing")
@allow(treasurer)
def missing_at_stripe():
    """Payments and refunds of ours that Stripe's balance does not show."""
    now = clock.now()
    return render_template("staff/money/missing.html", **balancing.missing(now))


@bp.get("/money/row/<name>")
@allow(treasurer)
def balance_row(name):
    """One row, and the form that says what it is."""
    return _show_row(_row(name), ExplanationForm())


@bp.post("/money/row/<name>")
@allow(treasurer)
def explain_row(name):
    """Somebody says what an open row is."""
    row, form = _row(name), ExplanationForm.of_request()
    if not form.validate():
        return _show_row(row, form), 422
    with transaction():
        payouts.explain(row, words=form.words.data, by=current_user.person, now=clock.now())
    flash(_("Kept: this row is explained."), "good")
    return redirect(url_for(".balance_rows", show="open"), 303)


@bp.post("/money/row/<name>/reopen")
@allow(treasurer)
def reopen_row(name):
    """The explanation was wrong."""
    row = _row(name)
    with transaction():
        payouts.reopen(row, by=current_user.person, now=clock.now())
    flash(_("The row is open again."), "good")
    return redirect(url_for(".balance_row", name=name), 303)


def _text():
    return clean_line(request.args.get("q", ""))[:200]


def _row(name):
    return payouts.row_by_id(name) or abort(404)


def _show_row(row, form):
    order = balancing.orders_of([row]).get(row.id)
    return render_template("staff/money/row.html", row=row, form=form, order=order, words=payouts.words)
