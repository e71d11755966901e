"""Keeping an answer."""

from conference.consent import wording
from conference.consent.models import Answer, Wording
from conference.consent.registry import OPTIONAL, VERSION
from conference.kernel import db, insert_once


def answer(*, act, allowed, consent_id, person, signal, surface, language, now):
    """Add one answer, and the wording it was given to when it is the first to it; the Choice that now holds."""
    text = wording.shown_text()
    row = Answer(
        at=now,
        consent_id=consent_id,
        person_id=person.id if person else None,
        act=act.value,
        choices={key: key in allowed for key in sorted(OPTIONAL)},
        despite_signal=signal and bool(allowed),
        version=VERSION,
        text_sha256=wording.digest(text),
        language=language,
        surface=surface,
    )
    db.session.add(row)
    _keep_wording(text, language, now)
    db.session.flush()
    return row.choice


def _keep_wording(text, language, now):
    values = {
        "version": VERSION,
        "language": language,
        "sha256": wording.digest(text),
        "text": text,
        "first_used_at": now,
    }
    insert_once(Wording.__table__, values)
