"""Inviting from the programme: people of its current release, with who they may be, to be looked at one by one."""

from flask import render_template, request, url_for
from flask_babel import gettext as _

from conference import people
from conference.kernel import Refusal, clean_line
from conference.registration import invitations
from conference.staff.access import registrar
from conference.staff.invitation_forms import KindChoice
from conference.staff.routes.blueprint import bp
from conference.staff.routes.invitation_lists import keep_and_look
from conference.staff.routes.registrations import meeting_of
from conference.web import Page, allow, page_number

PER_PAGE = 50
ROLES = invitations.suggesting.ROLES


@bp.get("/invitations/<code>/programme")
@allow(registrar)
def programme_people(code):
    """Chairs, speakers and presenters, with the people who are known under their names."""
    meeting = meeting_of(code)
    return _show(meeting, KindChoice(request.args or None).of(_kinds(meeting)))


@bp.post("/invitations/<code>/programme")
@allow(registrar)
def look_at_programme_people(code):
    """Look at what inviting the ticked ones would do; nothing is sent yet."""
    meeting = meeting_of(code)
    form = KindChoice(request.form).of(_kinds(meeting))
    found = {each.contribution.guid: each for each in invitations.suggesting.suggestions(meeting)}
    picked = [found[guid] for guid in request.form.getlist("pick") if guid in found]
    faults = {each.contribution.guid: text for each in picked if (text := _fault(each))}
    if not form.validate() or not picked or faults:
        form.form_errors = [] if picked else [_("Tick the people whom you would like to invite.")]
        return _show(meeting, form, faults, {each.contribution.guid for each in picked}), 422
    rows = [_row(number, each) for number, each in enumerate(picked, 1)]
    return keep_and_look(meeting, form.kind.data, rows, source="programme", name=_("From the programme"))


def _kinds(meeting):
    return invitations.queries.kinds_of(meeting, open_only=True)


def _typed(suggestion):
    return clean_line(request.form.get(f"email-{suggestion.contribution.guid}", ""))[:300]


def _fault(suggestion):
    if not _typed(suggestion):
        return _("Type the address: the programme knows none.")
    try:
        people.normal_email(_typed(suggestion))
    except Refusal as refusal:
        return str(refusal)
    return ""


def _row(number, suggestion):
    item = suggestion.contribution
    return {
        "line": number,
        "email": _typed(suggestion),
        "given_name": item.given,
        "family_name": item.family,
        "note": invitations.suggesting.note_of(item),
        "message": "",
        "guid": item.guid,
    }


def _show(meeting, form, faults=None, picked=()):
    """A page of them; after a fault the same page, with what was typed."""
    asked = request.form if request.method == "POST" else request.args
    role, text = asked.get("role", ""), clean_line(asked.get("q", ""))[:200]
    role = role if role in ROLES else ""
    found = invitations.suggesting.suggestions(meeting, role=role, text=text)
    number = min(page_number(), max(1, -(-len(found) // PER_PAGE)))
    items = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    return render_template(
        "staff/invitations/programme.html",
        meeting=meeting,
        form=form,
        page=Page(items=items, number=number, total=len(found), per_page=PER_PAGE),
        asked={name: value for name, value in (("role", role), ("q", text)) if value},
        here=url_for(".programme_people", code=meeting.code),
        parts=invitations.suggesting.parts_in_words,
        roles=invitations.suggesting.role_choices(),
        typed=_typed if request.method == "POST" else _guess,
        picked=picked,
        faults=faults or {},
    )


def _guess(suggestion):
    """The one address that it can be, or none."""
    return suggestion.people[0].email if len(suggestion.people) == 1 else ""
