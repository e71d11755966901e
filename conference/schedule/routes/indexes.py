"""What the programme can be looked up by: indexes of institutions, topics, tracks, rooms and kinds, and a page for each entry."""

from flask import abort, render_template, url_for

from conference.schedule import heading_words, pages, previews, words
from conference.schedule.headings import letter_of
from conference.schedule.routes import answers
from conference.schedule.routes.blueprint import bp, find
from conference.web import Page, allow, anyone, page_number

# An index of this many entries is some 60 kB; a heading of this many rows as large as a day.
ENTRIES = 400
ROWS = 200
LETTERED = ("institutions", "topics")


@bp.get("/schedule/<any(institutions, topics, tracks, rooms, kinds):index>")
@allow(anyone)
def index(code, index):
    """All entries of an index, with how much stands under each."""
    place, programme = find(code)
    return answers.page(programme, lambda: _index(place, programme, index))


@bp.get("/schedule/<any(institutions, topics, tracks, rooms, kinds):index>/<slug>")
@allow(anyone)
def heading(code, index, slug):
    """What stands under one entry of an index: its sessions and presentations by day, and the people of an institution."""
    place, programme = find(code)
    found = programme.headings[index].get(slug) or abort(404)
    return answers.page(programme, lambda: _heading(place, programme, index, found))


@bp.get("/schedule/people")
@allow(anyone)
def people(code):
    """Everybody in the programme, by family name."""
    place, programme = find(code)
    return answers.page(programme, lambda: _people(place, programme))


def _index(place, programme, index):
    entries = list(programme.headings[index].values())
    page = _page(entries, ENTRIES)
    linked = [
        (each, url_for(".heading", code=place.code, index=index, slug=each.slug), heading_words.counted(each))
        for each in page.items
    ]
    letters = _letters(entries, _filed_under) if index in LETTERED else {}
    return render_template(
        "schedule/index.html",
        place=place,
        words=heading_words.INDEXES[index],
        page=page,
        letters=letters,
        lettered=words.by_letter(linked, lambda entry: _filed_under(entry[0])) if letters else [],
        entries=linked,
        address_of=lambda number: url_for(".index", code=place.code, index=index, page=number if number > 1 else None),
        hues=programme.hues if index == "tracks" else {},
    )


def _people(place, programme):
    everybody = words.people_in_order(programme)
    page = _page(everybody, ENTRIES)
    linked = [(person, words.person_link(programme, place, person.guid)) for person in page.items]
    return render_template(
        "schedule/people.html",
        place=place,
        page=page,
        letters=_letters(everybody, words.letter_of_person),
        lettered=words.by_letter(linked, lambda entry: words.letter_of_person(entry[0])),
        address_of=lambda number: url_for(".people", code=place.code, page=number if number > 1 else None),
    )


def _heading(place, programme, index, found):
    page = _page(_rows(found), ROWS)
    return render_template(
        "schedule/heading.html",
        place=place,
        programme=programme,
        heading=found,
        words=heading_words.INDEXES[index],
        counted=heading_words.counted(found),
        shared=previews.of_heading(place, index, found, heading_words.counted(found)),
        index=url_for(".index", code=place.code, index=index),
        page=page,
        days=[(words.long_day(day), rows) for day, rows in _by_day(place, programme, page.items)],
        people=[words.person_link(programme, place, guid) for guid in found.people] if page.number == 1 else [],
        address_of=lambda number: url_for(
            ".heading", code=place.code, index=index, slug=found.slug, page=number if number > 1 else None
        ),
    )


def _rows(found):
    """(session, presentation or None) in order of time."""
    rows = [(session, None) for session in found.sessions] + found.talks
    return sorted(rows, key=lambda row: (row[0].day, row[0].starts))


def _by_day(place, programme, rows):
    days = {}
    for session, talk in rows:
        row = pages.talk_row(programme, place, session, talk) if talk else pages.session_row(programme, place, session)
        days.setdefault(session.day, []).append(row)
    return days.items()


def _page(items, size):
    """The Page that the address asks for; one beyond the end is the last one."""
    number = min(page_number(), max(1, -(-len(items) // size)))
    return Page(items=items[(number - 1) * size : number * size], number=number, total=len(items), per_page=size)


def _filed_under(found):
    return letter_of(found.name)


def _letters(items, letter):
    """{letter: (its mark in the page, number of the page on which it begins)}, in order."""
    found = {}
    for position, item in enumerate(items):
        found.setdefault(letter(item), (f"letter-{len(found) + 1}", position // ENTRIES + 1))
    return found
