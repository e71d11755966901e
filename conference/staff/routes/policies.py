"""A meeting's price policy at the desk."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, registration
from conference.kernel import Refusal, clock, transaction
from conference.staff.access import registrar
from conference.staff.policy_form import PolicyForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, refuse_into


@bp.get("/prices/<code>/policy")
@allow(registrar)
def policy(code):
    """Who gets the member price, and which day's price counts."""
    meeting = meeting_of(code)
    return _show(meeting, PolicyForm().of(meeting).filled(registration.pricing.policy_of(meeting)))


@bp.post("/prices/<code>/policy")
@allow(registrar)
def set_policy(code):
    """Decide it for those who register from now on."""
    meeting = meeting_of(code)
    form = PolicyForm.of_request().of(meeting)
    if not form.validate():
        return _show(meeting, form), 422
    try:
        with transaction():
            person, now = current_user.person, clock.now()
            registration.pricing.set_policy(meeting, seen=form.version.data or 0, by=person, now=now, **form.facts())
    except Refusal as refusal:
        refuse_into(form, refusal)
        form.version.data, form.version.raw_data = registration.pricing.policy_of(meeting).version, None
        return _show(meeting, form), 409
    flash(_("Saved. It holds for those who register from now on; what was sold keeps its price."), "good")
    return redirect(url_for(".policy", code=meeting.code), 303)


def _show(meeting, form):
    stories = [story for story in audit.story_of(meeting) if story.verb == "decided prices of"]
    return render_template("staff/prices/policy.html", meeting=meeting, form=form, happenings=audit.happenings(stories))
