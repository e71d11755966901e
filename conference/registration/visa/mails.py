"""The letters about visa letters: one function each, written in the transaction of their cause; never with what a passport says."""

from flask_babel import gettext as _

from conference import mail
from conference.web import absolute_url


def received(request, *, now):
    """Their request waits for somebody to look at it."""
    _post("received", request, now, _("We have your request for a visa letter: %(meeting)s"))


def ready(request, *, now):
    """The letter can be downloaded: a link, because a letter with a passport's number does not travel by mail."""
    _post("ready", request, now, _("Your letter for the visa is ready: %(meeting)s"))


def declined(request, *, now):
    """No letter was issued, and why."""
    _post("declined", request, now, _("About your request for a visa letter: %(meeting)s"))


def voided(request, *, now):
    """A letter holds no more, and why."""
    _post("voided", request, now, _("Your letter for the visa is not valid any more: %(meeting)s"))


def claim_received(claim, *, now):
    """Their wish for a refund waits for somebody to look at it."""
    _post("claim_received", claim, now, _("We have your request for a refund: %(meeting)s"))


def claim_declined(claim, *, now):
    """The money does not go back by the rule for refused visas, and why."""
    _post("claim_declined", claim, now, _("About your request for a refund: %(meeting)s"))


def _post(kind, about, now, subject):
    meeting = about.meeting
    mail.post(
        kind=f"visa-{kind}",
        cause=f"{about.ref}:{now.timestamp():.6f}",
        to=about.registration.contact,
        subject=subject % {"meeting": meeting.title},
        template=f"registration/mail/visa_{kind}.txt",
        now=now,
        about=about,
        visa_url=absolute_url("checkout.visa", code=meeting.code),
    )
