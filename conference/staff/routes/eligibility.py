"""Who may register as what, how proofs are dealt with, and lists of countries by income: for the registrar."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference.kernel import Refusal, clock, db, transaction
from conference.registration import eligibility
from conference.staff import catalogue
from conference.staff.access import registrar
from conference.staff.eligibility_form import PolicyForm, RequirementForm, TierListForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.editing import save, show_editor
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, csv_response, refuse_into


@bp.get("/prices/<code>/categories/<int:category_id>/eligibility")
@allow(registrar)
def requirement(code, category_id):
    """What a category asks of whoever registers as it."""
    meeting, category = _category(code, category_id)
    row = eligibility.queries.requirement_of(category)
    form = RequirementForm(obj=row).of(category, meeting)
    form.fallback_id.data = row.fallback_id if row and row.fallback_id else 0
    return show_editor(meeting, form, **_requirement_page(meeting, category))


@bp.post("/prices/<code>/categories/<int:category_id>/eligibility")
@allow(registrar)
def set_requirement(code, category_id):
    """Ask it of those who register from now on."""
    meeting, category = _category(code, category_id)
    form = RequirementForm.of_request().of(category, meeting)
    return save(
        meeting,
        form,
        lambda by, now: eligibility.require(category, by=by, now=now, **form.facts()),
        **_requirement_page(meeting, category),
    )


@bp.get("/prices/<code>/proofs")
@allow(registrar)
def proof_policy(code):
    """What is paid until a proof is cleared, and when things are over."""
    meeting = meeting_of(code)
    return show_editor(meeting, PolicyForm(obj=eligibility.queries.policy_of(meeting)), **_policy_page(meeting))


@bp.post("/prices/<code>/proofs")
@allow(registrar)
def set_proof_policy(code):
    """Deal so with orders that are placed from now on."""
    meeting, form = meeting_of(code), PolicyForm.of_request()
    return save(
        meeting,
        form,
        lambda by, now: eligibility.set_policy(meeting, by=by, now=now, **form.facts()),
        **_policy_page(meeting),
    )


@bp.get("/income-tiers")
@allow(registrar)
def tier_lists():
    """Every list of countries, and a form for the next one."""
    return _show_lists(TierListForm())


@bp.post("/income-tiers")
@allow(registrar)
def check_tier_list():
    """Read a file and say what it would change; nothing happens before."""
    form, sent = TierListForm.of_request(), request.files.get("file")
    if sent and sent.filename:
        form.text.data = _decoded(sent.read(eligibility.tiers.MOST_BYTES + 1))
    if not form.validate():
        return _show_lists(form), 422
    try:
        return _show_check(form)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_lists(form), 422


@bp.post("/income-tiers/put")
@allow(registrar)
def put_tier_list():
    """Put a list that was checked in force."""
    form = TierListForm.of_request()
    if not form.validate():
        return _show_lists(form), 422
    try:
        read = eligibility.tiers.read(form.text.data)
        if read.faults:
            return _show_check(form)
        facts = {"name": form.name.data, "valid_from": form.valid_from.data}
        with transaction():
            eligibility.tiers.put_in_force(read.tiers, by=current_user.person, now=clock.now(), **facts)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_lists(form), 422
    flash(_("The list counts from its day on. What was sold keeps its price."), "good")
    return redirect(url_for(".tier_lists"), 303)


@bp.get("/income-tiers/<int:list_id>.csv")
@allow(registrar)
def tier_list(list_id):
    """A list as a file, as it would be imported again."""
    found = _list(list_id)
    rows = eligibility.queries.tiers_in(found).items()
    return csv_response(f"income-{found.valid_from.isoformat()}.csv", eligibility.tiers.COLUMNS, rows)


@bp.post("/income-tiers/<int:list_id>/take-back")
@allow(registrar)
def take_back_tier_list(list_id):
    """The list before it counts again."""
    found = _list(list_id)
    with transaction():
        eligibility.tiers.take_back(found, by=current_user.person, now=clock.now())
    flash(_("The list is taken back: the one before it counts again."), "good")
    return redirect(url_for(".tier_lists"), 303)


def _category(code, category_id):
    meeting = meeting_of(code)
    return meeting, catalogue.category_of(meeting, category_id) or abort(404)


def _requirement_page(meeting, category):
    lede = _("Whoever may not choose this category sees why. What was sold stays as it is, whatever is changed here.")
    back = _("Prices of %(code)s", code=meeting.code), url_for("staff.prices", code=meeting.code)
    return {
        "title": _("Who may register as “%(name)s”", name=category.name),
        "back": back,
        "lede": lede,
        "rows": lambda: [eligibility.queries.requirement_of(category)],
    }


def _policy_page(meeting):
    back = _("Proofs of %(code)s", code=meeting.code), url_for("staff.proofs", code=meeting.code)
    lede = _("For orders placed from now on. An order keeps what it was placed under.")
    page = {"title": _("How proofs are dealt with"), "back": back, "lede": lede}
    return {**page, "rows": lambda: [eligibility.queries.policy_of(meeting)]}


def _list(list_id):
    return db.session.get(eligibility.TierList, list_id) or abort(404)


def _decoded(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _show_lists(form):
    today = clock.now().date()
    in_force = eligibility.queries.tier_list_on(today)
    return render_template(
        "staff/proofs/tier_lists.html",
        lists=eligibility.queries.tier_lists(),
        in_force=in_force,
        form=form,
        columns=eligibility.tiers.COLUMNS,
        tiers=[str(tier) for tier in eligibility.Tier],
    )


def _show_check(form):
    read = eligibility.tiers.read(form.text.data or "")
    before = eligibility.queries.tier_list_on(form.valid_from.data)
    changes = eligibility.tiers.difference(read.tiers, eligibility.queries.tiers_in(before) if before else {})
    page = render_template(
        "staff/proofs/tier_check.html",
        form=form,
        read=read,
        before=before,
        changes=changes,
        tiers=eligibility.words.TIERS,
    )
    return page, 422 if read.faults else 200
