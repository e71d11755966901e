"""Pages of the demo alone: the letters that were sent, so that a newcomer finds the sign-in code."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template

from conference import mail
from conference.demo import mailbox
from conference.web import Page, allow, anyone, page_number

bp = Blueprint("demo", __name__, url_prefix="/demo")

PER_PAGE = 50


@bp.before_request
def only_in_the_demo():
    """Anywhere else there is no such page."""
    if current_app.config["MODE"] != "demo":
        abort(404)


@bp.get("/mail")
@allow(anyone)
def letters():
    names = mailbox.names(_folder())
    number = min(page_number(), max(1, -(-len(names) // PER_PAGE)))
    items = mailbox.heads(_folder(), names[(number - 1) * PER_PAGE : number * PER_PAGE])
    page = Page(items=items, number=number, total=len(names), per_page=PER_PAGE)
    return render_template("demo/letters.html", page=page)


@bp.get("/mail/<name>")
@allow(anyone)
def letter(name):
    found = mailbox.letter(_folder(), name) or abort(404)
    text = mail.paragraphs(found.text, current_app.config["BASE_URL"])
    files = [mailbox.file_of(part) for part in found.enclosures]
    return render_template("demo/letter.html", letter=found, paragraphs=text, files=files)


@bp.get("/mail/<name>/enclosures/<int:number>")
@allow(anyone)
def enclosure(name, number):
    found = mailbox.letter(_folder(), name) or abort(404)
    if not 1 <= number <= len(found.enclosures):
        abort(404)
    file_name, content = mailbox.file_of(found.enclosures[number - 1])
    response = Response(content, mimetype="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    return response


def _folder():
    return Path(current_app.config["INSTANCE_PATH"]) / "mail"
