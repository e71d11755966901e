"""Files offered on pages: PDF only, told by their content, kept in the database."""

import io
from hashlib import sha256

import pikepdf
from flask_babel import gettext as _

from conference import audit
from conference.kernel import Refusal, db
from conference.society import queries
from conference.society.actions import touch
from conference.society.models import Download
from conference.society.rules import MOST_BYTES, is_slug, looks_like_pdf, safe_file_name


def offer(*, page, slug, title, content, by, now):
    """Offer a PDF on a page under /downloads/<slug>, replacing the file that was there; Refusal when it is no PDF."""
    if not is_slug(slug):
        raise Refusal(_("An address has small letters, digits and hyphens, such as “strategic-plan”"), field="slug")
    _check(content)
    download = queries.download_of(slug)
    if download and download.page_id not in (page.id, None):
        raise Refusal(_("Another page offers a file under this address"), field="slug")
    before = {"title": download.title, "sha256": download.sha256} if download else None
    download = download or _new(slug)
    download.page_id, download.title, download.file_name = page.id, title, safe_file_name(title)
    download.content, download.size, download.sha256 = content, len(content), sha256(content).hexdigest()
    download.changed_at = now
    db.session.flush()
    after = {"title": title, "sha256": download.sha256}
    audit.record(by=by, verb="offered", subject=download, now=now, before=before, after=after, note=slug)
    touch()
    return download


def take_away(download, *, by, now):
    """Offer a file no longer; its bytes are gone, its trail stays."""
    before = {"title": download.title, "sha256": download.sha256}
    audit.record(by=by, verb="took away", subject=download, now=now, before=before, note=download.slug)
    db.session.delete(download)
    touch()


def _new(slug):
    download = Download(slug=slug, media_type="application/pdf")
    db.session.add(download)
    return download


def _check(content):
    if not content:
        raise Refusal(_("Choose a file"), field="file")
    if len(content) > MOST_BYTES:
        raise Refusal(_("The file is larger than 15 MB"), field="file")
    if not looks_like_pdf(content) or not _opens(content):
        raise Refusal(_("This is not a PDF that can be opened without a password"), field="file")


def _opens(content):
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return len(document.pages) > 0
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        return False
