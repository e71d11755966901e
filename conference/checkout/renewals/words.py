"""Renewals in the reader's language."""

from flask_babel import lazy_gettext as _l

from conference.checkout.renewals.rules import RenewalState

STATES = {
    RenewalState.PLANNED: _l("planned"),
    RenewalState.TOLD: _l("announced"),
    RenewalState.TRYING: _l("being charged"),
    RenewalState.PAID: _l("paid"),
    RenewalState.TO_PAY: _l("to be paid by the member"),
    RenewalState.GIVEN_UP: _l("given up"),
    RenewalState.STOPPED: _l("stopped"),
    RenewalState.MOOT: _l("renewed another way"),
}
