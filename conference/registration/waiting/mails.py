"""The letters to those who wait: one function each, written in the transaction of their cause."""

from flask_babel import gettext as _

from conference import mail
from conference.registration.waiting import queries
from conference.web import absolute_url


def joined(wait, *, now):
    """They are on the list: how many are ahead, and that nothing is promised."""
    facts = {"ahead": queries.number_ahead(wait), "offers": queries.offers_out(wait.pool_id)}
    _post("joined", wait, now, _("On the waiting list: %(what)s", what=wait.what), **facts)


def offered(wait, *, now):
    """A place is kept aside for them until an hour that is named."""
    _post("offered", wait, now, _("A place for you: %(what)s", what=wait.what))


def lapsed(wait, *, now):
    """The offer was not taken in time and went to the next."""
    _post("lapsed", wait, now, _("Your offer has ended: %(what)s", what=wait.what))


def removed(wait, *, reason, now):
    """Staff took them off the list."""
    _post("removed", wait, now, _("Off the waiting list: %(what)s", what=wait.what), reason=reason)


def closed(wait, *, now):
    """Registration has closed: nobody waits any more."""
    _post("closed", wait, now, _("The waiting list has ended: %(what)s", what=wait.what))


def _post(kind, wait, now, subject, **values):
    mail.post(
        kind=f"waiting-{kind}",
        cause=f"{wait.ref}:{now.timestamp():.6f}",
        to=wait.registration.contact,
        subject=subject,
        template=f"registration/mail/waiting_{kind}.txt",
        now=now,
        wait=wait,
        wait_url=absolute_url("checkout.waiting_place", ref=wait.ref),
        list_url=absolute_url("checkout.waiting", code=wait.meeting.code),
        **values,
    )
