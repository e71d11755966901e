"""Codes at the desk: made, changed, and what they took off."""

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, registration
from conference.kernel import clean_line, clock, transaction
from conference.staff import redeeming
from conference.staff.access import office, registrar
from conference.staff.code_form import EFFECTS, CodeForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import save, show_editor
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, csv_response, page_number, paginate


@bp.get("/prices/<code>/codes")
@allow(office)
def codes(code):
    """Every code with what it does, how often it was used and what it took off."""
    meeting, text = meeting_of(code), clean_line(request.args.get("q", ""))[:200]
    return render_template(
        "staff/prices/codes.html",
        meeting=meeting,
        page=paginate(redeeming.codes(meeting, text), number=page_number(), scalars=False),
        text=text,
        sums=redeeming.by_reason(meeting),
        effects=EFFECTS,
    )


@bp.get("/prices/<code>/codes/uses.csv")
@allow(office)
def export_codes(code):
    """Every use of every code."""
    meeting, now = meeting_of(code), clock.now()
    with transaction():
        audit.record(by=current_user.person, verb="exported uses of codes", subject=meeting, now=now)
    header, rows = redeeming.table(meeting)
    return csv_response(f"{meeting.code}-codes-{now.date().isoformat()}.csv", header, rows)


@bp.get("/prices/<code>/codes/new")
@allow(registrar)
def new_code(code):
    """One code, or many at once."""
    meeting = meeting_of(code)
    return show_editor(meeting, CodeForm().of(meeting), title=_("New code"), back=_back(meeting), lede=_zone(meeting))


@bp.post("/prices/<code>/codes/new")
@allow(registrar)
def add_code(code):
    """Make it, or all of them."""
    meeting = meeting_of(code)
    form = CodeForm.of_request().of(meeting)

    def act(by, now):
        typed, many = registration.typed_code(form.code.data), form.count.data
        if many > 1:
            registration.add_codes(meeting, count=many, prefix=typed[:31], by=by, now=now, **form.facts())
        else:
            registration.add(registration.add_code, meeting, by=by, now=now, code=typed, **form.facts())

    return save(meeting, form, act, title=_("New code"), back=_back(meeting), lede=_zone(meeting))


@bp.get("/prices/<code>/codes/<int:code_id>")
@allow(office)
def code_uses(code, code_id):
    """What a code does, who used it, and who changed it."""
    meeting, found = _code(code, code_id)
    return render_template(
        "staff/prices/code.html",
        meeting=meeting,
        found=found,
        uses=redeeming.uses_of(found),
        effects=EFFECTS,
        happenings=audit.happenings(audit.story_of(found)),
    )


@bp.get("/prices/<code>/codes/<int:code_id>/edit")
@allow(registrar)
def edit_code(code, code_id):
    """What it does, for whom, how often."""
    meeting, found = _code(code, code_id)
    form = CodeForm(obj=found).of(meeting, existing=found).show(found)
    page = {"title": found.code, "back": _back(meeting), "lede": _zone(meeting)}
    return show_editor(meeting, form, rows=lambda: [found], **page)


@bp.post("/prices/<code>/codes/<int:code_id>/edit")
@allow(registrar)
def change_code(code, code_id):
    """Change it for those who use it from now on; what was sold keeps its price."""
    meeting, found = _code(code, code_id)
    form = CodeForm.of_request().of(meeting, existing=found)
    return save(
        meeting,
        form,
        lambda by, now: registration.change_code(found, by=by, now=now, **form.facts()),
        title=found.code,
        back=_back(meeting),
        lede=_zone(meeting),
        rows=lambda: [found],
    )


def _code(code, code_id):
    meeting = meeting_of(code)
    return meeting, redeeming.code_of(meeting, code_id) or abort(404)


def _back(meeting):
    return _("Codes of %(code)s", code=meeting.code), url_for("staff.codes", code=meeting.code)


def _zone(meeting):
    return _("Amounts in %(currency)s, times in %(zone)s.", currency=meeting.currency, zone=meeting.timezone)
