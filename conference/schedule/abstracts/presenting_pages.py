"""Giving an abstract a place in a session, and taking one back."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction
from conference.schedule.abstracts import placing
from conference.schedule.abstracts.blueprint import abstract_of, bp
from conference.schedule.abstracts.pages import page_of, present_form, tell_what_opens_earlier
from conference.web import allow, refuse_into, staff


@bp.post("/abstracts/<int:number>/present")
@allow(staff("programme"))
def present(code, number):
    """A presentation of it in a session of the draft."""
    meeting, row = abstract_of(code, number)
    form = present_form(meeting, posted=True)
    if not form.validate():
        return page_of(meeting, row, form), 422
    before = placing.embargo_of(meeting, row)
    facts = {
        "kind": form.kind.data,
        "minutes": form.minutes.data or 0,
        "board": form.board.data,
        "hall": form.hall.data,
    }
    try:
        with transaction():
            who = {"by": current_user.person, "now": clock.now()}
            placing.present(meeting, row, session_number=form.session.data, **facts, **who)
    except Refusal as refusal:
        meeting, row = abstract_of(code, number)
        refuse_into(form, refusal)
        return page_of(meeting, row, form), 409
    flash(_("It is presented there, in the draft."), "good")
    tell_what_opens_earlier(meeting, row, before)
    return redirect(url_for(".abstract", code=code, number=number), 303)


@bp.post("/abstracts/<int:number>/presentations/<int:item>")
@allow(staff("programme"))
def withdraw(code, number, item):
    """Withdraw one of its presentations, or give it its place again."""
    meeting, row = abstract_of(code, number)
    presentation = next((each for each in row.presentations if each.number == item), None) or abort(404)
    before = placing.embargo_of(meeting, row)
    withdrawn = request.form.get("withdrawn") == "yes"
    with transaction():
        done = placing.withdraw(meeting, row, presentation, withdrawn, by=current_user.person, now=clock.now())
    flash(_("Saved in the draft.") if done else _("Nothing was changed."), "good" if done else "info")
    tell_what_opens_earlier(meeting, row, before)
    return redirect(url_for(".abstract", code=code, number=number), 303)
