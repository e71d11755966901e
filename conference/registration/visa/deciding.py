"""Deciding how a meeting deals with visa letters, and what they say; letters that were issued keep what they said."""

from flask_babel import gettext as _

from conference import audit
from conference.kernel import Refusal, claim_version, db, insert_once
from conference.registration.visa import queries, wording
from conference.registration.visa.models import VisaPolicy, VisaText
from conference.registration.visa.words import LANGUAGES
from conference.web import language as language_in_words


def set_policy(meeting, *, seen, by, now, **facts):
    """Decide the meeting's policy; `seen` is the version that was looked at (0: none yet). Refusal when somebody was faster."""
    insert_once(VisaPolicy.__table__, _fresh(meeting))
    row = queries.policy_row(meeting)
    before, after = audit.changes(row, {name: _plain(value) for name, value in facts.items()})
    if not after:
        return row.policy
    if not claim_version(row, max(seen, 1), after):
        raise Refusal(_("Somebody else has saved this since you opened it. What you typed is still here."))
    told = {"before": _told(before), "after": _told(after)}
    audit.record(by=by, verb="decided on visa letters of", subject=meeting, now=now, **told)
    db.session.flush()
    return row.policy


def save_text(meeting, *, language, body, signatory, office, is_used, by, now):
    """A new version of what letters say in one language, for those issued from now on; Refusal at the field. The VisaText."""
    refuse_wrong(language, body)
    latest = queries.texts_of(meeting).get(language)
    facts = {"body": body, "signatory": signatory, "office": office, "is_used": is_used}
    if latest is not None and not audit.changes(latest, facts)[1]:
        return latest
    version = latest.version + 1 if latest else 1
    author = by.full_name if by else ""
    values = {"meeting_id": meeting.id, "language": language, "version": version, **facts}
    if not insert_once(VisaText.__table__, {**values, "saved_at": now, "author": author}):
        raise Refusal(_("Somebody else has saved this since you opened it. What you typed is still here."))
    audit.record(
        by=by,
        verb="wrote the visa letter of",
        subject=meeting,
        now=now,
        note=f"{language_in_words(language)} {version}",
    )
    return queries.texts_of(meeting)[language]


def refuse_wrong(language, body):
    """Refusal at the field when no letter can be made of a text."""
    if language not in LANGUAGES:
        raise Refusal(_("Choose a language."), field="language")
    if wrong := wording.unknown_places(body):
        raise Refusal(_("Nothing is known to put here: %(places)s", places=" ".join(wrong)), field="body")
    if missing := wording.missing_places(body):
        names = " ".join(f"{{{name}}}" for name in missing)
        raise Refusal(_("A consulate needs these: %(places)s", places=names), field="body")


def _fresh(meeting):
    columns = VisaPolicy.__table__.c
    defaults = {
        each.name: each.default.arg for each in columns if each.default is not None and each.name != "countries"
    }
    plain = {name: _plain(value) for name, value in defaults.items()}
    return {"meeting_id": meeting.id, "countries": [], **plain}


def _plain(value):
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, str) else value


def _told(facts):
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in facts.items()}
