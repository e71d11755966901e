"""Kinds of presentations and rules of embargo: what they say in words, and what they hold back now."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit
from conference.kernel import Refusal, clock, transaction
from conference.schedule import draft
from conference.schedule.abstracts import earlier, held, ruling, words
from conference.schedule.abstracts.blueprint import bp
from conference.schedule.abstracts.rules_form import KindsForm, RulesForm, kinds_form, rules_form
from conference.schedule.addressed import find_meeting
from conference.web import allow, refuse_into, staff


@bp.get("/rules")
@allow(staff("programme"))
def rules(code):
    """Both editors; rules that are typed and not saved are told in words when the address names them."""
    meeting = find_meeting(code)
    if "look" not in request.args:
        return _show(meeting)
    form = RulesForm(request.args).of(meeting)
    typed = None
    if form.validate():
        try:
            typed = _whole(meeting, form.rows(meeting))
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _show(meeting, rules=form, typed=typed)


@bp.post("/kinds")
@allow(staff("programme"))
def set_kinds(code):
    """Write the kinds."""
    meeting, form = find_meeting(code), KindsForm.of_request()
    if not form.validate():
        return _show(meeting, kinds=form), 422
    try:
        with transaction():
            who = {"by": current_user.person, "now": clock.now()}
            count = ruling.set_kinds(meeting, form.rows, seen=form.seen.data, **who)
    except Refusal as refusal:
        meeting = find_meeting(code)
        if isinstance(refusal, ruling.Stale):
            _take_stamp(form, ruling.kinds_stamp(meeting))
        refuse_into(form, refusal)
        return _show(meeting, kinds=form), 409
    flash(_("Saved. Times of talks follow in the draft."), "good")
    earlier.tell(count)
    return redirect(url_for(".rules", code=meeting.code, _anchor="kinds"), 303)


@bp.post("/embargoes")
@allow(staff("programme"))
def set_rules(code):
    """Write the rules."""
    meeting = find_meeting(code)
    form = RulesForm.of_request().of(meeting)
    if not form.validate():
        return _show(meeting, rules=form), 422
    try:
        with transaction():
            who = {"by": current_user.person, "now": clock.now()}
            count = ruling.set_rules(meeting, form.rows(meeting), seen=form.seen.data, **who)
    except Refusal as refusal:
        meeting = find_meeting(code)
        if isinstance(refusal, ruling.Stale):
            _take_stamp(form, ruling.rules_stamp(meeting))
        refuse_into(form, refusal)
        return _show(meeting, rules=form), 409
    flash(_("Saved. The rules hold from the next release on."), "good")
    earlier.tell(count)
    return redirect(url_for(".rules", code=meeting.code, _anchor="embargoes"), 303)


def _take_stamp(form, stamp):
    form.seen.data, form.seen.raw_data = stamp, None


def _whole(meeting, rows):
    """Every rule as it would be, with those that the rows do not name."""
    ruling.check_twice(meeting, rows)
    named = {key for key, _rule, _gone in rows}
    kept = [draft.rule_item(row) for row in draft.embargo_rules(meeting) if row.id not in named]
    return kept + [rule for _key, rule, gone in rows if not gone]


def _show(meeting, *, kinds=None, rules=None, typed=None):
    now = clock.now()
    shown = [draft.rule_item(row) for row in draft.embargo_rules(meeting)] if typed is None else typed
    sketch = held.sketch(meeting, shown)
    return render_template(
        "schedule/abstracts/rules.html",
        meeting=meeting,
        kinds=kinds or kinds_form(meeting, ruling.kinds_stamp(meeting)),
        rules=rules or rules_form(meeting, ruling.rules_stamp(meeting)),
        faulty=kinds if kinds is not None else rules,
        sentences=[words.sentence(rule, meeting) for rule in shown],
        is_typed=typed is not None,
        closed=held.presentations_closed(sketch, now),
        presentations=sum(len(session.presentations) for session in sketch.sessions),
        story=audit.happenings([each for each in audit.story_of(meeting) if each.verb in _VERBS]),
    )


_VERBS = ("set embargoes of", "set kinds of presentations of")
