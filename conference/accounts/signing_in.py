"""Signing in with a password, and asking for codes within the limits."""

from flask_babel import gettext as _

from conference.accounts import actions, codes, passwords, queries, rules, sessions, throttle
from conference.kernel import Refusal


class WrongPassword(Refusal):
    """Address and password do not belong together; nothing says which of them is wrong."""


def ask_for_code(*, email, purpose, client, now, is_known=False, account=None, user_agent=""):
    """As codes.send_code, within the limits for the client and for the address; TooMany beyond."""
    if is_known:
        throttle.claim("code-to-known-browser", email, now=now)
    else:
        throttle.claim("code-from-client", client, now=now)
        throttle.claim("code-to-address-from-client", f"{email} {client}", now=now)
        throttle.claim("code-to-address", email, now=now)
    return codes.send_code(email=email, purpose=purpose, account=account, user_agent=user_agent, now=now)


def claim_password_try(*, email, client, now, is_known=False):
    """Count a try before looking at the password; TooMany beyond the limits."""
    throttle.claim("password-from-client", client, now=now)
    if is_known:
        throttle.claim("password-in-known-browser", email, now=now)
        return
    throttle.claim("password-for-address-from-client", f"{email} {client}", now=now)
    throttle.claim("password-for-address", email, now=now)


def account_of_password(email, password):
    """The account whose address and password these are; WrongPassword, AccountClosed. Takes as long for strangers."""
    account = queries.by_email(email)
    if not passwords.is_right(account.password_hash if account else None, password):
        raise WrongPassword(_("The e-mail address or the password is not right. You can have a code sent instead."))
    actions.refuse_closed(account)
    return account


def sign_in_by_password(account, password, *, now, user_agent=""):
    """Begin a sign-in for an account whose password was right; the token."""
    if passwords.needs_new_hash(account.password_hash):
        account.password_hash = passwords.hash_of(password)
    return sessions.begin(account=account, way=rules.Way.PASSWORD, now=now, user_agent=user_agent)
