"""The verbs of recordings: put one to a session or talk, change it, take it away."""

from flask_babel import gettext as _

from conference import audit
from conference.attending.recordings import queries, rules
from conference.attending.recordings.models import Recording
from conference.kernel import Refusal, claim_version, db

FACTS = ("item", "title", "url", "opens_at", "closes_at", "only_for", "for_members")


def add(session, *, meeting, by, now, **facts):
    """A new Recording of a session or one of its talks; Refusal at the field."""
    _check(facts)
    row = Recording(meeting_id=meeting.id, **facts)
    db.session.add(row)
    db.session.flush()
    audit.record(by=by, verb="put a recording to", subject=session, now=now, note=facts["title"])
    return row


def add_many(meeting, wanted, *, by, now, **terms):
    """Put recordings to (guid, title, url) on the same terms; one with the same address that is there already is changed. How many."""
    _check({**terms, "url": "https://example.org/"})
    known = {(row.item, row.url): row for row in queries.all_of(meeting.id, [item for item, _title, _url in wanted])}
    for item, title, url in wanted:
        row = known.get((item, url))
        if row is None:
            db.session.add(Recording(meeting_id=meeting.id, item=item, title=title, url=url, **terms))
        elif not claim_version(row, row.version, {"title": title, **terms}):
            raise Refusal(_("Somebody else has changed this meanwhile. Look at it again before you change it."))
    audit.record(
        by=by, verb="put recordings to sessions of", subject=meeting, now=now, after={"recordings": len(wanted)}
    )
    db.session.flush()
    return len(wanted)


def change(row, session, *, version, by, now, **facts):
    """Write what was changed; Refusal when somebody was faster."""
    _check(facts)
    if not claim_version(row, version, facts):
        raise Refusal(_("Somebody else has changed this meanwhile. Look at it again before you change it."))
    audit.record(by=by, verb="changed a recording of", subject=session, now=now, note=facts["title"])


def remove(row, session, *, by, now):
    """The recording is not offered any more; whoever has followed its link knows it all the same."""
    audit.record(by=by, verb="took a recording from", subject=session, now=now, note=row.title)
    db.session.delete(row)
    db.session.flush()


def _check(facts):
    if not rules.is_link(facts["url"]):
        raise Refusal(_("Give the whole address, beginning with https://, without a name or password."), field="url")
    if facts["opens_at"] and facts["closes_at"] and facts["opens_at"] >= facts["closes_at"]:
        raise Refusal(_("It ends before it begins."), field="closes_at")
