"""The letter of an invitation as it would be: written for the first of a list by the same action, of which nothing is kept."""

from sqlalchemy import select

from conference import mail
from conference.kernel import Refusal, db, keep_nothing, transaction
from conference.registration import invitations


def of_first(look, *, meeting, by, now):
    """(subject, paragraphs as components/letter_text.html shows them) of the letter to the first of those who would be invited; None when nobody can be."""
    if not look.rows or look.faults:
        return None
    row = {**look.rows[0].values, "line": 1}
    found = None
    try:
        with transaction():
            kept = invitations.keep_list(look.kind, [row], source="hand", name="", by=by, now=now)
            whole = invitations.queries.list_of(meeting, kept.ref)
            invitations.send(whole, meeting=meeting, seen=1, by=by, now=now, reason="-")
            found = _letter(whole)
            keep_nothing()
    except Refusal:
        return None
    return found


def _letter(kept):
    """The one letter, without the link, which is nobody's."""
    (told,) = invitations.queries.of_list(kept)
    written = select(mail.Letter.subject, mail.Letter.body).where(mail.Letter.cause == told.invitation.ref)
    subject, body = db.session.execute(written).one()
    return subject, mail.paragraphs(body.replace(told.invitation.key, "…"))
