"""What is done to all registrations of a list at once: first what it would do to how many, then doing it."""

from flask import Response, abort, redirect, render_template, request, url_for
from flask_login import current_user

from conference import badges
from conference.kernel import Refusal, clock, transaction, whole_number
from conference.registration import Mode, Registration, State
from conference.staff import mailing
from conference.staff.access import registrar
from conference.staff.routes.blueprint import bp
from conference.staff.routes.registrations import listed_by_request, meeting_of
from conference.web import allow

LOOK_AGAIN = "2"  # seconds between two looks at letters that are being written


@bp.get("/registrations/<code>/letters")
@allow(registrar)
def letters_again(code):
    """Who of the list would get which letter again."""
    return _show_letters(meeting_of(code))


@bp.post("/registrations/<code>/letters")
@allow(registrar)
def send_letters_again(code):
    """Have them written, if they are as many as was said."""
    listed, seen = listed_by_request(meeting_of(code)), whole_number(request.form.get("seen", ""), 9)
    try:
        with transaction():
            begun = mailing.begin(listed, seen=seen, by=current_user.person, now=clock.now())
    except Refusal as refusal:
        return _show_letters(meeting_of(code), refusal), 409
    return redirect(url_for(".mailing", code=code, ref=begun.ref), 303)


@bp.get("/registrations/<code>/letters/<ref:ref>", endpoint="mailing")
@allow(registrar)
def mailing_progress(code, ref):
    """How far the letters are; the page looks again by itself until all are written."""
    meeting = meeting_of(code)
    found = mailing.mailing_of(meeting, ref) or abort(404)
    page = render_template("staff/mailing.html", meeting=meeting, mailing=found)
    return Response(page, headers={} if found.finished_at else {"Refresh": LOOK_AGAIN})


@bp.get("/registrations/<code>/badges")
@allow(registrar)
def badges_together(code):
    """How many of the list have a badge, ready to be ordered as one file."""
    listed = listed_by_request(meeting_of(code))
    clauses = (Registration.state == State.CONFIRMED, Registration.mode == str(Mode.IN_PERSON))
    refs = listed.refs(*clauses)
    return render_template(
        "staff/badges_together.html",
        meeting=listed.meeting,
        wish=listed.wish,
        refs=refs,
        most=badges.MOST_REFS,
        without=len(listed.ids()) - len(refs),
    )


def _show_letters(meeting, refusal=None):
    listed = listed_by_request(meeting)
    confirmed, waiting = mailing.recipients(listed, clock.now())
    return render_template(
        "staff/letters_again.html",
        meeting=meeting,
        wish=listed.wish,
        confirmed=len(confirmed),
        waiting=len(waiting),
        without=len(listed.ids()) - len(confirmed) - len(waiting),
        refusal=refusal,
    )
