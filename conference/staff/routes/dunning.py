"""Open items at the desk: the list, the table, what is due now and its sending, and until when the bank is known."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from conference import jobs, meetings, payments, society
from conference.checkout import dunning
from conference.kernel import Refusal, clock, is_ref, transaction
from conference.payments import bank
from conference.staff import dunning_list, dunning_words
from conference.staff.access import treasurer
from conference.staff.dunning_form import KnownForm
from conference.staff.routes.blueprint import bp
from conference.web import allow, csv_response, page_number, paginate, refuse_into

MOST = 200  # sent by one press of a button


@bp.get("/dunning")
@allow(treasurer)
def open_items():
    """Searched, sorted and paged by the address; at first all that is open, the longest due first."""
    return _show_list(KnownForm())


@bp.get("/dunning.csv")
@allow(treasurer)
def export_open_items():
    """What is wished for, for a spreadsheet."""
    header, rows = dunning_list.table(dunning_list.wish_of_request(), clock.now())
    return csv_response(f"open-items-{clock.now():%Y-%m-%d}.csv", header, rows)


@bp.get("/dunning/due")
@allow(treasurer)
def dunning_due():
    """What would be sent now, and what is kept back, and why."""
    rows = dunning_list.due_now(limit=MOST)
    standings, missing = dunning_list.told(rows, clock.now())
    due = [row for row in rows if row[1].id in standings and standings[row[1].id].is_due]
    return render_template(
        "staff/money/dunning/due.html",
        ready=[row for row in due if standings[row[1].id].wait is None],
        kept_back=[row for row in due if standings[row[1].id].wait is not None],
        standings=standings,
        missing=missing,
        words=dunning_words,
    )


@bp.post("/dunning/due")
@allow(treasurer)
def send_dunning():
    """Send what was ticked, each in a transaction of its own; one that has changed meanwhile is left out."""
    chosen = [each.partition(":") for each in request.form.getlist("send")[:MOST]]
    if not chosen:
        flash(_("Nothing was chosen."), "warn")
        return redirect(url_for(".dunning_due"), 303)
    by, now = current_user.person, clock.now()
    named = [(ref, step) for ref, _colon, step in chosen if is_ref(ref)]
    keys = [(order.id, step) for ref, step in named if (order := payments.order_by_ref(ref)) is not None]

    def send(key):
        return dunning.send_next(key[0], now=now, by=by, only=key[1]) is not None

    done = jobs.each(keys, send, what="dunning")
    flash(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", done), "good")
    if done < len(chosen):
        left = len(chosen) - done
        flash(ngettext("%(num)s was left out: it changed.", "%(num)s were left out: they changed.", left), "warn")
    return redirect(url_for(".dunning_due"), 303)


@bp.post("/dunning/bank/<account_ref>")
@allow(treasurer)
def bank_is_known(account_ref):
    """Keep staff's word until when everything that came to an account is known."""
    account, form = bank.account_of(account_ref) or abort(404), KnownForm.of_request()
    if not form.validate():
        return _show_list(form, of=account), 422
    try:
        with transaction():
            facts = {"by": current_user.person, "now": clock.now(), "today": society.local_day(clock.now())}
            bank.say_complete(account, until=form.until.data, **facts)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_list(form, of=account), 409
    flash(_("Kept."), "good")
    return redirect(url_for(".open_items", _anchor="bank"), 303)


def _show_list(form, of=None):
    wish, now = dunning_list.wish_of_request(), clock.now()
    page = paginate(dunning_list.listed(wish), number=page_number(), scalars=False)
    standings, missing = dunning_list.told(page.items, now)
    found = meetings.all_meetings()
    return render_template(
        "staff/money/dunning/list.html",
        wish=wish,
        page=page,
        counts=dunning_list.counts(wish),
        standings=standings,
        missing=missing,
        letters=dunning.letters_of([order.id for _case, order, _person in page.items]),
        meetings=[(each.code, each.code) for each in found],
        titles={each.id: each.code for each in found},
        today=society.local_day(clock.now()),
        words=dunning_words,
        known_form=form,
        form_of=of,
        known=bank.known_until(),
        accounts=bank.paid_into(),
    )
