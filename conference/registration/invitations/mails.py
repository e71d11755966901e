"""The letters about invitations: one function each, written in the transaction of their cause."""

from flask_babel import gettext as _

from conference import mail
from conference.registration import queries as catalogue
from conference.web import absolute_url


def invited(invitation, *, now, cause="", titles=None):
    """What they are invited to, at whose expense, until when, with their own link; `titles`: of what it covers, where that is known."""
    subject = _("Invitation: %(meeting)s", meeting=invitation.meeting.title)
    _post("invited", invitation, now, subject, cause=cause, titles=titles)


def reminded(invitation, due_at, *, now):
    """They have not answered yet."""
    subject = _("Please answer: your invitation to %(meeting)s", meeting=invitation.meeting.title)
    _post("reminded", invitation, now, subject, cause=f"{due_at.timestamp():.0f}")


def changed(invitation, *, now):
    """Its time or its category is another one."""
    subject = _("Your invitation has changed: %(meeting)s", meeting=invitation.meeting.title)
    _post("changed", invitation, now, subject, cause=f"{now.timestamp():.6f}")


def declined(invitation, *, now):
    """They cannot come: what has been done about it."""
    _post("declined", invitation, now, _("You have declined: %(meeting)s", meeting=invitation.meeting.title))


def withdrawn(invitation, *, reason, now):
    """Staff have taken it back."""
    subject = _("Invitation withdrawn: %(meeting)s", meeting=invitation.meeting.title)
    _post("withdrawn", invitation, now, subject, reason=reason)


def lapsed(invitation, *, now):
    """Its time is over."""
    _post("lapsed", invitation, now, _("Your invitation has ended: %(meeting)s", meeting=invitation.meeting.title))


def applied(invitation, *, refund, now):
    """They had registered before: it was applied to that, and so much goes back."""
    subject = _("Your invitation was applied: %(meeting)s", meeting=invitation.meeting.title)
    _post("applied", invitation, now, subject, refund=refund)


def link_of(invitation):
    """The address of their own link."""
    return absolute_url("checkout.invitation", code=invitation.meeting.code, key=invitation.key)


def covered(invitation):
    """Titles of the add-ons that an invitation covers."""
    also = invitation.code.also
    return (
        [each.title for each in catalogue.add_ons_of(invitation.meeting, codes=also, all_of_them=True)] if also else []
    )


def _post(kind, invitation, now, subject, *, cause="", titles=None, **values):
    mail.post(
        kind=f"invitation-{kind}",
        cause=f"{invitation.ref}:{cause}" if cause else invitation.ref,
        to=invitation.person,
        subject=subject,
        template=f"registration/mail/invitation_{kind}.txt",
        now=now,
        invitation=invitation,
        meeting=invitation.meeting,
        covered=covered(invitation) if titles is None else titles,
        link=link_of(invitation),
        **values,
    )
