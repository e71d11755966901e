"""Requests for visa letters: the queue, one request with its passport when it is opened, the decision, a letter made void."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import audit, checkout
from conference.kernel import Refusal, clock, transaction
from conference.registration import visa
from conference.staff import visa_list
from conference.staff.access import registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.staff.visa_form import VisaDecisionForm
from conference.web import allow, csv_response, language, page_number, paginate, refuse_into, xlsx_response


@bp.get("/visa/<code>")
@allow(registrar)
def visa_requests(code):
    """Searched, sorted and paged by the address; at first what waits, the oldest first."""
    meeting, wish = meeting_of(code), visa_list.wish_of_request()
    return render_template(
        "staff/visa/index.html",
        meeting=meeting,
        wish=wish,
        page=paginate(visa_list.listed(meeting, wish), number=page_number()),
        counts=visa.queries.counts(meeting),
        claims=visa.queries.claim_counts(meeting)[visa.ClaimState.WAITING],
        states=visa.words.STATES,
        nationalities=visa_list.nationalities(meeting),
        policy=visa.queries.policy_of(meeting),
    )


@bp.get("/visa/<code>/requests.csv")
@allow(registrar)
def export_visa_requests(code):
    """Every request, for a spreadsheet; no passport."""
    meeting, now = meeting_of(code), clock.now()
    _remember_export(meeting, now)
    header, rows = visa_list.table(meeting, now)
    return csv_response(_file_name(meeting, now, "csv"), header, rows)


@bp.get("/visa/<code>/requests.xlsx")
@allow(registrar)
def visa_requests_workbook(code):
    """The same as a workbook."""
    meeting, now = meeting_of(code), clock.now()
    _remember_export(meeting, now)
    header, rows = visa_list.table(meeting, now)
    return xlsx_response(_file_name(meeting, now, "xlsx"), meeting.code, header, rows, zone=meeting.zone)


@bp.get("/visa/<code>/<ref:ref>")
@allow(registrar)
def visa_request(code, ref):
    """One request; its passport stays shut."""
    return _show(_request(code, ref), VisaDecisionForm())


@bp.get("/visa/<code>/<ref:ref>/passport")
@allow(registrar)
def visa_passport(code, ref):
    """The same with the passport open; each look is remembered."""
    return _show(*_opened(code, ref, VisaDecisionForm()))


@bp.get("/visa/<code>/<ref:ref>/letter.pdf")
@allow(registrar)
def visa_letter_at_desk(code, ref):
    """The letter as it was issued, or as it would be now; this look is remembered too."""
    request, _form, passport = _opened(code, ref, None)
    packed = visa.queries.letter_of(request)
    content = visa.render(packed) if packed else visa.preview(request, passport, clock.now())
    return checkout.pdf_response(content, f"letter-{visa.reference_of(request)}.pdf")


@bp.post("/visa/<code>/<ref:ref>")
@allow(registrar)
def decide_visa(code, ref):
    """Issue the letter, or say no; then on to the next that waits."""
    request, form = _request(code, ref), VisaDecisionForm.of_request()
    if not form.validate():
        return _show(request, form), 422
    try:
        with transaction():
            _decide(request, form, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(_request(code, ref), form), 422 if refusal.field else 409
    flash(_("Done: %(name)s is told by letter.", name=request.registration.person.full_name), "good")
    return redirect(url_for(".visa_requests", code=code), 303)


@bp.post("/visa/<code>/<ref:ref>/void")
@allow(registrar)
def void_visa(code, ref):
    """A letter holds no more."""
    request, form = _request(code, ref), VisaDecisionForm.of_request()
    if not form.validate():
        return _show(request, form), 422
    try:
        with transaction():
            visa.void(request, reason=form.reason.data, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show(_request(code, ref), form), 422 if refusal.field else 409
    flash(_("The letter is void, and the passport data is deleted."), "good")
    return redirect(url_for(".visa_request", code=code, ref=ref), 303)


def _decide(request, form, *, by, now):
    match form.verdict.data:
        case "issue":
            checkout.visas.issue(request, by=by, now=now)
        case "decline":
            visa.decline(request, reason=form.reason.data, by=by, now=now)
        case _:
            abort(400)


def _request(code, ref):
    return visa.queries.request_in(meeting_of(code), ref) or abort(404)


def _opened(code, ref, form):
    """(request, form, passport), the look remembered; 404 once it is deleted."""
    request = _request(code, ref)
    passport = visa.queries.passport_of(request) or abort(404)
    with transaction():
        visa.looked_at(request, by=current_user.person, now=clock.now())
    return request, form, passport


def _show(request, form, passport=None):
    entry, now = request.registration, clock.now()
    return render_template(
        "staff/visa/request.html",
        meeting=request.meeting,
        request_=request,
        entry=entry,
        person=entry.person,
        form=form,
        passport=passport,
        reference=visa.reference_of(request),
        holds=visa.queries.holds(request, now),
        is_paid=checkout.visas.is_paid(entry),
        stands=visa.queries.stands(request),
        others=[each for each in visa.queries.requests_of(entry) if each.id != request.id],
        states=visa.words.STATES,
        letter_language=language(request.language),
        happenings=audit.happenings(audit.story_of(request)),
    )


def _remember_export(meeting, now):
    with transaction():
        audit.record(by=current_user.person, verb="exported visa letters", subject=meeting, now=now)


def _file_name(meeting, now, ending):
    return f"{meeting.code}-visa-letters-{now.date().isoformat()}.{ending}"
