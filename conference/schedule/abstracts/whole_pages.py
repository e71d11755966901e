"""The programme looked at by the desk: as the public sees it at an instant, and with what is under embargo, as pages and as a file."""

from datetime import datetime

from flask import Response, abort, render_template, request
from flask_login import current_user

from conference import audit
from conference.kernel import clock, transaction
from conference.schedule import words as public_words
from conference.schedule.abstracts import instants, looking, words
from conference.schedule.abstracts.blueprint import bp
from conference.schedule.addressed import find_meeting
from conference.schedule.embargo import embargoes
from conference.schedule.formats import write_nested
from conference.schedule.formats.embargo import NONE
from conference.web import allow, staff


@bp.get("/as-seen")
@allow(staff("programme"))
def as_seen(code):
    """What the public sees at an instant, of the draft or of the release."""
    meeting = find_meeting(code)
    of = "release" if request.args.get("of") == "release" else "draft"
    now = clock.now()
    local = _typed_instant() or instants.shown(now, meeting.zone)
    whole = looking.released(meeting) if of == "release" else looking.drafted(meeting, now)
    at = instants.read(local, meeting.zone)
    return render_template(
        "schedule/abstracts/as_seen.html",
        meeting=meeting,
        of=of,
        local=f"{local:%Y-%m-%dT%H:%M}",
        at=at,
        look=looking.look(looking.at(whole, at), _day()) if whole else None,
        words=words,
    )


@bp.get("/whole")
@allow(staff("programme"))
def whole(code):
    """The released programme with what is under embargo."""
    meeting = find_meeting(code)
    programme = looking.released(meeting)
    held = embargoes(programme.programme) if programme else {}
    return render_template(
        "schedule/abstracts/whole.html",
        meeting=meeting,
        look=looking.look(programme, _day()) if programme else None,
        closed={guid: each.closed(clock.now()) for guid, each in held.items()},
        words=words,
    )


@bp.get("/whole/<int:number>")
@allow(staff("programme"))
def whole_presentation(code, number):
    """One released presentation with everything."""
    meeting = find_meeting(code)
    programme = looking.released(meeting) or abort(404)
    session, talk = programme.presentations.get(number) or abort(404)
    return render_template(
        "schedule/abstracts/whole_presentation.html",
        meeting=meeting,
        session=session,
        talk=talk,
        authors_of=_printed(programme, talk),
        embargo=embargoes(programme.programme).get(talk.guid, NONE),
        disclosures=public_words.disclosures(programme, [author.person for author in talk.authors]),
        now=clock.now(),
        words=words,
    )


@bp.get("/whole.json")
@allow(staff("programme"))
def whole_file(code):
    """All of the draft, or of the release, as nested JSON that can be brought back in; that it was fetched is kept."""
    meeting = find_meeting(code)
    of = "release" if request.args.get("of") == "release" else "draft"
    name, programme = looking.whole_file(meeting, of) or abort(404)
    body = write_nested(programme)
    with transaction():
        audit.record(
            by=current_user.person,
            verb="downloaded the whole programme of",
            subject=meeting,
            now=clock.now(),
            note=name,
        )
    headers = {"Content-Disposition": f'attachment; filename="{name}.json"', "Cache-Control": "no-store"}
    return Response(body, mimetype="application/json", headers=headers)


def _printed(programme, talk):
    """Authors and affiliations as printed, without links to public pages."""
    affiliations, marks = public_words.numbered_affiliations(talk.authors)
    people = [
        {
            "name": programme.people[author.person].name,
            "marks": numbers,
            "presenting": author.presenting,
            "corresponding": author.corresponding,
            "href": None,
        }
        for author, numbers in zip(talk.authors, marks, strict=True)
    ]
    return people, [public_words.affiliation_line(each) for each in affiliations]


def _typed_instant():
    try:
        found = datetime.fromisoformat(request.args.get("at", "")[:16])
    except ValueError:
        return None
    return found if found.tzinfo is None and 1970 <= found.year < 9990 else None


def _day():
    try:
        return datetime.fromisoformat(request.args.get("day", "")[:10]).date()
    except ValueError:
        return None
