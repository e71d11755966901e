"""Reading the society, its day and its pages."""

from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload, undefer

from conference.kernel import db
from conference.society.models import Download, Page, Revision, Society


def current():
    """The society, or None in an empty database."""
    return db.session.get(Society, 1)


def timezone():
    """The name of the society's time zone; UTC in an empty database."""
    return db.session.scalar(select(Society.timezone)) or "UTC"


def zone():
    """The society's time zone itself, by which instants are shown."""
    return ZoneInfo(timezone())


def local_day(instant, *, zone=None):
    """The society's own date at an instant. `zone` is the name of its time zone, where it is known."""
    return instant.astimezone(ZoneInfo(zone or timezone())).date()


def stamp():
    """What changes with everything the frame of the public pages shows; None in an empty database."""
    return db.session.scalar(select(Society.stamp))


def pages(*, public_only=True):
    """All pages in menu order, without their downloads."""
    statement = select(Page).order_by(Page.position, Page.title)
    return list(db.session.scalars(statement.where(Page.is_public) if public_only else statement))


def front_pages(section):
    """The public pages of one section in menu order."""
    return [page for page in pages() if page.section == section]


def in_section(section):
    """All pages of one section, hidden ones too, in their order."""
    return [page for page in pages(public_only=False) if page.section == section]


def page_by_slug(slug):
    """The page and its downloads, or None."""
    statement = select(Page).where(Page.slug == slug).options(selectinload(Page.downloads))
    return db.session.scalar(statement)


def page_by_id(page_id):
    """The page and its downloads, or None."""
    return db.session.scalar(select(Page).where(Page.id == page_id).options(selectinload(Page.downloads)))


def revisions_of(page):
    """What the page has said, the newest version first."""
    statement = select(Revision).where(Revision.page_id == page.id).order_by(Revision.version.desc())
    return list(db.session.scalars(statement))


def revision_of(page, version):
    """What the page said in one version, or None."""
    return db.session.scalar(select(Revision).where(Revision.page_id == page.id, Revision.version == version))


def download_of(slug):
    """The download with its bytes, or None."""
    return db.session.scalar(select(Download).where(Download.slug == slug).options(undefer(Download.content)))


def is_hidden(download):
    """Whether the page that offers the file is not public."""
    return bool(db.session.scalar(select(~Page.is_public).where(Page.id == download.page_id)))


def frame():
    """The society and the menu as plain rows (not as objects of this session): (society, public pages) or (None, [])."""
    society = db.session.execute(select(Society.__table__)).mappings().first()
    columns = (Page.slug, Page.title, Page.summary, Page.section)
    listed = select(*columns).where(Page.is_public, Page.section != "").order_by(Page.position, Page.title)
    return society, list(db.session.execute(listed))
