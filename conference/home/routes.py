"""The society's public pages and files, and my page."""

from flask import Blueprint, Response, abort, render_template, request
from flask_login import current_user

from conference import meetings, society
from conference.home import mine as my_page
from conference.home.site import site
from conference.kernel import clock
from conference.web import allow, anyone, signed_in

bp = Blueprint("home", __name__)


@bp.get("/")
@allow(anyone)
def front():
    now, meeting = clock.now(), site().meeting
    deadlines = meetings.deadlines_of(meeting) if meeting else []
    return render_template(
        "home/front.html",
        banner=_banner(meeting, now) if meeting else None,
        plan=site().in_section(society.Section.PLAN),
        dues=[due for due in meetings.dues(meeting, deadlines, now) if not due.is_past][:5],
    )


@bp.get("/pages/<slug>")
@allow(anyone)
def page(slug):
    page = society.page_by_slug(slug) if society.is_slug(slug) else None
    if page is None or not page.is_public:
        abort(404)
    plan = site().in_section(society.Section.PLAN)
    return render_template("home/page.html", page=page, plan=plan, downloads=_downloads(page, plan))


@bp.get("/downloads/<slug>")
@allow(anyone)
def download(slug):
    found = society.download_of(slug) if society.is_slug(slug) else None
    if found is None or society.is_hidden(found):
        abort(404)
    response = Response(found.content, mimetype=found.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    # Whatever is in the file, nothing of it runs as this site.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "public, max-age=300"
    response.last_modified = found.changed_at
    response.set_etag(found.sha256)
    return response.make_conditional(request, accept_ranges=True, complete_length=found.size)


@bp.get("/account/")
@allow(signed_in)
def mine():
    person, now = current_user.person, clock.now()
    return render_template("home/mine.html", person=person, parts=my_page.parts_for(person, now))


def _downloads(page, plan):
    """The page's own files; every page of the plan offers the files of its first."""
    if page.section != society.Section.PLAN or not plan or page.slug == plan[0].slug:
        return page.downloads
    first = society.page_by_slug(plan[0].slug)
    return [*page.downloads, *(first.downloads if first else [])]


def _banner(meeting, now):
    """The next meeting as its banner shows it."""
    window = meeting.window_at(now)
    return {
        "number": meetings.number_words(meeting),
        "title": meeting.title,
        "starts": meeting.starts,
        "ends": meeting.ends,
        "place": meetings.place(meeting),
        "href": f"/meetings/{meeting.code}/",
        "register_href": f"/meetings/{meeting.code}/register" if meetings.can_register(meeting, now) else None,
        "phase": "over" if meetings.is_over(meeting, now) else meeting.phase(now).value,
        "opens_at": meeting.opens_at,
        "window": window.name if window else None,
        "window_ends": meetings.last_day(window, meeting) if window else None,
        "meeting": meeting,
    }
