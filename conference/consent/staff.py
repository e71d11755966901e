"""Answers for the society's auditors."""

from flask import Blueprint, render_template

from conference.consent import queries
from conference.consent.registry import OPTIONAL, PURPOSES, VERSION
from conference.web import administrator, allow, csv_response, page_number, paginate

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
    purposes = sorted(OPTIONAL)
    rows = (_cells(answer, purposes) for answer in queries.in_order())
    return csv_response("consent-answers.csv", [*_COLUMNS, *purposes], rows)


def _cells(answer, purposes):
    facts = [getattr(answer, name) for name in _COLUMNS[1:]]
    return [answer.at.isoformat(), *facts, *(_yes(answer, key) for key in purposes)]


def _yes(answer, key):
    """A purpose that was not asked about then has no answer."""
    return {True: "yes", False: "no"}.get(answer.choices.get(key), "")
