"""The society itself: its name and colours, and its pages and files, kept in the database and edited by staff."""

from conference.society.actions import Stale, add_page, change, edit_page, found, move, restore, show, touch
from conference.society.files import offer, take_away
from conference.society.models import Download, Page, Revision, Society
from conference.society.plan import offer_plan
from conference.society.queries import (
    current,
    download_of,
    frame,
    front_pages,
    is_hidden,
    local_day,
    page_by_slug,
    pages,
    revisions_of,
    stamp,
    timezone,
    zone,
)
from conference.society.rules import Section, is_slug

__all__ = [
    "Download",
    "Page",
    "Revision",
    "Section",
    "Society",
    "Stale",
    "add_page",
    "change",
    "current",
    "download_of",
    "is_hidden",
    "edit_page",
    "found",
    "frame",
    "front_pages",
    "is_slug",
    "local_day",
    "move",
    "offer",
    "offer_plan",
    "page_by_slug",
    "pages",
    "restore",
    "revisions_of",
    "show",
    "stamp",
    "take_away",
    "touch",
    "timezone",
    "zone",
]
