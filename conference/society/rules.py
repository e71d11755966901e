"""Which pages can be, where they stand, and what may be offered as a file: decisions on values."""

import re
from enum import StrEnum

MOST_BYTES = 15 * 1024 * 1024


class Section(StrEnum):
    """The lists a page can stand in."""

    MENU = "menu"
    PLAN = "plan"
    FOOT = "foot"
    NOWHERE = ""


def is_slug(text):
    """Whether `text` can be a page's or file's address: small letters, digits and single hyphens."""
    return len(text) <= 80 and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None


def looks_like_pdf(content):
    """Whether bytes begin and end as a PDF does (ISO 32000-2, 7.5.2 and 7.5.5)."""
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]


def moved(items, item, *, up):
    """`items` with `item` one place up or down; unchanged at either end."""
    items = list(items)
    here = items.index(item)
    there = here - 1 if up else here + 1
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
    return items


def safe_file_name(title):
    """A file name from a title: letters, digits and hyphens, ending in .pdf."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return f"{words[:80] or 'document'}.pdf"
