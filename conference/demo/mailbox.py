"""Reading the letters that the demo's post office kept."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from conference.kernel import clean_line, clean_text

_NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")


@dataclass(frozen=True)
class Kept:
    """One letter as it came in: `name` in addresses, when it came, and the message itself."""

    name: str
    message: EmailMessage

    @property
    def came_at(self):
        """When it was taken."""
        return datetime.strptime(self.name.partition("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)

    @property
    def subject(self):
        """Its subject on one line."""
        return self._head("Subject")

    @property
    def to(self):
        """To whom it goes."""
        return self._head("To") or self._head("X-Envelope-To")

    @property
    def sender(self):
        """From whom it comes."""
        return self._head("From")

    @property
    def text(self):
        """Its plain text."""
        part = self.message.get_body(preferencelist=("plain",))
        return clean_text(_content(part)) if part is not None else ""

    @property
    def enclosures(self):
        """Its files, as message parts."""
        return list(self.message.iter_attachments())

    def _head(self, name):
        """A header as text; aiosmtpd takes UTF-8 in headers (RFC 6532), which the parser hands over as it came."""
        raw = next((value for key, value in self.message.raw_items() if key.lower() == name.lower()), "")
        text = "".join(raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace").splitlines())  # unfolded
        try:
            return clean_line(str(make_header(decode_header(text))))
        except (LookupError, ValueError, MessageError):
            return clean_line(text)


def names(folder):
    """The names of all letters, newest first."""
    return sorted((path.stem for path in Path(folder).glob("*.eml") if _NAME.fullmatch(path.stem)), reverse=True)


def heads(folder, names):
    """The letters of these names without their contents."""
    return [_read(folder, name, headers_only=True) for name in names]


def letter(folder, name):
    """The letter of this name, or None."""
    if not _NAME.fullmatch(name) or not (Path(folder) / f"{name}.eml").is_file():
        return None
    return _read(folder, name)


def file_of(part):
    """Name and bytes of an enclosure."""
    content = part.get_payload(decode=True) or b""
    return clean_line(part.get_filename() or "enclosure"), content


def _read(folder, name, *, headers_only=False):
    with (Path(folder) / f"{name}.eml").open("rb") as file:
        return Kept(name, BytesParser(policy=policy.default).parse(file, headersonly=headers_only))


def _content(part):
    try:
        return part.get_content()
    except (LookupError, MessageError):
        return part.get_payload(decode=True).decode("utf-8", "replace")
