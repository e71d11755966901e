"""Badges at the desk: who has one, printing one or many, the runs and their files."""

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file, url_for
from flask_login import current_user

from conference import meetings, registration
from conference.badges import actions, faces, printing, queries
from conference.badges.choice import NEVER, PRINTED, Choice
from conference.badges.render import render_badge
from conference.kernel import Refusal, clean_line, clock, transaction, whole_number
from conference.web import allow, allow_own_frame, page_number, paginate, staff

bp = Blueprint("badges_staff", __name__, url_prefix="/staff/badges")

LOOK_AGAIN = "2"  # seconds between two looks at a run that is under way


@bp.get("/<code>")
@allow(staff("registration", "door"))
def index(code):
    """The badges that the address asks for, and the files made so far."""
    return _list(_meeting(code), _choice(request.args))


@bp.post("/<code>/runs")
@allow(staff("registration", "door"))
def order_run(code):
    """Ask the worker for one file of the badges that were shown."""
    meeting = _meeting(code)
    choice = _choice(request.form, "refs")
    try:
        with transaction():
            run = actions.order_run(meeting, choice=choice, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _list(meeting, _choice(request.form), refusal), 409
    return redirect(url_for(".run", code=meeting.code, ref=run.ref), 303)


@bp.get("/<code>/runs/<ref:ref>")
@allow(staff("registration", "door"))
def run(code, ref):
    """How far a run is; the page looks again by itself until it is over."""
    meeting = _meeting(code)
    found = queries.run_by_ref(meeting, ref) or abort(404)
    holders = queries.holders(found.missing)
    page = render_template(
        "badges/staff/run.html",
        meeting=meeting,
        run=found,
        choice=Choice.of(found.choice),
        has_file=printing.file_of(ref).exists(),
        missing=[(holders.get(code), characters) for code, characters in found.missing.items() if code in holders],
    )
    return Response(page, headers={} if found.is_over else {"Refresh": LOOK_AGAIN})


@bp.post("/<code>/runs/<ref:ref>/again")
@allow(staff("registration", "door"))
def run_again(code, ref):
    """Try a failed run once more."""
    meeting = _meeting(code)
    found = queries.run_by_ref(meeting, ref) or abort(404)
    with transaction():
        actions.retry(found, now=clock.now())
    return redirect(url_for(".run", code=meeting.code, ref=ref), 303)


@bp.get("/<code>/runs/<ref:ref>.pdf")
@allow(staff("registration", "door"))
def run_file(code, ref):
    """The finished file of a run."""
    meeting = _meeting(code)
    found = queries.run_by_ref(meeting, ref)
    path = printing.file_of(ref)
    if found is None or found.state != "done" or not path.exists():
        abort(404)
    name = f"badges-{meeting.code}-{found.finished_at:%Y-%m-%d-%H%M}.pdf"
    response = send_file(path, mimetype="application/pdf", as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/<ref:ref>")
@allow(staff("registration", "door"))
def print_one(ref):
    """Keep that this badge is printed now, and show its file."""
    entry = queries.badge_of(ref) or abort(404)
    with transaction():
        version = actions.record_print(entry, by=current_user.person, now=clock.now())
    return redirect(url_for(".one", ref=ref, version=version), 303)


@bp.get("/<ref:ref>.pdf")
@allow(staff("registration", "door"))
def one(ref):
    """One badge as it would be printed now; with `version`, as it was printed then."""
    entry = queries.badge_of(ref) or abort(404)
    version = request.args.get("version", "")
    allow_own_frame()
    response = Response(render_badge(_face(entry, version)), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="badge-{ref}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _face(entry, version):
    if not version:
        return faces.face_of(entry)
    snapshot = queries.snapshot_of(entry, whole_number(version, 6) or 0) or abort(404)
    return faces.from_snapshot(snapshot.face)


def _meeting(code):
    return meetings.by_code(code) or abort(404)


def _choice(values, *more):
    return Choice.of({name: clean_line(values.get(name, "")) for name in ("printed", "category", "since", "q", *more)})


def _list(meeting, choice, refusal=None):
    page = paginate(queries.chosen(meeting, choice), number=page_number(), scalars=False)
    return render_template(
        "badges/staff/index.html",
        meeting=meeting,
        choice=choice,
        never=NEVER,
        printed=PRINTED,
        page=page,
        counts=queries.counts(meeting),
        categories=registration.categories_of(meeting, all_of_them=True),
        runs=queries.runs_of(meeting),
        kept=lambda run: printing.file_of(run.ref).exists(),
        refusal=refusal,
    )
