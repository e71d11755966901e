"""The letters about places in sessions: one function each, written in the transaction of their cause."""

from flask_babel import gettext as _

from conference import mail
from conference.web import absolute_url


def moved_up(seat, row, session, *, meeting, now):
    """They waited, and have a place now."""
    _post("moved-up", seat, session, meeting, now, _("You have a place: %(what)s", what=session.title))


def added(seat, session, *, meeting, now):
    """Staff gave them a place."""
    _post("added", seat, session, meeting, now, _("A place for you: %(what)s", what=_title(session)))


def removed(seat, session, reason, *, meeting, now):
    """Staff took them out."""
    subject = _("No longer signed up: %(what)s", what=_title(session))
    _post("removed", seat, session, meeting, now, subject, reason=reason)


def _title(session):
    return session.title if session else _("a session")


def _post(kind, seat, session, meeting, now, subject, **values):
    entry = seat.registration
    mail.post(
        kind=f"session-{kind}",
        cause=f"{seat.sign_up_id}:{entry.ref}:{now.timestamp():.6f}",
        to=entry.contact,
        subject=subject,
        template=f"attending/mail/{kind.replace('-', '_')}.txt",
        now=now,
        meeting=meeting,
        session=session,
        title=_title(session),
        name=entry.person.full_name if entry.host_id else "",
        link=absolute_url("attending.mine", code=meeting.code),
        **values,
    )
