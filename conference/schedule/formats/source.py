"""Bytes of an unknown file as text: bounded in size, whatever its encoding claims to be."""

import codecs
import re

from flask_babel import gettext as _

from conference.schedule.formats.report import UnreadableFile

LARGEST_FILE = 32 * 1024 * 1024
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_CALENDAR = re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR")
# A fold within the bytes of one character of UTF-8; the others are told apart later, line by line.
_FOLD = re.compile(rb"\r?\n[ \t](?=[\x80-\xbf])")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content, report):
    """The text of a file; a wrong or missing declaration is repaired and reported. UnreadableFile when it is too large or empty."""
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(_("The file is larger than %(largest_file)s MB.", largest_file=LARGEST_FILE // 2**20))
    if not content.strip():
        raise UnreadableFile(_("The file is empty."))
    if _CALENDAR.match(content):
        # Some programs fold lines of a calendar in the middle of a character.
        content = _FOLD.sub(b"", content)
    for encoding in _candidates(content):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            report.repair("the file", f"its text is not {encoding}")
    return content.decode("cp1252", errors="replace")


def _candidates(content):
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    if marked:
        return marked[:1]
    declared = _DECLARED.match(content)
    names = [declared.group(1).decode().lower()] if declared else []
    # Only text encodings: "declared" may name a codec such as zlib or rot13.
    names = [name for name in names if _is_text(name)]
    return names if "utf-8" in names else [*names, "utf-8"]


def _is_text(name):
    try:
        return bool(codecs.lookup(name)._is_text_encoding)
    except LookupError:
        return False
