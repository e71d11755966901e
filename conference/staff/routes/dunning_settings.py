"""What the society and each meeting decide about reminders, with the days and the letters that come of it."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import meetings, society
from conference.checkout import dunning
from conference.kernel import Refusal, clock, transaction
from conference.payments import bank
from conference.staff import dunning_preview, dunning_words
from conference.staff.access import treasurer
from conference.staff.dunning_form import DunningForm
from conference.staff.routes.blueprint import bp
from conference.web import allow, refuse_stale


@bp.get("/dunning/settings")
@allow(treasurer)
def dunning_default():
    """The society's way, for meetings that have none of their own."""
    return _show(None)


@bp.post("/dunning/settings")
@allow(treasurer)
def set_dunning_default():
    """Decide it."""
    return _save(None)


@bp.get("/dunning/settings/<code>")
@allow(treasurer)
def dunning_settings(code):
    """A meeting's own way, beginning with the society's."""
    return _show(_meeting(code))


@bp.post("/dunning/settings/<code>")
@allow(treasurer)
def set_dunning(code):
    """Decide it."""
    return _save(_meeting(code))


@bp.post("/dunning/settings/<code>/leave")
@allow(treasurer)
def leave_dunning(code):
    """Have the society's way hold again."""
    meeting = _meeting(code)
    with transaction():
        dunning.policies.remove(meeting, by=current_user.person, now=clock.now())
    flash(_("The society’s settings hold for this meeting again."), "good")
    return redirect(url_for(".dunning_settings", code=meeting.code), 303)


def _meeting(code):
    return meetings.by_code(code) or abort(404)


def _save(meeting):
    form = DunningForm.of_request()
    if not form.validate():
        return _show(meeting, form), 422
    try:
        with transaction():
            facts = {"version": form.version.data, "by": current_user.person, "now": clock.now()}
            dunning.policies.save(meeting, steps=form.steps, **facts, **form.facts)
    except Refusal as refusal:
        kept = dunning.policies.kept_policy(meeting)
        refuse_stale(form, refusal, kept or dunning.policies.policy_for(meeting)[0])
        return _show(meeting, form), 409
    flash(_("Kept. Orders that wait are looked at anew within a minute."), "good")
    return redirect(_address(meeting), 303)


def _address(meeting):
    return url_for(".dunning_settings", code=meeting.code) if meeting else url_for(".dunning_default")


def _show(meeting, form=None):
    policy, is_own = dunning.policies.policy_for(meeting)
    today, steps = society.local_day(clock.now()), [dunning.Step(each.step) for each in policy.steps if each.is_on]
    days = dunning_preview.days_of(policy, meeting, today)
    return render_template(
        "staff/money/dunning/settings.html",
        meeting=meeting,
        form=form or DunningForm().filled(policy, is_own=is_own),
        is_own=is_own,
        is_on=policy.is_on and (is_own or policy.version > 0),
        days=[(str(dunning_words.STEPS.get(what, what)), day) for what, day in days],
        ends_after_start=meeting is not None and days[-1][1] >= meeting.starts,
        previews=[
            (dunning_words.STEPS[step], *dunning_preview.letter_of(policy, step, meeting, today)) for step in steps
        ],
        meetings=meetings.all_meetings(),
        accounts=bank.accounts(closed=False),
        action=url_for(".set_dunning", code=meeting.code) if meeting else url_for(".set_dunning_default"),
    )
