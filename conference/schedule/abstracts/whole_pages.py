"""The programme looked at by the desk: as the public sees it at an instant, and with what is under embargo, as pages and as a file."""

from datetime import datetime

from flask import Response, abort, render_template, request
from flask_login import current_user

from conference import audit
from conference.kernel import clock, transaction, whole_number
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
    """What the public sees at an instant, of the draft or of a release: of one that is named, what it saw when it was made."""
    meeting, number, now = find_meeting(code), _number(), clock.now()
    of = "release" if request.args.get("of") == "release" else "draft"
    whole = _released(meeting, number) if of == "release" else looking.drafted(meeting, now)
    begin = whole.at if number is not None and of == "release" else now
    local = _typed_instant() or instants.shown(begin, meeting.zone)
    at = instants.read(local, meeting.zone)
    return render_template(
        "schedule/abstracts/as_seen.html",
        meeting=meeting,
        of=of,
        number=number,
        local=f"{local:%Y-%m-%dT%H:%M}",
        at=at,
        look=looking.look(looking.at(whole, at), _day()) if whole else None,
        words=words,
    )


@bp.get("/whole")
@allow(staff("programme"))
def whole(code):
    """A released programme with what is under embargo."""
    meeting, number = find_meeting(code), _number()
    programme = _released(meeting, number)
    held = embargoes(programme.programme) if programme else {}
    return render_template(
        "schedule/abstracts/whole.html",
        meeting=meeting,
        number=number,
        look=looking.look(programme, _day()) if programme else None,
        closed={guid: each.closed(clock.now()) for guid, each in held.items()},
        words=words,
    )


@bp.get("/whole/<int:number>")
@allow(staff("programme"))
def whole_presentation(code, number):
    """One released presentation with everything."""
    meeting, release = find_meeting(code), _number()
    programme = _released(meeting, release) or abort(404)
    session, talk = programme.presentations.get(number) or abort(404)
    return render_template(
        "schedule/abstracts/whole_presentation.html",
        meeting=meeting,
        release=release,
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
    """All of the draft, or of a release, as nested JSON that can be brought back in; that it was fetched is kept."""
    meeting = find_meeting(code)
    of = "release" if request.args.get("of") == "release" else "draft"
    name, programme = looking.whole_file(meeting, of, _number()) or abort(404)
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


def _released(meeting, number):
    """The current release, None before the first; or the one with a number, which must be there."""
    return looking.released(meeting, number) or (None if number is None else abort(404))


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


def _number():
    return whole_number(request.args.get("release", ""), 9)


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
