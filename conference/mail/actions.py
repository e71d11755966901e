"""Writing a letter into the outbox."""

import logging

from flask import current_app

from conference import jobs
from conference.kernel import clean_line, db, new_ref
from conference.mail.models import Enclosure, Letter
from conference.mail.writing import write

log = logging.getLogger(__name__)


def post(*, kind, cause, to, subject, template, now, enclosures=(), is_secret=False, to_email=None, **values):
    """The Letter to person `to`, written in the running transaction; the worker sends it after the commit.

    `template` is a plain-text template under templates/; `values` are what it shows. `enclosures` are (file name, media
    type, bytes). `is_secret` letters (codes, links) lose their body once sent. A kind and cause are written once to an
    address: a second time breaks the transaction, so the cause must name what makes this letter another one.

    Whoever writes to a person without an address gets None: what the letter is about happens all the same.
    """
    address = to_email or to.email
    if not address:
        log.warning("letter %s about %s: %s has no address", kind, cause, to.ref)
        return None
    letter = Letter(
        kind=kind,
        cause=str(cause),
        person_id=to.id if to else None,
        to_email=address,
        to_name=to.full_name if to and to.full_name != address else "",
        subject=clean_line(str(subject))[:300],
        body=write(template, to=to, **values),
        is_secret=is_secret,
        message_id=f"<{new_ref(20)}@{_domain()}>",
        due_at=now,
        created_at=now,
        enclosures=[
            Enclosure(file_name=name, media_type=kind_, content=content) for name, kind_, content in enclosures
        ],
    )
    db.session.add(letter)
    db.session.flush()
    jobs.soon("mail")
    return letter


def _domain():
    sender = current_app.config["MAIL_FROM"]
    return sender.rpartition("@")[2].strip("<> ") or "localhost"
