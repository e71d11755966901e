"""ZIP archives from strangers, opened within bounds: what a file unpacks to is counted, not believed."""

import re
import zipfile
import zlib
from io import BytesIO

from flask_babel import gettext as _

from conference.kernel.errors import Refusal

MOST_MEMBERS = 2_000
LARGEST_MEMBER = 64 * 1024 * 1024
LARGEST_WHOLE = 128 * 1024 * 1024
MOST_NODES = 3_000_000  # elements and attributes, roughly, of all parts
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding=["'](?!utf-8["']|us-ascii["'])""", re.IGNORECASE)
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError)


def is_archive(content):
    """Whether bytes begin as a ZIP archive, and so an Excel workbook, does."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Archive:
    """A ZIP archive; `names` are those of its files. Refusal when it is none, or unpacks to too much."""

    def __init__(self, content):
        self.content, self.left = content, LARGEST_WHOLE
        try:
            self.zip = zipfile.ZipFile(BytesIO(content))
            self.names = [each.filename for each in self.zip.infolist() if not each.is_dir()]
        except _FAULTS:
            raise damaged() from None
        if len(self.names) > MOST_MEMBERS:
            raise too_large()

    def read(self, name):
        """The bytes of a file in it; empty when there is none of that name."""
        if name not in self.names:
            return b""
        largest = min(LARGEST_MEMBER, self.left)
        try:
            with self.zip.open(name) as member:
                content = member.read(largest + 1)
        except _FAULTS:
            raise damaged() from None
        if len(content) > largest:
            raise too_large()
        self.left -= len(content)
        return content

    def look_through(self):
        """Refusal when the XML parts unpack to too much or hold what no workbook has: a document type, in which entities are declared, or another encoding, which would hide one."""
        nodes = 0
        for name in (name for name in self.names if name.lower().endswith((".xml", ".rels"))):
            content = self.read(name).removeprefix(b"\xef\xbb\xbf").lstrip()
            nodes += content.count(b"<") + content.count(b"=")
            if nodes > MOST_NODES:
                raise too_large()
            if content[:1] not in (b"<", b"") or b"<!DOCTYPE" in content or _ENCODING.match(content):
                raise damaged()
        self.left = LARGEST_WHOLE


def damaged():
    """The Refusal of an archive that cannot be unpacked."""
    text = _("The file is damaged or protected by a password. Save it once more as a workbook (.xlsx) without one.")
    return Refusal(text, field="file")


def too_large():
    """The Refusal of an archive that unpacks to more than any table needs."""
    return Refusal(_("The file unpacks to more than any programme needs."), field="file")
