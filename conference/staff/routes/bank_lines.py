"""Lines of statements at the desk: those that wait, and what may be done with one."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, checkout, payments
from conference.kernel import Money, Refusal, clean_line, clock, transaction, whole_number
from conference.payments import bank
from conference.staff import bank_lists, words
from conference.staff.access import treasurer
from conference.staff.bank_form import MatchForm, ReasonForm
from conference.staff.bank_words import COUNTERPARTS, LINE_STATES, REASONS, TRACES
from conference.staff.routes.blueprint import bp
from conference.web import allow, csv_response, page_number, paginate, refuse_into


@bp.get("/bank/lines")
@allow(treasurer)
def bank_lines():
    """The queue of lines that wait, the surest first; or those of another state."""
    wish = bank_lists.wish_of(request.args)
    page = paginate(bank.lines(**wish.filters), number=page_number())
    return render_template(
        "staff/money/bank/lines.html",
        page=page,
        wish=wish,
        accounts=bank.accounts(),
        counts=bank.counts(wish.account, wish.statement),
        suggested=bank_lists.suggested(page.items),
        payouts=bank.likely_payouts(page.items),
        states=LINE_STATES,
        reasons=REASONS,
    )


@bp.get("/bank/lines.csv")
@allow(treasurer)
def export_bank_lines():
    """The lines that are wished for, with what they pay."""
    wish = bank_lists.wish_of(request.args)
    return csv_response("bank-lines.csv", bank_lists.COLUMNS, bank_lists.rows(wish))


@bp.get("/bank/lines/<ref:line_ref>")
@allow(treasurer)
def bank_line(line_ref):
    """One line: what it says, what it pays, which orders it may pay; with `find` the orders that are looked for."""
    return show_line(line_at(line_ref))


@bp.post("/bank/lines/<ref:line_ref>/match")
@allow(treasurer)
def match_bank_line(line_ref):
    """Pay an order with it, or with part of it."""
    line, form = line_at(line_ref), MatchForm.of_request()
    if not form.validate():
        return show_line(line, form), 422
    order = payments.order_by_ref(form.order.data.upper()) or abort(404)
    try:
        amount = form.money(line.currency)
        with transaction():
            paid = checkout.banking.match(line.id, order.id, amount=amount, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return show_line(line_at(line_ref), form), 422 if refusal.field else 409
    if paid is None:
        flash(_("You have brought this line in yourself: a second person of finance is asked."), "good")
        return _back(line)
    checkout.close_page_of(payments.order_by_id(order.id))
    flash(_("Matched to order %(ref)s.", ref=order.ref), "good")
    return _back(line)


@bp.post("/bank/lines/<ref:line_ref>/undo")
@allow(treasurer)
def undo_bank_match(line_ref):
    """Take its money out of an order again."""
    line = line_at(line_ref)
    standing = {str(each.id): each for each in line.matches if each.ended_at is None}
    found = standing.get(request.form.get("match", "")) or abort(404)
    return _act(
        line, lambda **facts: bank.give_up(found.id, **facts), _("Taken out again. The order is shown to staff.")
    )


@bp.post("/bank/lines/<ref:line_ref>/sent-back")
@allow(treasurer)
def send_bank_line_back(line_ref):
    """What was left of it when it was looked at was sent back at the bank."""
    line, left = line_at(line_ref), whole_number(request.form.get("left", ""), 18) or 0

    def send(*, reason, by, now):
        bank.send_back(line, Money(left, line.currency), note=reason, by=by, now=now)

    return _act(line, send, _("Booked as sent back."))


@bp.post("/bank/lines/<ref:line_ref>/aside")
@allow(treasurer)
def ignore_bank_line(line_ref):
    """It pays nothing of ours."""
    line = line_at(line_ref)
    return _act(line, lambda **facts: bank.ignore(line, **facts), _("Set aside."))


@bp.post("/bank/lines/<ref:line_ref>/reopening")
@allow(treasurer)
def reopen_bank_line(line_ref):
    """It waits again."""
    line = line_at(line_ref)
    with transaction():
        bank.reopen(line, by=current_user.person, now=clock.now())
    flash(_("The line waits again."), "good")
    return _back(line)


@bp.post("/bank/lines/<ref:line_ref>/original")
@allow(treasurer)
def choose_original(line_ref):
    """The booking that this one takes back."""
    line, key = line_at(line_ref), whole_number(request.form.get("original", ""), 12)
    original = next((each for each in bank.originals(line) if each.id == key), None) or abort(404)
    with transaction():
        bank.reverse(original, line, by=current_user.person, now=clock.now())
    flash(_("Noted. What it had paid lacks the money now and is shown to staff."), "good")
    return _back(line)


def _act(line, act, told):
    form = ReasonForm.of_request()
    if not form.validate():
        return show_line(line, reason=form), 422
    try:
        with transaction():
            act(reason=form.reason.data, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return show_line(line_at(line.ref), reason=form), 409
    flash(told, "good")
    return _back(line)


def _back(line):
    return redirect(url_for(".bank_line", line_ref=line.ref), 303)


def line_at(ref):
    """The line that the address names; 404 when there is none."""
    return bank.line_of(ref) or abort(404)


def show_line(line, form=None, *, reason=None):
    """Its page, with what is wrong in a form."""
    text = clean_line(request.args.get("find", ""))[:200]
    waits = line.state == bank.LineState.OPEN
    is_untied = line.state in (bank.LineState.OPEN, bank.LineState.OUT)
    return render_template(
        "staff/money/bank/line.html",
        line=line,
        choices=bank_lists.choices(line, text, clock.now()) if waits and line.amount_minor > 0 else [],
        likely=bank.likely(line) if is_untied else [],
        counterpart=bank.counterpart_of(line),
        sent_by=bank.sent_by(line) if line.returned_minor else None,
        originals=bank.originals(line) if waits and line.is_reversal else [],
        waiting=payments.marks.waiting_lines([line.id]),
        reverses=bank.line_by_id(line.reverses_id) if line.reverses_id else None,
        form=form or MatchForm(),
        reason=reason or ReasonForm(),
        text=text,
        states=LINE_STATES,
        order_states=words.ORDER_STATES,
        reasons=REASONS,
        counterparts=COUNTERPARTS,
        traces=TRACES,
        happenings=audit.happenings(audit.stories_of([line])),
    )
