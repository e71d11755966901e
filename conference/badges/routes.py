"""One's own badge, and those of one's guests: seen before they are printed, with what is on them in words, and as a file."""

from hashlib import sha256

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import accounts, meetings, registration
from conference.badges import actions, faces, queries
from conference.badges.render import render_badge, render_badge_png, render_sheet
from conference.kernel import Refusal, clock, transaction
from conference.registration import Mode
from conference.web import Page, allow, page_number, refuse_into, signed_in, staff

registrar = staff("registration")
bp = Blueprint("badges", __name__, url_prefix="/meetings/<code>")

AT_ONCE = 40  # badges that one look at a group's draws
PREVIEW_DPI = 150  # two pixels of a screen to each of the 310 that the picture is wide


@bp.get("/badge")
@allow(signed_in)
def mine(code):
    """The preview, or the reason why there is none."""
    entry = _own(code)
    if entry.mode == Mode.VIRTUAL:
        return render_template("badges/virtual.html", meeting=entry.meeting)
    face, prints = faces.face_of(entry), queries.prints_of(entry)
    return render_template(
        "badges/mine.html",
        meeting=entry.meeting,
        face=face,
        picture=_stamp(face),
        missing=sorted(faces.missing_glyphs(face)),
        printed_at=prints[0].at if prints else None,
        has_changed=bool(prints) and prints[0].snapshot.face != faces.as_snapshot(face),
    )


@bp.get("/guests/<ref:guest_ref>/badge")
@allow(signed_in)
def guest(code, guest_ref):
    """The badge of somebody whom the reader brings, and the name to be corrected until it is printed."""
    entry = _guest(code, guest_ref)
    return _show_guest(entry, registration.guests.NamesForm(obj=entry.person))


@bp.post("/guests/<ref:guest_ref>/badge")
@allow(signed_in)
def rename_guest(code, guest_ref):
    """Another name: a slip mended, or somebody else who comes instead."""
    entry, form = _guest(code, guest_ref), registration.guests.NamesForm.of_request()
    if not form.validate():
        return _show_guest(entry, form), 422
    try:
        with transaction():
            actions.rename(entry, names=form.names(), by=current_user.person, now=clock.now())
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _show_guest(_guest(code, guest_ref), form), 409
    flash(_("The name is kept. This is the badge now."), "good")
    return redirect(url_for(".guest", code=code, guest_ref=guest_ref), 303)


@bp.get("/badge.png")
@bp.get("/guests/<ref:guest_ref>/badge.png")
@allow(signed_in)
def picture(code, guest_ref=None):
    """The very print, as a picture."""
    face = _face(code, guest_ref)
    return _file(face, "image/png", lambda: render_badge_png(face, dpi=PREVIEW_DPI))


@bp.get("/badge.pdf")
@bp.get("/guests/<ref:guest_ref>/badge.pdf")
@allow(signed_in)
def paper(code, guest_ref=None):
    """The badge as it will be printed."""
    face = _face(code, guest_ref)
    response = _file(face, "application/pdf", lambda: render_badge(face))
    response.headers["Content-Disposition"] = 'inline; filename="badge.pdf"'
    return response


@bp.get("/group/<ref:group_ref>/badges")
@allow(signed_in)
def of_group(code, group_ref):
    """The badges of a group as its payer wrote them down, to be looked at for slips before they are printed."""
    group, seats = _ordered_seats(code, group_ref)
    page = Page(items=_some(seats), number=_number(seats), total=len(seats), per_page=AT_ONCE)
    return render_template("badges/group.html", group=group, meeting=group.meeting, page=page)


@bp.get("/group/<ref:group_ref>/badges.pdf")
@allow(signed_in)
def group_paper(code, group_ref):
    """The same as they will look: one page of the list at a time."""
    group, seats = _ordered_seats(code, group_ref)
    with transaction():
        accounts.claim("badge", current_user.person.id, now=clock.now())
    company = _company(group)
    shown = [faces.face_as_written(seat, group.meeting, company=company) for seat in _some(seats)]
    headers = {"Content-Disposition": 'inline; filename="badges.pdf"', "Cache-Control": "private, no-store"}
    return Response(render_sheet(shown).pdf, mimetype="application/pdf", headers=headers)


def _ordered_seats(code, group_ref):
    """(group, its seats that are settled and come in person) of the reader's group, or of any for the desk; 404 otherwise."""
    meeting, groups = meetings.by_code(code) or abort(404), registration.groups
    group = groups.group_of(meeting, current_user.person, group_ref)
    if group is None and registrar(current_user):
        group = groups.by_ref(meeting, group_ref)
    seats = [each.seat for each in groups.seats_of(group or abort(404)) if each.state is groups.SeatState.PAID]
    return group, [seat for seat in seats if seat.mode == Mode.IN_PERSON]


def _company(group):
    exhibitor = registration.exhibitors.queries.of_group(group)
    return exhibitor.company if exhibitor else ""


def _number(seats):
    return min(page_number(), max(1, -(-len(seats) // AT_ONCE)))


def _some(seats):
    number = _number(seats)
    return seats[(number - 1) * AT_ONCE : number * AT_ONCE] or abort(404)


def _own(code):
    meeting = meetings.by_code(code)
    return (queries.own(meeting, current_user.person) if meeting else None) or abort(404)


def _guest(code, guest_ref):
    meeting = meetings.by_code(code)
    return (queries.guest_of(meeting, current_user.person, guest_ref) if meeting else None) or abort(404)


def _show_guest(entry, form):
    face, prints = faces.face_of(entry), queries.prints_of(entry)
    return render_template(
        "badges/guest.html",
        entry=entry,
        meeting=entry.meeting,
        form=form,
        face=face,
        picture=_stamp(face),
        missing=sorted(faces.missing_glyphs(face)),
        printed_at=prints[0].at if prints else None,
    )


def _face(code, guest_ref):
    entry = _guest(code, guest_ref) if guest_ref else _own(code)
    return abort(404) if entry.mode == Mode.VIRTUAL else faces.face_of(entry)


def _stamp(face):
    """What changes with everything on the badge."""
    return sha256(repr(face).encode()).hexdigest()[:16]


def _file(face, media_type, render):
    """Drawn only when the browser does not have it yet, so many times in ten minutes; never kept by anybody else."""
    headers = {"Cache-Control": "private, no-cache"}
    stamp = _stamp(face)
    if stamp in request.if_none_match:
        response = Response(status=304, headers=headers)
    else:
        with transaction():
            accounts.claim("badge", current_user.person.id, now=clock.now())
        response = Response(render(), mimetype=media_type, headers=headers)
    response.set_etag(stamp)
    return response
