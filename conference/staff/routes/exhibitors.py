"""Exhibitors at the desk: the list with sums and downloads, one exhibitor, entering and changing them."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit
from conference.kernel import Refusal, clock, transaction
from conference.registration import exhibitors, groups
from conference.staff import exhibitor_list, exhibitor_tables
from conference.staff.access import office, registrar
from conference.staff.exhibitor_form import ExhibitorForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import as_posted, rows_after, seen_of
from conference.staff.routes.registrations import meeting_of
from conference.staff.stamps import refuse_stale
from conference.web import allow, csv_response, page_number, paginate, refuse_into, xlsx_response

TABLES = {"exhibitors": exhibitor_tables.exhibitors, "badges": exhibitor_tables.badges}


@bp.get("/exhibitors/<code>", endpoint="exhibitors")
@allow(office)
def list_exhibitors(code):
    """Searched, filtered, sorted and paged by the address, with the sums of all."""
    meeting, kinds, wish = _wished(code)
    return render_template(
        "staff/exhibitors/index.html",
        meeting=meeting,
        wish=wish,
        kinds=kinds,
        page=paginate(exhibitor_list.listed(meeting, wish), number=page_number(), scalars=False),
        sums=exhibitor_list.sums(meeting),
        by_budget=exhibitor_list.by_budget(meeting),
        to_invite=len(exhibitors.to_invite(meeting)),
        to_remind=len(exhibitors.to_remind(meeting, clock.now())),
    )


@bp.get("/exhibitors/<code>/<any(exhibitors, badges):table>.csv")
@allow(office)
def export_exhibitors(code, table):
    """The exhibitors that the list shows, or each of their badges."""
    _meeting, header, rows, name = _table(code, table)
    return csv_response(f"{name}.csv", header, rows)


@bp.get("/exhibitors/<code>/<any(exhibitors, badges):table>.xlsx")
@allow(office)
def exhibitors_workbook(code, table):
    """The same as a workbook."""
    meeting, header, rows, name = _table(code, table)
    return xlsx_response(f"{name}.xlsx", meeting.code, header, rows, zone=meeting.zone)


@bp.get("/exhibitors/<code>/new")
@allow(registrar)
def new_exhibitor(code):
    """A form for a company; without a kind of booth, where to make one."""
    meeting = meeting_of(code)
    kinds = exhibitors.queries.kinds_of(meeting)
    return _show_form(meeting, ExhibitorForm().of(kinds) if kinds else None)


@bp.post("/exhibitors/<code>/new")
@allow(registrar)
def add_exhibitor(code):
    """Enter it; nobody is written to yet."""
    meeting = meeting_of(code)
    form = ExhibitorForm.of_request().of(exhibitors.queries.kinds_of(meeting) or abort(409))
    if not form.validate():
        return _show_form(meeting, form), 422
    try:
        with transaction():
            facts = {"kind": form.kind, "email": form.email.data, **form.facts()}
            made = exhibitors.add(meeting, by=current_user.person, now=clock.now(), **facts)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_form(meeting_of(code), form), 422
    flash(_("%(company)s is entered. Invite its contact when all is right.", company=made.company), "good")
    return _to(made, code)


@bp.get("/exhibitors/<code>/<ref:ref>")
@allow(office)
def exhibitor(code, ref):
    """One exhibitor: its booth, badges, orders, letters, and who changed what."""
    return _show(exhibitor_of(code, ref))


@bp.get("/exhibitors/<code>/<ref:ref>/edit")
@allow(registrar)
def edit_exhibitor(code, ref):
    """What is known of it."""
    found = exhibitor_of(code, ref)
    form = ExhibitorForm(obj=found).of(exhibitors.queries.kinds_of(found.meeting)).filled(found)
    return _show_form(found.meeting, form, found)


@bp.post("/exhibitors/<code>/<ref:ref>/edit")
@allow(registrar)
def change_exhibitor(code, ref):
    """Change it; the allotment follows."""
    found = exhibitor_of(code, ref)
    form = ExhibitorForm.of_request().of(exhibitors.queries.kinds_of(found.meeting))
    if not form.validate():
        return _show_form(found.meeting, form, found, as_posted), 422
    try:
        with transaction():
            refuse_stale(found.meeting, lambda: _rows(exhibitor_of(code, ref)), request.form.get("seen", ""))
            facts = {"kind": form.kind, "email": form.email.data, **form.facts()}
            exhibitors.change(exhibitor_of(code, ref), by=current_user.person, now=clock.now(), **facts)
    except Refusal as refusal:
        refuse_into(form, refusal)
        found = exhibitor_of(code, ref)
        return _show_form(found.meeting, form, found, rows_after(refusal, lambda: _rows(found))), 409
    flash(_("Saved."), "good")
    return _to(found, code)


@bp.post("/exhibitors/<code>/<ref:ref>/remove")
@allow(registrar)
def remove_exhibitor(code, ref):
    """Take it away, for which nothing was ordered."""
    found = exhibitor_of(code, ref)
    try:
        with transaction():
            exhibitors.remove(found, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show(exhibitor_of(code, ref), refusal), 409
    flash(_("%(company)s is taken away.", company=found.company), "good")
    return redirect(url_for(".exhibitors", code=code), 303)


@bp.post("/exhibitors/<code>/<ref:ref>/letter")
@allow(registrar)
def write_to_exhibitor(code, ref):
    """Invite or remind one contact, once more if need be."""
    found, kind = exhibitor_of(code, ref), request.form.get("kind", "")
    if kind not in list(exhibitors.LetterKind):
        abort(400)
    try:
        with transaction():
            exhibitors.write_again(found, exhibitors.LetterKind(kind), by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show(exhibitor_of(code, ref), refusal), 409
    flash(_("A letter to %(email)s is on its way.", email=found.group.coordinator.email), "good")
    return _to(found, code)


def exhibitor_of(code, ref):
    """The exhibitor of a meeting that the address names; 404 when there is none."""
    return exhibitors.queries.by_ref(meeting_of(code), ref) or abort(404)


def _to(found, code):
    return redirect(url_for(".exhibitor", code=code, ref=found.ref), 303)


def _wished(code):
    meeting = meeting_of(code)
    kinds = exhibitors.queries.kinds_of(meeting)
    return meeting, kinds, exhibitor_list.wish_of_request(kinds)


def _table(code, table):
    """(meeting, header, rows, file name without its end) of a download, which is remembered."""
    (meeting, _kinds, wish), now = _wished(code), clock.now()
    with transaction():
        after = {**wish.asked, "table": table}
        audit.record(by=current_user.person, verb="exported exhibitors", subject=meeting, now=now, after=after)
    header, rows = TABLES[table](meeting, wish)
    return meeting, header, rows, f"{meeting.code}-{table}-{now.date().isoformat()}"


def _show(found, refusal=None):
    seats = groups.seats_of(found.group)
    return render_template(
        "staff/exhibitors/exhibitor.html",
        meeting=found.meeting,
        exhibitor=found,
        standing=exhibitors.standing_of(found, clock.now()),
        rule=exhibitors.words.rule_in_words(found.kind),
        area=exhibitors.words.area_in_words(found.area, found.kind.unit),
        names_until=exhibitors.words.names_until(found.kind, found.meeting),
        seats=seats,
        orders=groups.orders_of(found.group),
        letters=exhibitors.queries.letters_of(found),
        has_ordered=exhibitors.queries.has_ordered(found),
        happenings=audit.happenings(audit.stories_of([found, found.group])),
        refusal=refusal,
    )


def _rows(found):
    """What the editor shows: the exhibitor, and who its contact is."""
    return [found, found.group.coordinator.email]


def _show_form(meeting, form, found=None, rows=None):
    seen = seen_of(rows or (lambda: _rows(found))) if found else None
    return render_template("staff/exhibitors/edit.html", meeting=meeting, form=form, exhibitor=found, seen=seen)
