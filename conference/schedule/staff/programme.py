"""The programme at the desk: files in, releases out and back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import meetings
from conference.kernel import Refusal, clean_line, clock, transaction, whole_number
from conference.schedule import actions, queries, releasing
from conference.schedule.addressed import find_meeting
from conference.schedule.bringing_in import bring_in
from conference.schedule.changes import desk as changes
from conference.schedule.draft import rooms
from conference.schedule.formats import NAMES
from conference.schedule.forms import ReleaseForm, UploadForm
from conference.schedule.staff.blueprint import bp
from conference.web import absolute_url, allow, page_number, paginate, refuse_into, staff

MOST = 1000  # changes that are shown of one release


@bp.get("")
@allow(staff("programme"))
def start():
    """The programme of the meeting that comes next."""
    meeting = meetings.coming(clock.now().date()) or abort(404)
    return redirect(url_for(".draft", code=meeting.code), 303)


@bp.get("/<code>")
@allow(staff("programme"))
def draft(code):
    """The draft's sessions, what is public, and the way to both."""
    meeting = find_meeting(code)
    wish = _wish(meeting)
    statement = queries.sessions_statement(meeting, **wish)
    return render_template(
        "schedule/staff/draft.html",
        meeting=meeting,
        page=paginate(statement, number=page_number()),
        asked=any(wish.values()),
        here={name: request.args[name] for name in ("q", "day", "room") if request.args.get(name)},
        days=queries.days_of_draft(meeting),
        rooms=rooms(meeting),
        counts=queries.draft_counts(meeting),
        releases=queries.all_releases(meeting),
    )


@bp.get("/<code>/upload")
@allow(staff("programme"))
def upload(code):
    """Choose a file."""
    return render_template("schedule/staff/upload.html", meeting=find_meeting(code), form=UploadForm())


@bp.post("/<code>/upload")
@allow(staff("programme"))
def check_upload(code):
    """Say what a file would do, without doing it."""
    meeting, form = find_meeting(code), UploadForm.of_request()
    sent = request.files.get("file")
    try:
        if not sent or not sent.filename:
            raise Refusal(_("Choose a file"), field="file")
        content = sent.read()
        report = bring_in(meeting=meeting, content=content, dry_run=True, by=current_user.person)
    except Refusal as refusal:
        refusal.field = "file"
        refuse_into(form, refusal)
        return render_template("schedule/staff/upload.html", meeting=find_meeting(code), form=form), 422
    name = clean_line(sent.filename)
    with transaction():
        kept = actions.keep_upload(
            meeting=meeting, name=name, content=content, report=report, by=current_user.person, now=clock.now()
        )
    return redirect(url_for(".checked", code=code, ref=kept.ref), 303)


@bp.get("/<code>/upload/<ref:ref>")
@allow(staff("programme"))
def checked(code, ref):
    """The report of a file, before and after it is imported."""
    meeting = find_meeting(code)
    kept = queries.upload_by_ref(meeting, ref) or abort(404)
    return render_template("schedule/staff/report.html", meeting=meeting, upload=kept, report=kept.report, names=NAMES)


@bp.post("/<code>/upload/<ref:ref>")
@allow(staff("programme"))
def import_upload(code, ref):
    """Bring a checked file into the draft."""
    meeting = find_meeting(code)
    with transaction():
        kept = queries.upload_by_ref(meeting, ref) or abort(404)
        actions.import_upload(meeting=meeting, upload=kept, by=current_user.person, now=clock.now())
    flash(_("Imported into the draft. The public programme changes with the next release."), "good")
    return redirect(url_for(".checked", code=code, ref=ref), 303)


@bp.get("/<code>/release")
@allow(staff("programme"))
def review(code):
    """What the next release would change for the public."""
    return _review(find_meeting(code), ReleaseForm())


@bp.post("/<code>/release")
@allow(staff("programme"))
def release(code):
    """Make the draft public."""
    meeting, form = find_meeting(code), ReleaseForm.of_request()
    if not form.validate():
        return _review(meeting, form), 422
    note = form.note.data or ""
    try:
        with transaction():
            who = {"by": current_user.person, "now": clock.now()}
            row = releasing.release(meeting=meeting, url=_url(meeting), note=note, again=False, **who)
        flash(_("Release %(number)s is public.", number=row.number), "good")
    except releasing.AlreadyPublic as pressed_twice:
        flash(str(pressed_twice), "info")
    return redirect(url_for(".draft", code=code), 303)


@bp.post("/<code>/releases/<int:number>/public")
@allow(staff("programme"))
def go_back(code, number):
    """Make an earlier release public again."""
    meeting = find_meeting(code)
    try:
        with transaction():
            earlier = queries.release_numbered(meeting, number) or abort(404)
            who = {"by": current_user.person, "now": clock.now()}
            row = releasing.go_back(meeting=meeting, to=earlier, url=_url(meeting), **who)
        flash(_("The public programme is again as in release %(earlier)s.", earlier=number), "good")
    except releasing.AlreadyPublic as pressed_twice:
        flash(str(pressed_twice), "info")
        return redirect(url_for(".draft", code=code) + "#releases", 303)
    return redirect(url_for(".draft", code=code) + f"#release-{row.number}", 303)


def _review(meeting, form):
    coming = changes.of_draft(meeting, clock.now())
    told = [change for change in coming.changes if not change.along]
    return render_template(
        "schedule/staff/release.html",
        meeting=meeting,
        form=form,
        coming=coming,
        counts=[(changes.words.KINDS[kind][0], count) for kind, count in changes.counted(told).items()],
        days=changes.by_day(told[:MOST]),
        more=max(0, len(told) - MOST),
        words=changes.words,
        link_of=lambda change: "",
    )


def _url(meeting):
    return absolute_url("schedule.overview", code=meeting.code)


def _wish(meeting):
    day = request.args.get("day", "")
    room = request.args.get("room", "")
    return {
        "text": clean_line(request.args.get("q", "")[:200]),
        "day": next((each for each in queries.days_of_draft(meeting) if each.isoformat() == day), None),
        "room_id": whole_number(room, 9),
    }
