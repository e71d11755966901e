"""Sign-ins as rows: begun with a new token each time, used, and ended at once wherever they are."""

from typing import cast

from sqlalchemy import CursorResult, update

from conference.accounts import rules
from conference.accounts.models import SignIn
from conference.kernel import claimed, db, tokens


def begin(*, account, way, now, user_agent=""):
    """Sign the account in; the secret token that the browser's cookie shall carry. Never an old token: no fixation."""
    token = tokens.new_token()
    browser, system = rules.browser_of(user_agent)
    proved_at = None if way == rules.Way.PASSWORD else now
    db.session.add(
        SignIn(
            account_id=account.id,
            token_digest=rules.token_digest(token),
            way=way,
            browser=browser,
            system=system,
            created_at=now,
            seen_at=now,
            proved_at=proved_at,
        )
    )
    db.session.flush()
    return token


def prove(sign_in, *, now):
    """The address was proved again in this sign-in; the new token that replaces its old one."""
    token = tokens.new_token()
    sign_in.proved_at = sign_in.seen_at = now
    sign_in.token_digest = rules.token_digest(token)
    db.session.flush()
    return token


def touch(sign_in, *, now):
    """Remember that the sign-in was used; nothing when another request just did."""
    still_old = SignIn.seen_at <= now - rules.TOUCH_EVERY
    claimed(update(SignIn).where(SignIn.id == sign_in.id, still_old).values(seen_at=now))


def end(*, account, ref, now):
    """End one sign-in of this account; whether there was one."""
    return claimed(_open(account).where(SignIn.ref == ref).values(ended_at=now))


def end_all(*, account, now, but=None):
    """End every sign-in of the account except `but`; how many were ended."""
    statement = _open(account).values(ended_at=now)
    if but is not None:
        statement = statement.where(SignIn.id != but.id)
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    return cast(CursorResult, result).rowcount


def _open(account):
    return update(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None))
