"""Bank accounts at the desk: how they stand against the books, what is known of each, how their files are read."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import checkout, society
from conference.kernel import Refusal, clock, transaction
from conference.payments import bank
from conference.staff.access import treasurer
from conference.staff.bank_form import AccountForm, SampleForm
from conference.staff.menu import meeting_in_view
from conference.staff.routes.blueprint import bp
from conference.web import allow, refuse_into

LARGEST_SAMPLE = 200_000  # bytes that are looked at


@bp.get("/bank")
@allow(treasurer)
def bank_accounts():
    """Each account: what came, where it went, and whether that ties out with the books."""
    return render_template("staff/money/bank/accounts.html", tied=bank.tied(), meeting=meeting_in_view())


@bp.get("/bank/accounts/new")
@allow(treasurer)
def new_bank_account():
    """An empty form, in the society's currency."""
    found = society.current()
    data = {"currency": found.currency, "holder": found.name} if found else {}
    return _show(None, AccountForm(data={"books_exact": True, **data}))


@bp.post("/bank/accounts/new")
@allow(treasurer)
def add_bank_account():
    """Keep a new account."""
    form = AccountForm.of_request()
    if not form.validate():
        return _show(None, form), 422
    try:
        with transaction():
            checkout.bank_details.add_account(by=current_user.person, now=clock.now(), **form.facts)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(None, form), 422
    flash(_("The account is kept. Now its statements can be read."), "good")
    return redirect(url_for(".bank_accounts"), 303)


@bp.get("/bank/accounts/<ref:account_ref>")
@allow(treasurer)
def bank_account(account_ref):
    """What is known of an account."""
    account = _account(account_ref)
    return _show(account, AccountForm.showing(account))


@bp.post("/bank/accounts/<ref:account_ref>")
@allow(treasurer)
def change_bank_account(account_ref):
    """Keep what was changed."""
    account, form = _account(account_ref), AccountForm.of_request()
    if not form.validate():
        return _show(account, form), 422
    try:
        with transaction():
            facts = {"version": form.version.data, "by": current_user.person, "now": clock.now()}
            checkout.bank_details.change_account(account, **facts, **form.facts)
    except Refusal as refusal:
        refuse_into(form, refusal)
        form.version.data, form.version.raw_data = account.version, None
        return _show(account, form), 422
    flash(_("The account is changed."), "good")
    return redirect(url_for(".bank_accounts"), 303)


@bp.post("/bank/accounts/<ref:account_ref>/sample")
@allow(treasurer)
def look_at_sample(account_ref):
    """The first rows of a file as the account's delimiter and encoding cut them; nothing is kept."""
    account, sample, sent = _account(account_ref), SampleForm(), request.files.get("file")
    try:
        content = sent.read(LARGEST_SAMPLE) if sent else b""
        text = bank.decoded(content, account.mapping.get("encoding", ""))
        rows = bank.csv_file.first_rows(text.rpartition("\n")[0] or text, account.mapping)
        if not rows[0]:
            raise Refusal(_("Choose a file."), field="file")
    except Refusal as refusal:
        refusal.field = "file"
        refuse_into(sample, refusal)
        return _show(account, AccountForm.showing(account), sample=sample), 422
    return _show(account, AccountForm.showing(account), rows=rows, sample=sample)


def _account(ref):
    return bank.account_of(ref) or abort(404)


def _show(account, form, *, rows=None, sample=None):
    page = {"account": account, "form": form, "rows": rows, "sample": sample or SampleForm()}
    return render_template("staff/money/bank/account.html", **page)
