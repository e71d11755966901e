"""The living page of the look: every component in every state, on the public layout and on the desk's."""

import io
import re
from datetime import timedelta
from pathlib import Path

import segno
from flask import Blueprint, current_app, render_template, request
from markupsafe import Markup

from conference.kernel import clock
from conference.web import design_charts
from conference.web import design_samples as samples
from conference.web.access import allow, anyone
from conference.web.paging import Page

bp = Blueprint("design", __name__, url_prefix="/design")


@bp.get("/")
@allow(anyone)
def index():
    return render_template(
        "design/index.html",
        samples=samples,
        signatures=_signatures(),
        charts=design_charts,
        more=[Path(name).stem for name in _templates("design/more/")],
        form=samples.answered_form(),
        refused=samples.refused_form(),
        expires=clock.now() + timedelta(minutes=28),
        qr=_qr(samples.CODE),
    )


@bp.get("/desk")
@allow(anyone)
def desk():
    page = Page(items=list(samples.REGISTRATIONS), number=2, total=412, per_page=len(samples.REGISTRATIONS))
    return render_template("design/desk.html", samples=samples, page=page, url_for_page=_url_for_page)


def _url_for_page(number):
    return f"{request.path}?page={number}"


def _signatures():
    """How each component is called, read from its own file: {name: "name(arguments)"}."""
    sources = (Path(current_app.root_path, "templates", name).read_text() for name in _templates("components/"))
    calls = (re.search(r"{% macro (\w+)(\([^%]*\))", source) for source in sources)
    return {call[1]: " ".join((call[1] + call[2]).split()) for call in calls if call}


def _templates(folder):
    return current_app.jinja_env.list_templates(filter_func=lambda name: name.startswith(folder))


def _qr(code):
    """The code as an SVG without a size of its own."""
    drawing = io.BytesIO()
    segno.make(code, error="m").save(drawing, kind="svg", border=0, xmldecl=False, svgns=False, nl=False, omitsize=True)
    return Markup(drawing.getvalue().decode())  # noqa: S704 (drawn by segno from a constant)
