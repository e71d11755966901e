"""The check-in page: one field that takes a scanned badge or a name, and the card of whoever was found."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference import meetings, registration
from conference.door import actions, queries, words
from conference.kernel import Refusal, clean_line, clock, is_ref, transaction
from conference.web import allow, staff

bp = Blueprint("door", __name__, url_prefix="/door")


@bp.get("/")
@allow(staff("door"))
def desk():
    """The field and who came last; with `name` those whose name matches, with `show` one card."""
    meeting, asked, shown = _meeting(), _asked("name"), _asked("show")
    matches = queries.found(meeting, asked) if asked else []
    entry = matches[0] if len(matches) == 1 else None
    if is_ref(shown):
        entry = queries.in_meeting(meeting, shown) or abort(404)
    return _page(meeting, entry=entry, asked=asked, matches=matches if len(matches) > 1 else [])


@bp.post("/")
@allow(staff("door"))
def find():
    """A scanned code lets its holder in at once; anything else is a name to look for."""
    meeting, typed = _meeting(), clean_line(request.form.get("q", ""))[:200]
    code = queries.code_in(typed)
    if code is None:
        return redirect(url_for(".desk", meeting=meeting.code, name=typed or None), 303)
    entry = registration.by_badge_code(code)
    if entry is None:
        if queries.found(meeting, typed):
            return redirect(url_for(".desk", meeting=meeting.code, name=typed), 303)
        return _page(meeting, unknown=code), 404
    return _let_in(entry, meeting, way="scan")


@bp.post("/registrations/<ref:ref>/check-in")
@allow(staff("door"))
def check_in(ref):
    """The button on a card that was found by name."""
    meeting = _meeting()
    return _let_in(queries.in_meeting(meeting, ref) or abort(404), meeting, way="search")


@bp.post("/registrations/<ref:ref>/undo")
@allow(staff("door"))
def undo(ref):
    """As if they had not come."""
    meeting = _meeting()
    entry = queries.in_meeting(meeting, ref) or abort(404)
    with transaction():
        done = actions.undo(entry=entry, by=current_user.person, now=clock.now())
    flash(_("Taken back.") if done else _("There was nothing to take back."), "good" if done else "info")
    return redirect(url_for(".desk", meeting=meeting.code, show=ref), 303)


def _let_in(entry, meeting, *, way):
    try:
        with transaction():
            is_new = actions.check_in(entry=entry, meeting=meeting, by=current_user.person, way=way, now=clock.now())
    except Refusal:
        return _page(meeting, entry=entry), 409
    return redirect(url_for(".desk", meeting=meeting.code, show=entry.ref, new=1 if is_new else None), 303)


def _page(meeting, *, entry=None, asked="", matches=(), unknown=None):
    """`unknown` is a code that no badge has; the verdict is read anew, so that a reload tells the truth."""
    inside = queries.ids_of_arrived(matches)
    verdict = queries.verdict_on(entry, meeting, clock.now()) if entry else None
    return render_template(
        "door/desk.html",
        meeting=meeting,
        entry=registration.by_id(entry.id) if entry else None,
        verdict=verdict,
        reason=words.reason(verdict, entry) if verdict and verdict.reason else None,
        arrival=queries.check_in_of(entry) if entry else None,
        guests=_guests(entry) if entry else [],
        is_new="new" in request.args,
        asked=asked,
        unknown=unknown,
        matches=[(match, *words.short_state(match, is_in=match.id in inside)) for match in matches],
        is_cut=len(matches) == queries.MOST_FOUND,
        arrived=queries.arrived(meeting),
        latest=queries.latest(meeting),
        span_name=registration.span_name,
    )


def _guests(entry):
    """[(guest, word, hue)] of those who come with somebody."""
    return [(guest, *words.short_state(guest, is_in=is_in)) for guest, is_in in queries.guests_of(entry)]


def _meeting():
    """The meeting in the address, else the one that is on or comes next."""
    code = _asked("meeting")
    if code:
        return meetings.by_code(code) or abort(404)
    return meetings.coming(clock.now().date()) or abort(404)


def _asked(name):
    return clean_line(request.args.get(name, ""))[:200]
