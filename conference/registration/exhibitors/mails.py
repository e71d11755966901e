"""The letters to an exhibitor's contact: one function each, written in the transaction of their cause."""

from flask_babel import gettext as _

from conference import mail
from conference.registration.exhibitors import queries, words
from conference.web import absolute_url


def invited(exhibitor, *, cause, now):
    """How many badges their booth brings, until when names are given, and where."""
    _post("invited", exhibitor, cause, now, _("Badges for your booth: %(meeting)s"))


def reminded(exhibitor, *, cause, now):
    """Badges are left, and the day of names comes."""
    _post("reminded", exhibitor, cause, now, _("Who will be at your booth? %(meeting)s"))


def _post(kind, exhibitor, cause, now, subject):
    meeting, group = exhibitor.meeting, exhibitor.group
    mail.post(
        kind=f"exhibitor_{kind}",
        cause=cause,
        to=group.coordinator,
        subject=subject % {"meeting": meeting.title},
        template=f"registration/mail/exhibitor_{kind}.txt",
        now=now,
        exhibitor=exhibitor,
        meeting=meeting,
        standing=queries.standing_of(exhibitor, now),
        rule=words.rule_in_words(exhibitor.kind),
        names_until=words.names_until(exhibitor.kind, meeting),
        group_url=absolute_url("checkout.group", code=meeting.code, group_ref=group.ref),
    )
