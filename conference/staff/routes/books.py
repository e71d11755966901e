"""The books at the desk: months with their journals and reports, closing and opening them, the chart of accounts."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import books, society
from conference.kernel import Refusal, clean_line, clock, transaction
from conference.staff import book_keeping
from conference.staff.access import treasurer
from conference.staff.books_form import AccountsForm, ReopenForm
from conference.staff.routes.blueprint import bp
from conference.web import administrator, allow, csv_response, page_number, paginate, refuse_into, xlsx_response


@bp.get("/money/books")
@allow(treasurer)
def books_months():
    """Every month since the first booking, and whether it is closed."""
    now = clock.now()
    found = books.months(now)
    names = book_keeping.people_of([each.closure for each in found if each.closure])
    return render_template("staff/money/books.html", months=found, names=names, now=now, words=books.words)


@bp.get("/money/books/<month>")
@allow(treasurer)
def books_month(month):
    """What a month comes to by account, what is still open, and closing it."""
    return _show_month(_period(month), ReopenForm())


@bp.post("/money/books/<month>/close")
@allow(treasurer)
def close_month(month):
    """Close it."""
    found = _period(month)
    with transaction():
        books.close(found.month, by=current_user.person, now=clock.now())
    flash(_("Closed. Nothing can be booked into this month any more."), "good")
    return redirect(url_for(".books_month", month=month), 303)


@bp.post("/money/books/<month>/reopen")
@allow(administrator)
def reopen_month(month):
    """Open the newest closed month again."""
    found, form = _period(month), ReopenForm.of_request()
    if not form.validate():
        return _show_month(found, form), 422
    try:
        with transaction():
            books.reopen(found.month, why=form.why.data, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_month(_period(month), form), 409
    flash(_("The month is open again."), "good")
    return redirect(url_for(".books_month", month=month), 303)


@bp.get("/money/books/<month>/journal")
@allow(treasurer)
def books_journal(month):
    """The lines of a month, found by account, by what they are for, and by words."""
    found, wanted = _period(month), _wanted()
    return render_template(
        "staff/money/journal.html",
        period=found,
        page=books.page(found, wanted, number=page_number()),
        wanted=wanted,
        scopes=books.scopes(found),
        named=books.accounts.of_period(found),
        words=books.words,
    )


@bp.get("/money/books/<month>/journal.<any('csv','xlsx'):kind>")
@allow(treasurer)
def books_journal_file(month, kind):
    """The whole journal for accounting software."""
    found = _period(month)
    header, rows = books.journal_table(found)
    if kind == "csv":
        return csv_response(f"journal-{found.month}.csv", header, rows)
    return xlsx_response(f"journal-{found.month}.xlsx", found.month, header, rows)


@bp.get("/money/books/<month>/reports")
@allow(treasurer)
def books_reports(month):
    """Money by provider, what is deferred, open accounts, what was kept and given, Stripe's fees."""
    found = _period(month)
    currency, chart = book_keeping.days_chart(found)
    reports, deferred = books.reports, books.reports.deferred(found)
    return render_template(
        "staff/money/books_reports.html",
        period=found,
        cash=reports.cash(found),
        currency=currency,
        chart=chart,
        deferred=book_keeping.deferred_bars(found, deferred),
        sums=reports.together(deferred),
        aged=reports.aged(found),
        overdue=books.receivables.by_age(found),
        page=paginate(reports.open_accounts(found), number=page_number(), scalars=False),
        kept=reports.kept(found),
        named=books.accounts.of_period(found),
        fees=reports.stripes_fees(found),
        words=books.words,
    )


@bp.get("/money/books/<month>/invoices")
@allow(treasurer)
def books_invoices(month):
    """Invoices to be paid until a day that were open at the end, by days past it."""
    found, receivables = _period(month), books.receivables
    page = paginate(receivables.open_invoices(found), number=page_number(), scalars=False)
    invoices = [receivables.read(row) for row in page.items]
    return render_template(
        "staff/money/books_invoices.html", period=found, page=page, invoices=invoices, words=books.words
    )


@bp.get("/money/books/<month>/invoices.<any('csv','xlsx'):kind>")
@allow(treasurer)
def books_invoices_file(month, kind):
    """All of them for accounting software."""
    found = _period(month)
    header, rows = books.receivables.invoice_table(found)
    name = f"open-invoices-{found.month}"
    if kind == "csv":
        return csv_response(f"{name}.csv", header, rows)
    return xlsx_response(f"{name}.xlsx", found.month, header, rows)


@bp.get("/money/accounts")
@allow(treasurer)
def book_accounts():
    """The chart of accounts."""
    return _show_accounts(AccountsForm.for_roles())


@bp.post("/money/accounts")
@allow(treasurer)
def set_book_accounts():
    """Change it."""
    form = AccountsForm.for_roles(request.form)
    if not form.validate():
        return _show_accounts(form), 422
    with transaction():
        facts = {"subject": society.current(), "by": current_user.person, "now": clock.now()}
        books.accounts.change(form.wanted(), **facts)
    flash(_("Saved. Closed months keep the accounts they had."), "good")
    return redirect(url_for(".book_accounts"), 303)


def _period(month):
    return books.period(month) or abort(404)


def _wanted():
    role, asked = request.args.get("account", ""), request.args
    chosen = books.Role(role) if role in list(books.Role) else None
    return books.Wanted(chosen, clean_line(asked.get("scope", ""))[:60], clean_line(asked.get("q", ""))[:200])


def _show_month(found, form):
    rows, history, closed = book_keeping.rows(found), books.history(found.month), books.closures()
    return render_template(
        "staff/money/month.html",
        period=found,
        rows=rows,
        sums=book_keeping.sums(rows),
        standing=books.standing(),
        refusal=books.refuse_closing(found, closed, clock.now()),
        is_newest=bool(closed) and closed[0].month == found.month,
        may_reopen=administrator(current_user),
        history=history,
        names=book_keeping.people_of(history),
        form=form,
        words=books.words,
    )


def _show_accounts(form):
    return render_template("staff/money/accounts.html", form=form)
