"""The society's public pages and files, and my page."""

from flask import Blueprint, Response, abort, render_template, request
from flask_login import current_user

from conference import meetings, society
from conference.home import mine as my_page
from conference.home import sitemap as search_engines
from conference.home.site import site
from conference.kernel import clock
from conference.web import absolute_url, allow, anyone, signed_in

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


@bp.get("/robots.txt")
@allow(anyone)
def robots():
    """Where search engines find the sitemap (RFC 9309; the line is of sitemaps.org)."""
    body = f"User-agent: *\nDisallow:\nSitemap: {absolute_url('home.sitemap')}\n"
    return Response(body, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"})


@bp.get("/sitemap.xml")
@allow(anyone)
def sitemap():
    """All public pages, or, where they are too many for one file, the files that have them."""
    return _as_file(search_engines.sitemap().first)


@bp.get("/sitemap/<int:number>.xml")
@allow(anyone)
def part_of_sitemap(number):
    """One of the sitemap's files."""
    parts = search_engines.sitemap().parts
    return _as_file(parts[number - 1]) if 0 < number <= len(parts) else abort(404)


@bp.get("/account/")
@allow(signed_in)
def mine():
    person, now = current_user.person, clock.now()
    return render_template("home/mine.html", person=person, parts=my_page.parts_for(person, now))


def _as_file(found):
    """A file that is the same for everybody: shared caches may keep it, and ask whether it still holds."""
    response = Response(found.body, content_type="application/xml; charset=utf-8")
    response.set_etag(found.etag)
    response.headers["Cache-Control"] = "public, no-cache"
    return response.make_conditional(request)


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
