"""The office mends an address that was mistyped: the person moves, and whoever reads the old one's letters is out."""

from flask_babel import gettext as _
from sqlalchemy import update

from conference import audit, people
from conference.accounts import mails, queries, sessions
from conference.accounts.models import SignInCode
from conference.kernel import ADMINISTRATOR, Refusal, db


def mend_address(person, email, *, by, now):
    """Give the person another normal-form address; both get a letter. Refusal at the field when it is somebody else's.

    All sign-ins end and a password is removed, because a stranger may have come in by the old address. Whoever works at the
    desk is changed by administrators alone: else one role could take every other by taking an account.
    """
    account, before = queries.of_person(person), person.email
    _refuse(account, before, email, by)
    try:
        people.change_email(person, email, by=by, now=now)
    except Refusal:
        raise _taken(email) from None
    if account is not None:
        _shut(account, by, now)
    mails.address_mended(person, before=before, now=now)


def _refuse(account, before, email, by):
    if before is None:
        raise Refusal(_("This person is known by name alone and has no address to be mended."), field="email")
    if email == before:
        raise Refusal(_("This is the address already."), field="email")
    if account is not None and account.roles and not _is_administrator(by):
        raise Refusal(_("This person works at the desk: only an administrator changes their address."), field="email")
    if people.by_email(email) is not None:
        raise _taken(email)


def _taken(email):
    return Refusal(_("%(email)s belongs to another person here already.", email=email), field="email")


def _is_administrator(person):
    account = queries.of_person(person)
    return account is not None and ADMINISTRATOR in account.roles


def _shut(account, by, now):
    sessions.end_all(account=account, now=now)
    ours = update(SignInCode).where(SignInCode.account_id == account.id, SignInCode.used_at.is_(None))
    db.session.execute(ours.values(used_at=now), execution_options={"synchronize_session": False})
    if account.password_hash is not None:
        account.password_hash = account.password_set_at = None
        audit.record(by=by, verb="removed the password", subject=account, now=now)
