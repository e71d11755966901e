"""The society itself: its name and colours, and its pages and files, kept in the database and edited by staff."""

from conference.society.models import Download, Page, Society
from conference.society.queries import current, download_of, front_pages, page_by_slug, pages

__all__ = ["Download", "Page", "Society", "current", "download_of", "front_pages", "page_by_slug", "pages"]
