"""Letters to all contacts of exhibitors that are due one: first to how many, then writing them."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from flask_login import current_user

from conference.kernel import Refusal, clock, transaction, whole_number
from conference.registration import exhibitors
from conference.staff.access import registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow


@bp.get("/exhibitors/<code>/letters")
@allow(registrar)
def exhibitor_letters(code):
    """Who would get which letter."""
    return _show(meeting_of(code))


@bp.post("/exhibitors/<code>/letters")
@allow(registrar)
def write_to_exhibitors(code):
    """Write to them, if they are as many as was said."""
    meeting, kind, now = meeting_of(code), request.form.get("kind", ""), clock.now()
    if kind not in list(exhibitors.LetterKind):
        abort(400)
    seen = whole_number(request.form.get("seen", ""), 6)
    try:
        with transaction():
            facts = {"seen": seen, "by": current_user.person, "now": now}
            done = exhibitors.write_all(_due(meeting, now)[kind], exhibitors.LetterKind(kind), **facts)
    except Refusal as refusal:
        return _show(meeting_of(code), refusal), 409
    flash(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", done), "good")
    return redirect(url_for(".exhibitors", code=meeting.code), 303)


def _due(meeting, now):
    return {
        exhibitors.LetterKind.INVITATION: exhibitors.to_invite(meeting),
        exhibitors.LetterKind.REMINDER: exhibitors.to_remind(meeting, now),
    }


def _show(meeting, refusal=None):
    due = {str(kind): exhibitors.queries.by_ids(keys) for kind, keys in _due(meeting, clock.now()).items()}
    return render_template("staff/exhibitors/letters.html", meeting=meeting, due=due, refusal=refusal)
