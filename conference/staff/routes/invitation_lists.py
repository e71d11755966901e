"""Inviting: somebody by hand, many from a file, those of the programme; all are looked at first, then sent together, and can be undone."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from conference.kernel import Refusal, clean_line, clock, transaction, whole_number
from conference.registration import invitations
from conference.staff import invitation_letter, uploads
from conference.staff.access import registrar
from conference.staff.invitation_forms import FileForm, InviteForm, SendForm
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import meeting_of
from conference.web import allow, csv_response, refuse_into

LARGEST = 2 * 2**20
EXAMPLE = ("ada@example.org", "Ada", "Example", "Keynote on Tuesday")


@bp.get("/invitations/<code>/new")
@allow(registrar)
def new_invitation(code):
    """Whom, as what? `again` names an invitation that has ended."""
    meeting, kinds = _kinds(code)
    form = InviteForm(request.args if "kind" in request.args else None).of(kinds)
    before = invitations.queries.told(meeting, clean_line(request.args.get("again", ""))[:32])
    if before is not None:
        _fill(form, before.invitation)
    return _show_new(meeting, form, kinds)


@bp.post("/invitations/<code>/new")
@allow(registrar)
def look_at_invitation(code):
    """Look at what it would do; nothing is sent yet."""
    meeting, kinds = _kinds(code)
    form = InviteForm.of_request().of(kinds)
    if not form.validate():
        return _show_new(meeting, form, kinds, 422)
    return keep_and_look(meeting, form.kind.data, [form.row()], source="hand", name=form.email.data)


@bp.get("/invitations/<code>/file")
@allow(registrar)
def invitation_file(code):
    """Choose a file."""
    meeting, kinds = _kinds(code)
    return _show_file(meeting, FileForm(request.args).of(kinds), kinds)


@bp.get("/invitations/<code>/file/example.csv")
@allow(registrar)
def example_of_invitations(code):
    """The columns of a file, with a row that shows how they are filled."""
    meeting_of(code)
    return csv_response("invitations-example.csv", invitations.COLUMNS, [EXAMPLE])


@bp.post("/invitations/<code>/file")
@allow(registrar)
def look_at_invitation_file(code):
    """Look at everybody in the file; nothing is sent yet."""
    meeting, kinds = _kinds(code)
    form, sent = FileForm(request.form).of(kinds), request.files.get("file")
    try:
        if not form.kind.validate(form):
            return _show_file(meeting, form, kinds, 422)
        if not sent or not sent.filename:
            raise Refusal(_("Choose a file."), field="file")
        rows = _read(sent)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_file(meeting, form, kinds, 422)
    return keep_and_look(meeting, form.kind.data, rows, source="file", name=sent.filename)


@bp.get("/invitations/<code>/lists")
@allow(registrar)
def invitation_lists(code):
    """What was sent together, the newest first."""
    meeting = meeting_of(code)
    found = invitations.queries.lists_of(meeting)
    return render_template(
        "staff/invitations/lists.html", meeting=meeting, lists=found, sources=invitations.words.SOURCES
    )


@bp.get("/invitations/<code>/lists/<ref:ref>", endpoint="invitation_list")
@allow(registrar)
def looked_at_list(code, ref):
    """What sending a list would do, whom it names, what the letter says; or what was sent."""
    meeting, kept = _list(code, ref)
    return _show_list(meeting, kept, SendForm())


@bp.post("/invitations/<code>/lists/<ref:ref>")
@allow(registrar)
def send_invitations(code, ref):
    """Invite them, all or nobody."""
    (meeting, kept), form = _list(code, ref), SendForm.of_request()
    seen = whole_number(request.form.get("seen", ""), 6)
    if not form.validate():
        return _show_list(meeting, kept, form, 422)
    try:
        with transaction():
            whose = {"by": current_user.person, "now": clock.now(), "reason": form.reason.data}
            count = invitations.send(kept, meeting=meeting, seen=-1 if seen is None else seen, **whose)
    except Refusal as refusal:
        refuse_into(form, refusal)
        meeting, kept = _list(code, ref)
        return _show_list(meeting, kept, form, 422 if refusal.field else 409)
    flash(ngettext("%(num)s person is invited.", "%(num)s people are invited.", count), "good")
    return redirect(url_for(".invitation_list", code=code, ref=ref), 303)


@bp.post("/invitations/<code>/lists/<ref:ref>/undoing")
@allow(registrar)
def undo_invitations(code, ref):
    """Take back those of a list that nobody uses."""
    meeting, kept = _list(code, ref)
    letter = request.form.get("letter") == "y"
    with transaction():
        count, left = invitations.undo(kept, meeting=meeting, by=current_user.person, now=clock.now(), letter=letter)
    flash(ngettext("%(num)s invitation is withdrawn.", "%(num)s invitations are withdrawn.", count), "good")
    if left:
        flash(
            _("These have registered with theirs, or their order waits: %(names)s", names=", ".join(left[:20])), "warn"
        )
    return redirect(url_for(".invitation_list", code=code, ref=ref), 303)


def keep_and_look(meeting, kind_code, rows, *, source, name):
    """Keep people as a list, and on to the look at it."""
    kind = invitations.queries.kind_of(meeting, kind_code) or abort(404)
    with transaction():
        kept = invitations.keep_list(kind, rows, source=source, name=name, by=current_user.person, now=clock.now())
    return redirect(url_for(".invitation_list", code=meeting.code, ref=kept.ref), 303)


def _read(sent):
    """The rows of a file; Refusal at the field when it is too large, or none of ours."""
    content = sent.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refusal(_("The file is larger than 2 MiB. Split it."), field="file")
    return invitations.read(uploads.text_of(content))


def _fill(form, invitation):
    person = invitation.person
    form.kind.data, form.email.data, form.note.data = invitation.kind.code, person.email, invitation.note
    form.given_name.data, form.family_name.data = person.given_name, person.family_name
    form.message.data = invitation.message


def _kinds(code):
    meeting = meeting_of(code)
    return meeting, invitations.queries.kinds_of(meeting, open_only=True)


def _list(code, ref):
    meeting = meeting_of(code)
    return meeting, invitations.queries.list_of(meeting, ref) or abort(404)


def _show_new(meeting, form, kinds, level=200):
    return render_template("staff/invitations/new.html", meeting=meeting, form=form, kinds=kinds), level


def _show_file(meeting, form, kinds, level=200):
    columns = ", ".join(invitations.COLUMNS)
    page = render_template("staff/invitations/file.html", meeting=meeting, form=form, kinds=kinds, columns=columns)
    return page, level


def _show_list(meeting, kept, form, level=200):
    now = clock.now()
    found = None if kept.sent_at else invitations.look(kept.kind, kept.rows, meeting=meeting, now=now)
    letter = invitation_letter.of_first(found, meeting=meeting, by=current_user.person, now=now) if found else None
    page = render_template(
        "staff/invitations/list.html",
        meeting=meeting,
        kept=kept,
        look=found,
        letter=letter,
        form=form,
        rows=invitations.queries.of_list(kept) if kept.sent_at else [],
        states=invitations.words.STATES,
        sources=invitations.words.SOURCES,
    )
    return page, level
