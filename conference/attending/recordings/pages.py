"""Watching a recording: whoever may is sent to it, looked at anew each time."""

from flask import abort, redirect, render_template
from flask_login import current_user

from conference import registration
from conference.attending import held
from conference.attending.blueprints import bp, public_programme
from conference.attending.recordings import queries, serving
from conference.kernel import clock, transaction
from conference.web import allow, signed_in


@bp.get("/recordings/<ref:ref>")
@allow(signed_in)
def watch(code, ref):
    """On to the link, or a page that says for whom it is. The link itself stands in no page, file or search of ours."""
    meeting, programme = public_programme(code)
    recording = queries.by_ref(meeting.id, ref) or abort(404)
    title = serving.named(programme).get(recording.item) or abort(404)
    viewer = serving.Viewer(current_user.person, held.entry_of(current_user.person, meeting), clock.now())
    if not serving.may_watch(recording, viewer):
        return _refused(meeting, recording, title), 403
    with transaction():
        serving.count(recording)
    response = redirect(recording.url, 302)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store, private"
    # The usual body of a redirect says its address once more, for browsers that are gone: what is kept nowhere cannot be found.
    response.set_data("")
    return response


def _refused(meeting, recording, title):
    names = {each.code: each.name for each in registration.categories_of(meeting, all_of_them=True)}
    return render_template(
        "attending/not_yours.html",
        meeting=meeting,
        place=meeting,
        recording=recording,
        title=title,
        categories=[names.get(code, code) for code in recording.only_for],
        now=clock.now(),
    )
