"""Statements at the desk: what a file would add, then, when somebody says yes, its lines."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.payments import bank
from conference.staff.access import treasurer
from conference.staff.bank_form import StatementForm
from conference.staff.bank_words import LINE_STATES
from conference.staff.routes.blueprint import bp
from conference.web import allow, page_number, paginate, refuse_into

LOOK_AGAIN = "2"  # seconds between two looks at a file that the worker has
MANY = 2_000  # lines that the worker keeps rather than who waits for the page


@bp.get("/bank/statements")
@allow(treasurer)
def bank_statements():
    """Choose a file, or look at one from before."""
    return _show(StatementForm())


@bp.post("/bank/statements")
@allow(treasurer)
def check_statement():
    """Read a file and keep nothing but what it would add."""
    form, sent = StatementForm.of_request().of(bank.accounts(closed=False)), request.files.get("file")
    try:
        if not sent or not sent.filename:
            raise Refusal(_("Choose a file."), field="file")
        account = bank.account_of(form.account.data or "")
        if account is None:
            raise Refusal(_("Choose an account."), field="account")
        with transaction():
            facts = {"name": sent.filename, "content": sent.read(), "by": current_user.person, "now": clock.now()}
            kept = bank.keep(account, **facts)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(form), 422
    return redirect(url_for(".bank_statement", statement_ref=kept.ref), 303)


@bp.get("/bank/statements/<ref:statement_ref>")
@allow(treasurer)
def bank_statement(statement_ref):
    """What a file would add, or has added; the page looks again by itself while the worker has it."""
    found = _statement(statement_ref)
    page = render_template(
        "staff/money/bank/statement.html",
        statement=found,
        report=found.report,
        counts=bank.counts(statement=found) if found.imported_at else {},
        states=LINE_STATES,
    )
    return Response(page, headers={"Refresh": LOOK_AGAIN} if found.doing else {})


@bp.post("/bank/statements/<ref:statement_ref>")
@allow(treasurer)
def bring_in_statement(statement_ref):
    """Keep its lines, or have the worker do it."""
    found = _statement(statement_ref)
    if found.report.get("new", MANY + 1) > MANY:
        with transaction():
            bank.ask_to_bring_in(found, by=current_user.person)
        return redirect(url_for(".bank_statement", statement_ref=found.ref), 303)
    with transaction():
        added = bank.bring_in(found, by=current_user.person, now=clock.now())
    flash(ngettext("%(num)s line is kept.", "%(num)s lines are kept.", added), "good")
    return redirect(url_for(".bank_statement", statement_ref=found.ref), 303)


def _statement(ref):
    return bank.statement_of(ref) or abort(404)


def _show(form):
    accounts = bank.accounts(closed=False)
    page = paginate(bank.statements(), number=page_number())
    return render_template("staff/money/bank/statements.html", form=form.of(accounts), accounts=accounts, page=page)
