"""Several visa letters at once: first who would get one and who not, and why; then issuing them."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from conference import checkout
from conference.kernel import Refusal, clock, is_ref, transaction
from conference.registration import visa
from conference.staff import visa_list
from conference.staff.access import registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, paginate

MOST = 50  # letters that one press of a button issues


@bp.get("/visa/<code>/together")
@allow(registrar)
def visa_together(code):
    """Who of those that wait, as the list shows them, would get a letter."""
    return _show(meeting_of(code))


@bp.post("/visa/<code>/together")
@allow(registrar)
def issue_visas(code):
    """Issue those that are ticked, each for itself: what cannot be issued any more is named."""
    meeting, refs = meeting_of(code), [ref for ref in request.form.getlist("refs") if is_ref(ref)][:MOST]
    if not refs:
        return _show(meeting, _("Tick at least one.")), 422
    done, refused = 0, []
    for each in visa.queries.requests_in(meeting, refs):
        try:
            with transaction():
                checkout.visas.issue(each, by=current_user.person, now=clock.now())
            done += 1
        except Refusal as refusal:
            refused.append(f"{each.registration.person.full_name}: {refusal}")
    if done:
        flash(ngettext("%(num)s letter is issued.", "%(num)s letters are issued.", done), "good")
    for told in refused:
        flash(told, "warn")
    return redirect(url_for(".visa_requests", code=meeting.code), 303)


def _show(meeting, refusal=None):
    wish = visa_list.wish_of_request()
    page = paginate(visa_list.listed(meeting, _waiting(wish)), number=1, per_page=MOST)
    rows = [(each, checkout.visas.is_paid(each.registration) and visa.queries.stands(each)) for each in page.items]
    return render_template(
        "staff/visa/together.html",
        meeting=meeting,
        wish=wish,
        ready=[each for each, is_ready in rows if is_ready],
        hindered=[each for each, is_ready in rows if not is_ready],
        more=page.total - len(page.items),
        refusal=refusal,
    )


def _waiting(wish):
    return visa_list.Wish(visa.RequestState.WAITING, wish.text, wish.nationality, wish.sort)
