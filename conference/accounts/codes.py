"""Codes and links that prove an address: made, sent, tried a few times, used once."""

import hmac

from flask_babel import gettext as _
from sqlalchemy import update

from conference import people
from conference.accounts import actions, mails, queries, rules, sessions
from conference.accounts.models import Account, SignInCode
from conference.kernel import Refusal, claimed, db, new_ref, tokens
from conference.web import absolute_url


class WrongCode(Refusal):
    """What was typed is not the code, or the code is used up."""


def send_code(*, email, purpose, now, account=None, user_agent=""):
    """Promise a letter with a fresh code to a normal-form address; the code's row. The same for known and unknown addresses."""
    ref, secret = new_ref(20), tokens.new_code()
    code = SignInCode(
        ref=ref,
        purpose=purpose,
        email=email,
        account_id=account.id if account else None,
        digest=_digest(ref, secret),
        created_at=now,
        expires_at=now + rules.CODE_LIFE,
    )
    db.session.add(code)
    db.session.flush()
    mails.code(code, secret=secret, person=people.by_email(email), user_agent=user_agent, now=now)
    return code


def claim_try(code, *, now):
    """Count a try before looking at it, so that guesses made at once count too; WrongCode when none is left."""
    is_open = (SignInCode.used_at.is_(None), SignInCode.expires_at > now, SignInCode.tries < rules.MOST_TRIES)
    statement = update(SignInCode).where(SignInCode.id == code.id, *is_open).values(tries=SignInCode.tries + 1)
    if not claimed(statement):
        raise WrongCode(_("This code can no longer be used. Ask for a new one below."), field="code")
    db.session.refresh(code)


def use_code(code, typed, *, now):
    """Use the code up; WrongCode when `typed` is not it or it was used in the meantime."""
    if not hmac.compare_digest(code.digest, _digest(code.ref, rules.typed_code(typed))):
        raise WrongCode(_wrong(code), field="code")
    use(code, now=now)


def use(code, *, now):
    """Use a code or link up; WrongCode when somebody was faster or its time is over."""
    is_open = (SignInCode.id == code.id, SignInCode.used_at.is_(None), SignInCode.expires_at > now)
    if not claimed(update(SignInCode).where(*is_open).values(used_at=now)):
        raise WrongCode(_("This code was used already. Ask for a new one below."), field="code")


def sign_in_by_code(code, typed, *, now, user_agent=""):
    """Use the code and sign its address in, as a new account if it has none; the token. Raises WrongCode, AccountClosed."""
    use_code(code, typed, now=now)
    account = actions.create(email=code.email, now=now)
    actions.refuse_closed(account)
    return sessions.begin(account=account, way=rules.Way.CODE, now=now, user_agent=user_agent)


def make_link(*, account, now):
    """A full address that signs the account in once within an hour."""
    token = tokens.new_token()
    db.session.add(
        SignInCode(
            purpose=rules.Purpose.LINK,
            email=account.person.email,
            account_id=account.id,
            digest=rules.token_digest(token),
            created_at=now,
            expires_at=now + rules.LINK_LIFE,
        )
    )
    db.session.flush()
    return absolute_url("accounts.link", token=token)


def sign_in_by_link(token, *, now, user_agent=""):
    """Use a link's token up and sign its account in; the token of the sign-in. Raises WrongCode, AccountClosed."""
    link = queries.link_of(token)
    if link is None:
        raise WrongCode(_("This link is not known."))
    use(link, now=now)
    account = db.session.get_one(Account, link.account_id)
    actions.refuse_closed(account)
    return sessions.begin(account=account, way=rules.Way.LINK, now=now, user_agent=user_agent)


def _digest(ref, secret):
    return tokens.digest(f"{ref}:{secret}", purpose="sign-in-code")


def _wrong(code):
    if not code.tries_left:
        return _("That is not the code, and it can no longer be used. Ask for a new one below.")
    return _("That is not the code in the letter. Look at the newest letter and type its six digits.")
