"""Disclosures of interests: the list of everybody with a part, and one person's."""

import hashlib

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import HiddenField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from conference import audit
from conference.kernel import clean_line, clock, db, transaction
from conference.schedule.abstracts import disclosing
from conference.schedule.abstracts.blueprint import bp
from conference.schedule.addressed import find_meeting
from conference.schedule.formats.text import LONGEST_DISCLOSURE
from conference.web import Form, allow, csv_response, page_number, paginate, staff

STATES = {"missing": _l("Missing"), "nothing": _l("Nothing to disclose"), "told": _l("Interests are named")}


class DisclosureForm(Form):
    """What somebody discloses."""

    seen = HiddenField()
    name = StringField(
        _l("Name"),
        [InputRequired(_l("Give the name")), Length(max=300)],
        description=_l("As printed, in every abstract."),
    )
    state = RadioField(_l("Disclosure"), choices=list(STATES.items()))
    disclosure = TextAreaField(_l("Interests"), [Length(max=LONGEST_DISCLOSURE)], render_kw={"rows": 4})

    def validate_disclosure(self, field):
        """Interests that are named have words, and words are not thrown away."""
        if self.state.data == "told" and not field.data:
            raise ValidationError(_l("Write down which interests"))
        if self.state.data != "told" and field.data:
            raise ValidationError(_l("Choose “Interests are named”, or clear these words"))

    @property
    def value(self):
        """The disclosure as it is kept: None as long as it is missing."""
        return {"missing": None, "nothing": ""}.get(self.state.data, self.disclosure.data)


@bp.get("/disclosures")
@allow(staff("programme"))
def disclosures(code):
    """Everybody with a part in the programme, and whether they have said it."""
    meeting, wish = find_meeting(code), _wish()
    page = paginate(disclosing.listed(meeting, **wish), number=page_number())
    return render_template(
        "schedule/abstracts/disclosures.html",
        meeting=meeting,
        wish=wish,
        page=page,
        parts=disclosing.parts_of(page.items),
        counts=disclosing.counts(meeting),
        states=STATES,
        state_of=disclosing.state_of,
    )


@bp.get("/disclosures.csv")
@allow(staff("programme"))
def export_disclosures(code):
    """What is wished for, for a spreadsheet."""
    meeting = find_meeting(code)
    rows = list(db.session.scalars(disclosing.listed(meeting, **_wish())))
    parts = disclosing.parts_of(rows)
    header = [_("Number"), _("Name"), _("State"), _("Disclosure"), _("Part in")]
    lines = (
        [
            row.number,
            row.name,
            str(STATES[disclosing.state_of(row.disclosure)]),
            row.disclosure or "",
            "; ".join(parts[row.id]),
        ]
        for row in rows
    )
    return csv_response(f"disclosures-{meeting.code}-{clock.now():%Y-%m-%d}.csv", header, lines)


@bp.get("/disclosures/<int:number>")
@allow(staff("programme"))
def disclosure(code, number):
    """Somebody's."""
    meeting, person = _person(code, number)
    state = disclosing.state_of(person.disclosure)
    form = DisclosureForm(name=person.name, state=state, disclosure=person.disclosure or "", seen=_seen(person))
    return _show(meeting, person, form)


@bp.post("/disclosures/<int:number>")
@allow(staff("programme"))
def change_disclosure(code, number):
    """Write it down."""
    meeting, person = _person(code, number)
    form = DisclosureForm.of_request()
    if not form.validate():
        return _show(meeting, person, form), 422
    try:
        with transaction():
            seen = disclosing.stamp(person) if form.seen.data == _seen(person) else ""
            facts = {"name": form.name.data, "disclosure": form.value, "seen": seen}
            changed = disclosing.change(meeting, person, **facts, by=current_user.person, now=clock.now())
    except disclosing.Stale as refusal:
        meeting, person = _person(code, number)
        form.form_errors = [str(refusal)]
        form.seen.data, form.seen.raw_data = _seen(person), None
        return _show(meeting, person, form), 409
    flash(_("Saved in the draft.") if changed else _("Nothing was changed."), "good" if changed else "info")
    return redirect(url_for(".disclosures", code=meeting.code, state="missing"), 303)


def _person(code, number):
    db.session.expire_all()
    meeting = find_meeting(code)
    return meeting, disclosing.numbered(meeting, number) or abort(404)


def _show(meeting, person, form):
    return render_template(
        "schedule/abstracts/disclosure.html",
        meeting=meeting,
        person=person,
        form=form,
        parts=disclosing.parts_of([person])[person.id],
        stands=STATES[disclosing.state_of(person.disclosure)],
        story=audit.happenings(audit.story_of(person)),
    )


def _seen(person):
    return hashlib.sha256(disclosing.stamp(person).encode()).hexdigest()[:32]


def _wish():
    state = request.args.get("state", "")
    return {"state": state if state in STATES else "", "text": clean_line(request.args.get("q", "")[:200])}
