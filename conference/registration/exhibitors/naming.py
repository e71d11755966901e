"""Another name on an exhibitor's badge: free of charge until the day of names, then for a fee or for the office alone."""

from flask_babel import gettext as _

from conference.kernel import Refusal
from conference.payments import NewLine
from conference.registration import groups
from conference.registration.exhibitors import queries, words


def of_registration(registration):
    """The Exhibitor by whose seat a registration stands, or None."""
    found = groups.seat_by_registration(registration)
    return queries.of_group(found[1]) if found else None


def refuse_unnamed(registration):
    """Refusal for a badge that names its company alone."""
    if registration.person.email is None:
        raise Refusal(
            _("A badge without a person is worn by whoever comes: there is no name to change."), field="email"
        )


def fees_for_name(exhibitor, registration, title, *, now, waived=False):
    """The NewLines of what another name costs now; Refusal when the contact gives none any more. `waived`: the office takes no fee."""
    kind, meeting = exhibitor.kind, exhibitor.meeting
    names = kind.names(meeting.currency)
    if waived or not names.is_over(now):
        return []
    if names.fee is None:
        raise Refusal(_("The day until which names could be changed is over: write to the office."))
    if not names.fee:
        return []
    rule = {"registration": registration.id, "late_name": names.until.isoformat()}
    why = (words.late(exhibitor),)
    return [NewLine("fee", registration.id, _("Fee: %(what)s", what=title)[:600], names.fee, why, rule)]
