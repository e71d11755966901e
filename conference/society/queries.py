"""Reading the society's pages."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload, undefer

from conference.kernel import db
from conference.society.models import Download, Page, Society


def current():
    """The society, or None in an empty database."""
    return db.session.get(Society, 1)


def pages(*, public_only=True):
    """All pages in menu order, without their downloads."""
    statement = select(Page).order_by(Page.position, Page.title)
    return list(db.session.scalars(statement.where(Page.is_public) if public_only else statement))


def front_pages(section):
    """The public pages of one section in menu order."""
    return [page for page in pages() if page.section == section]


def page_by_slug(slug):
    """The page and its downloads, or None."""
    statement = select(Page).where(Page.slug == slug).options(selectinload(Page.downloads))
    return db.session.scalar(statement)


def download_of(slug):
    """The download with its bytes, or None."""
    return db.session.scalar(select(Download).where(Download.slug == slug).options(undefer(Download.content)))
