"""Signing in and roles.

An account belongs to a person and comes into being when an address proves itself by a code; a password is optional. Who is
signed in is a row here, so it can be listed and ended; roles say what someone may do at the desk.
"""

from conference.accounts.actions import (
    AccountClosed,
    LastAdministrator,
    change_address,
    close,
    create,
    grant,
    remove_password,
    reopen,
    revoke,
    set_password,
)
from conference.accounts.codes import make_link, send_code, sign_in_by_code, sign_in_by_link
from conference.accounts.current import this_sign_in
from conference.accounts.mending import mend_address
from conference.accounts.models import Account
from conference.accounts.passwords import made_at_random as random_password
from conference.accounts.queries import (
    by_email,
    by_person_ref,
    history_of,
    holders_of,
    live_sign_in,
    of_person,
    sign_ins_of,
)
from conference.accounts.sessions import begin, end, end_all
from conference.accounts.throttle import TooMany, claim, client
from conference.accounts.words import ROLE_LABELS

__all__ = [
    "ROLE_LABELS",
    "Account",
    "AccountClosed",
    "LastAdministrator",
    "TooMany",
    "begin",
    "by_email",
    "by_person_ref",
    "change_address",
    "claim",
    "client",
    "close",
    "create",
    "end",
    "end_all",
    "grant",
    "history_of",
    "holders_of",
    "live_sign_in",
    "make_link",
    "mend_address",
    "of_person",
    "random_password",
    "remove_password",
    "reopen",
    "revoke",
    "send_code",
    "set_password",
    "sign_in_by_code",
    "sign_in_by_link",
    "sign_ins_of",
    "this_sign_in",
]
