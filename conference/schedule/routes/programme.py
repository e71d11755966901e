"""Overview, days, people: each page is of the current release."""

from datetime import date

from flask import abort, redirect, render_template, request, url_for

from conference import meetings, society
from conference.kernel import clock
from conference.schedule import heading_words, pages, previews, words
from conference.schedule.forms import FilterForm
from conference.schedule.paper import names, queries
from conference.schedule.routes import answers
from conference.schedule.routes.blueprint import bp, find, for_reader, meeting
from conference.schedule.rules import now_and_next
from conference.web import absolute_url, allow, anyone, date_range


@bp.get("/schedule")
@allow(anyone)
def overview(code):
    """Days, what is on now and next, tracks and rooms; before the first release a page that says so."""
    place = meeting(code)
    programme = for_reader(place)
    if programme is None:
        return render_template("schedule/none.html", place=place)
    return answers.page(programme, lambda: _overview(place, programme))


@bp.get("/schedule/<string(length=10):day>")
@allow(anyone)
def day(code, day):
    """One day, all of it or what the filters leave."""
    place, programme = find(code)
    on = _date(day)
    if on not in programme.days:
        abort(404)
    if request.args and (form := FilterForm.of_address(programme)).active:
        return _filtered_day(place, programme, on, form)
    piece = pages.day_piece(programme, place, on)
    return answers.page(
        programme, lambda: _day(place, programme, on, FilterForm.of_address(programme), answers.MARK), piece=piece
    )


@bp.get("/schedule/sessions")
@allow(anyone)
def sessions(code):
    """All days, as far as the filters let sessions through; without any filter the overview."""
    place, programme = find(code)
    form = FilterForm.of_address(programme)
    if not form.active:
        return redirect(url_for(".overview", code=place.code), 303)
    days = [(on, [session for session in held if form.lets_through(session)]) for on, held in programme.days.items()]
    return render_template(
        "schedule/sessions.html",
        place=place,
        form=form,
        title=" · ".join(field.data for field in form if field.data),
        days=[(words.long_day(on), pages.listing(programme, place, held)) for on, held in days if held],
        shared=previews.of_filter(place, form.chosen, sum(len(held) for _on, held in days)),
        shown=sum(len(held) for _on, held in days),
        total=len(programme.sessions),
    )


def _overview(place, programme):
    now, coming = now_and_next(programme.programme.sessions, clock.now())
    return render_template(
        "schedule/overview.html",
        place=place,
        programme=programme,
        days=[
            (words.short_day(on), url_for(".day", code=place.code, day=on), sessions)
            for on, sessions in programme.days.items()
        ],
        now=[pages.session_row(programme, place, session) for session in now],
        coming=[pages.session_row(programme, place, session) for session in coming],
        coming_day=words.long_day(coming[0].day) if coming else None,
        shared=previews.of_overview(place, date_range(place.starts, place.ends)),
        linked_data=_facts(place),
        indexes=[
            (index, heading_words.INDEXES[index].title, len(found))
            for index, found in programme.headings.items()
            if found
        ],
        tracks=list(programme.headings["tracks"].values()),
        papers=[(kind, names.KINDS[kind], count) for kind, count in queries.public_kinds(place).items()],
    )


def _facts(place):
    """The meeting for search engines."""
    found = society.current()
    url = absolute_url("meetings.page", code=place.code)
    return meetings.event_facts(
        meetings.by_id(place.id), organizer=found.name if found else "", url=url, now=clock.now()
    )


def _day(place, programme, on, form, listing, shown=None):
    total = len(programme.days[on])
    return render_template(
        "schedule/day.html",
        place=place,
        programme=programme,
        day=words.long_day(on),
        days=words.day_links(programme, place, on),
        zone_label=words.zone_label(programme, place, on),
        shared=previews.of_day(programme, place, on, form.chosen),
        form=form,
        listing=pages.Markup(listing),
        total=total,
        shown=total if shown is None else shown,
        here=url_for(".day", code=place.code, day=on),
    )


def _filtered_day(place, programme, on, form):
    sessions = [session for session in programme.days[on] if form.lets_through(session)]
    listing = pages.listing(programme, place, sessions)
    return _day(place, programme, on, form, listing, shown=len(sessions))


def _date(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
