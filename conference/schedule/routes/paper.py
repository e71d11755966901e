"""What of the programme is on paper and online: served with the tag of its content, as long as its release is the current one."""

from flask import abort, send_file

from conference.schedule.paper import printing, queries
from conference.schedule.routes.blueprint import bp, meeting
from conference.web import allow, anyone


@bp.get("/schedule/paper/<any(book, pocket):kind>.pdf")
@allow(anyone)
def paper(code, kind):
    """The abstract book or pocket programme that staff have put online."""
    place = meeting(code)
    row = queries.public_paper(place, kind)
    if row is None or not printing.has_file(row):
        abort(404)
    response = send_file(
        printing.file_of(row.ref),
        mimetype="application/pdf",
        download_name=f"{place.code}-{kind}.pdf",
        etag=row.etag,
        conditional=True,
    )
    response.headers["Cache-Control"] = "public, no-cache"
    return response
