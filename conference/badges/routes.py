"""One's own badge: seen before it is printed, with what is on it in words, and as a file."""

from hashlib import sha256

from flask import Blueprint, Response, abort, render_template, request
from flask_login import current_user

from conference import accounts, meetings
from conference.badges import faces, queries
from conference.badges.render import render_badge, render_badge_png
from conference.kernel import clock, transaction
from conference.registration import Mode
from conference.web import allow, signed_in

bp = Blueprint("badges", __name__, url_prefix="/meetings/<code>")

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


@bp.get("/badge.png")
@allow(signed_in)
def picture(code):
    """The very print, as a picture."""
    face = _own_face(code)
    return _file(face, "image/png", lambda: render_badge_png(face, dpi=PREVIEW_DPI))


@bp.get("/badge.pdf")
@allow(signed_in)
def paper(code):
    """The badge as it will be printed."""
    face = _own_face(code)
    response = _file(face, "application/pdf", lambda: render_badge(face))
    response.headers["Content-Disposition"] = 'inline; filename="badge.pdf"'
    return response


def _own(code):
    meeting = meetings.by_code(code)
    return (queries.own(meeting, current_user.person) if meeting else None) or abort(404)


def _own_face(code):
    entry = _own(code)
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
