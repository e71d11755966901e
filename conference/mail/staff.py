"""The outbox at the desk: what was written to whom, what failed and why, and sending once more."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from conference.kernel import clean_line, clock, transaction
from conference.mail import delivery, queries
from conference.mail.rules import State, paragraphs
from conference.web import allow, page_number, paginate, staff

bp = Blueprint("mail_staff", __name__, url_prefix="/staff/mail")


@bp.get("/")
@allow(staff("registration"))
def index():
    state = request.args.get("state") if request.args.get("state") in list(State) else None
    text = clean_line(request.args.get("text", ""))[:200]
    page = paginate(queries.outbox(state=state, text=text), number=page_number())
    counts = queries.counts()
    return render_template(
        "mail/staff/index.html", page=page, state=state, text=text, counts=counts, states=list(State)
    )


@bp.get("/<ref:ref>")
@allow(staff("registration"))
def letter(ref):
    found = queries.letter_of(ref) or abort(404)
    text = [] if found.is_secret else paragraphs(found.body)  # its links are for who got it: staff would meet a 404
    return render_template("mail/staff/letter.html", letter=found, paragraphs=text)


@bp.post("/<ref:ref>/again")
@allow(staff("registration"))
def send_again(ref):
    found = queries.letter_of(ref) or abort(404)
    with transaction():
        delivery.send_again(found, by=current_user.person, now=clock.now())
    flash(_("The letter is on its way again."))
    return redirect(url_for(".letter", ref=ref), 303)


@bp.get("/<ref:ref>/enclosures/<int:enclosure_id>")
@allow(staff("registration"))
def enclosure(ref, enclosure_id):
    found = queries.enclosure_of(ref, enclosure_id) or abort(404)
    response = Response(found.content, mimetype="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=found.file_name)
    return response
