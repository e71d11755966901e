"""One session, one presentation, one person."""

from flask import abort, render_template, request
from flask_login import current_user

from conference.schedule import itineraries, linked_data, pages, previews, words
from conference.schedule.formats import write_calendar_of
from conference.schedule.paper import queries
from conference.schedule.routes import answers
from conference.schedule.routes.blueprint import bp, find
from conference.schedule.routes.whose import my_itinerary
from conference.schedule.rules import overlaps
from conference.web import absolute_url, allow, anyone


@bp.get("/schedule/sessions/<int:number>")
@allow(anyone)
def session(code, number):
    """A session with its talks; stars and clashes of whoever asks."""
    place, programme = find(code)
    found = programme.sessions.get(number) or abort(404)
    return answers.page(programme, lambda: _session(place, programme, found))


@bp.get("/schedule/presentations/<int:number>")
@allow(anyone)
def presentation(code, number):
    """A talk or poster with its authors as in a paper."""
    place, programme = find(code)
    found = programme.presentations.get(number) or abort(404)
    return answers.page(programme, lambda: _presentation(place, programme, *found))


@bp.get("/schedule/people/<int:number>")
@allow(anyone)
def person(code, number):
    """Somebody's part in the programme."""
    place, programme = find(code)
    found = programme.people_by_number.get(number) or abort(404)
    return answers.page(programme, lambda: _person(place, programme, found))


@bp.get("/schedule/sessions/<int:number>.ics")
@allow(anyone)
def session_calendar(code, number):
    """A session as a calendar entry."""
    _place, programme = find(code)
    found = programme.sessions.get(number) or abort(404)
    return _calendar(programme, [programme.flattener.session(found)], found.title)


@bp.get("/schedule/presentations/<int:number>.ics")
@allow(anyone)
def presentation_calendar(code, number):
    """A talk as a calendar entry."""
    _place, programme = find(code)
    held, found = programme.presentations.get(number) or abort(404)
    return _calendar(programme, [programme.flattener.entry(held, found)], found.title)


@bp.get("/schedule/people/<int:number>.ics")
@allow(anyone)
def person_calendar(code, number):
    """What somebody does, as calendar entries."""
    _place, programme = find(code)
    found = programme.people_by_number.get(number) or abort(404)
    items = {(talk or session).guid for _role, session, talk in programme.parts.get(found.guid, [])}
    return _calendar(programme, programme.entries_of(items), found.name)


def _calendar(programme, events, name):
    body = write_calendar_of(events, programme.programme, programme.edition, name=name)
    return body, 200, {"Content-Type": "text/calendar; charset=utf-8"}


def _session(place, programme, found):
    starred, whole = _stars(place), programme.whole_of(found)
    return render_template(
        "schedule/session.html",
        place=place,
        programme=programme,
        session=found,
        row=pages.row_of_session(programme, place, found),
        when=words.when(programme, place, found.starts, found.ends, found.day),
        people=words.parts_of_session(programme, place, found),
        disclosures=words.disclosures(programme, [part.person for part in found.people]),
        whole=pages.row_of_session(programme, place, whole) if whole else None,
        parts=[
            (pages.row_of_session(programme, place, part), part.guid in starred)
            for part in programme.parts_of_sessions.get(found.guid, ())
        ],
        talks=[
            (
                pages.row_of_talk(programme, place, found, talk),
                talk,
                talk.guid in starred,
                words.author_lines(programme, place, talk),
            )
            for talk in found.presentations
        ],
        timed=any(programme.times[talk.guid] for talk in found.presentations),
        boarded=any(talk.board for talk in found.presentations),
        starred=found.guid in starred,
        clashing=_clashing(place, programme, found, starred),
        days=words.day_links(programme, place, found.day),
        shared=previews.of_session(programme, place, found),
        linked_data=linked_data.of_session(programme, place, found),
    )


def _presentation(place, programme, held, found):
    starred = _stars(place)
    order = [talk.guid for talk in held.presentations].index(found.guid)
    talks = held.presentations
    starts, ends = programme.times[found.guid] or (held.starts, held.ends)
    return render_template(
        "schedule/presentation.html",
        place=place,
        programme=programme,
        session=held,
        talk=found,
        row=pages.row_of_talk(programme, place, held, found),
        session_row=pages.row_of_session(programme, place, held),
        when=words.when(programme, place, starts, ends, held.day),
        is_timed=programme.times[found.guid] is not None,
        authors_of=words.author_lines(programme, place, found),
        title=words.title_of(found),
        disclosures=words.disclosures(programme, [author.person for author in found.authors]),
        held_back=words.held_back(programme, place, found),
        shared=previews.of_presentation(programme, place, held, found),
        linked_data=linked_data.of_presentation(programme, place, held, found),
        citation=linked_data.citation(programme, place, held, found, _book(place)),
        before=pages.talk_link(programme, place, held, talks[order - 1]) if order else None,
        after=pages.talk_link(programme, place, held, talks[order + 1]) if order + 1 < len(talks) else None,
        starred=found.guid in starred,
        days=words.day_links(programme, place, held.day),
    )


def _book(place):
    """The address of the abstract book, when there is one for everybody."""
    return (
        absolute_url("schedule.paper", code=place.code, kind="book") if "book" in queries.public_kinds(place) else None
    )


def _person(place, programme, found):
    affiliations = words.affiliations_of(programme, found.guid)
    return render_template(
        "schedule/person.html",
        place=place,
        person=found,
        shared=previews.of_person(place, found, affiliations),
        affiliations=affiliations,
        parts=pages.parts_of_person(programme, place, found.guid),
    )


def _stars(place):
    if not current_user.is_authenticated and answers.stars_cookie() not in request.cookies:
        return frozenset()
    return itineraries.stars(my_itinerary(), place.id)


def _clashing(place, programme, found, starred):
    """Rows of other starred sessions that are held at the same time."""
    others = [
        session
        for session in programme.days[found.day]
        if session.guid != found.guid and session.guid in starred and overlaps(session, found)
    ]
    return [pages.row_of_session(programme, place, session) for session in others]
