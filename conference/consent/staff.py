"""Answers for the society's auditors."""

import csv
import io

from flask import Blueprint, Response, render_template, stream_with_context

from conference.consent import queries
from conference.consent.registry import OPTIONAL, PURPOSES, VERSION
from conference.web import administrator, allow, page_number, paginate

bp = Blueprint("consent_staff", __name__, url_prefix="/staff/consent")

_COLUMNS = ("at", "consent_id", "person_id", "act", "version", "text_sha256", "language", "surface", "despite_signal")


@bp.get("")
@allow(administrator)
def answers():
    return render_template(
        "consent/staff/answers.html",
        page=paginate(queries.newest_first(), number=page_number()),
        counts=queries.counts(),
        wordings=queries.wordings(),
        purposes=[purpose for purpose in PURPOSES if not purpose.is_necessary],
        version=VERSION,
    )


@bp.get("/answers.csv")
@allow(administrator)
def export():
    response = Response(stream_with_context(_lines()), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="consent-answers.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _lines():
    purposes = sorted(OPTIONAL)
    yield _line([*_COLUMNS, *purposes])
    for answer in queries.in_order():
        yield _line([*(_cell(answer, name) for name in _COLUMNS), *(_yes(answer, key) for key in purposes)])


def _cell(answer, name):
    value = getattr(answer, name)
    if name == "at":
        return value.isoformat()
    return "" if value is None else value


def _yes(answer, key):
    """A purpose that was not asked about then has no answer."""
    return {True: "yes", False: "no"}.get(answer.choices.get(key), "")


def _line(cells):
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
