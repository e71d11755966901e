"""Whether the guests of a registration go with the ticket that it has, or would have."""

from flask_babel import gettext as _

from conference.kernel import Refusal
from conference.registration import hosting
from conference.registration.guests import queries, rules


def refuse_unfit(host, *, category, mode):
    """Refusal when guests stand whom somebody with this ticket may not bring."""
    names = hosting.guest_names(host)
    if not names:
        return
    try:
        rules.refuse_host(queries.policy_of(host.meeting), code=category.code, name=category.name, mode=mode)
    except Refusal as refusal:
        told = {"why": refusal, "names": names}
        raise Refusal(_("%(why)s Cancel your guests first: %(names)s.", **told), field="category") from None
