"""Founding the society and editing its facts and pages."""

from flask_babel import gettext as _
from sqlalchemy import update

from conference import audit
from conference.kernel import Refusal, Stale, claim_version, db, new_ref
from conference.society import queries
from conference.society.models import Page, Revision, Society
from conference.society.rules import is_slug, moved

WORDS = ("title", "slug", "summary", "body", "section")


def found(*, now, **facts):
    """The society itself, once per installation."""
    society = Society(id=1, **facts)
    db.session.add(society)
    db.session.flush()
    audit.record(by=None, verb="founded", subject=society, now=now, after={"name": society.name})
    return society


def change(society, *, by, version, now, **facts):
    """Change facts of the society that were read at `version`; Stale when they have changed since."""
    before, after = audit.changes(society, facts)
    if not before:
        return society
    _claim(society, version, facts)
    audit.record(by=by, verb="changed", subject=society, now=now, before=before, after=after)
    touch()
    return society


def add_page(*, by, now, **words):
    """A new page at the end of its section; Refusal when its address is taken or cannot be one."""
    _check_slug(words["slug"])
    page = Page(position=len(queries.in_section(words.get("section", ""))) + 1, changed_at=now, **words)
    db.session.add(page)
    db.session.flush()
    _remember(page, by, now)
    facts = {"title": page.title, "slug": f"/pages/{page.slug}"}
    audit.record(by=by, verb="added", subject=page, now=now, after=facts)
    touch()
    return page


def edit_page(page, *, by, version, now, **words):
    """Change what a page said at `version`; Stale when somebody saved since, Refusal for a bad address."""
    before, after = audit.changes(page, words)
    if not before:
        return page
    if "slug" in before:
        _check_slug(words["slug"])
    if "section" in before:
        words["position"] = len(queries.in_section(words["section"])) + 1
    _claim(page, version, {**words, "changed_at": now})
    _remember(page, by, now)
    audit.record(by=by, verb="changed", subject=page, now=now, before=before, after=after)
    touch()
    return page


def restore(page, *, revision, by, version, now):
    """Let a page say again what a former version said; that is a new version, so it can be undone too."""
    words = {name: getattr(revision, name) for name in WORDS}
    return edit_page(page, by=by, version=version, now=now, **words)


def show(page, *, is_public, by, now):
    """Show a page to everybody, or hide it from everybody but its editors."""
    page.is_public = is_public
    audit.record(by=by, verb="showed" if is_public else "hid", subject=page, now=now)
    touch()


def move(page, *, up, by, now):
    """One place up or down in its section."""
    for position, each in enumerate(moved(queries.in_section(page.section), page, up=up), start=1):
        each.position = position
    audit.record(by=by, verb="moved", subject=page, now=now, note=_("up") if up else _("down"))
    touch()


def touch():
    """Tell every process that the frame of the public pages has changed."""
    db.session.execute(update(Society).values(stamp=new_ref(20)), execution_options={"synchronize_session": False})
    db.session.flush()


def _claim(row, version, values):
    if not claim_version(row, version, values):
        raise Stale(_("Somebody else has saved this since you opened it. Nothing of theirs or yours is lost."))


def _check_slug(slug):
    if not is_slug(slug):
        raise Refusal(_("An address has small letters, digits and hyphens, such as “travel-grants”"), field="slug")
    if queries.page_by_slug(slug):
        raise Refusal(_("There is a page at /pages/%(slug)s already", slug=slug), field="slug")


def _remember(page, by, now):
    words = {name: getattr(page, name) for name in WORDS}
    db.session.add(Revision(page_id=page.id, version=page.version, at=now, author=by.full_name if by else "", **words))
    db.session.flush()
