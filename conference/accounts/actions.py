"""Accounts: made, given roles and passwords, moved to another address, closed."""

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from conference import audit, people
from conference.accounts import mails, passwords, queries, sessions
from conference.accounts.models import Account, AccountRole
from conference.kernel import ADMINISTRATOR, ROLES, Refusal, claimed, db, insert_once


class AccountClosed(Refusal):
    """The account was closed by the office."""


class LastAdministrator(Refusal):
    """Somebody must be left who can give roles."""


def create(*, email, now, roles=(), by=None):
    """The account of a normal-form address, made (with its person) if there is none, holding at least `roles`."""
    person = people.find_or_enter(email=email, now=now)
    if insert_once(Account.__table__, {"person_id": person.id, "created_at": now}):
        audit.record(by=by or person, verb="opened", subject=queries.of_person(person), now=now)
    account = queries.of_person(person)
    for role in roles:
        grant(account, role, by=by, now=now)
    return account


def refuse_closed(account):
    """AccountClosed unless the account may be signed in to."""
    if account.disabled_at is not None:
        raise AccountClosed(_("This account is closed. The society's office can open it again."))


def grant(account, role, *, by, now):
    """Give the account a role; nothing when it has it. Refusal when there is no such role."""
    if role not in ROLES:
        raise Refusal(_("There is no such role."))
    if insert_once(AccountRole.__table__, {"account_id": account.id, "role": role, "granted_at": now}):
        db.session.expire(account, ["role_rows"])
        audit.record(by=by, verb="granted", subject=account, now=now, after={"role": role})


def appoint(account, role, *, by, now):
    """Give the account a role and tell it so by letter; nothing when it has it. Refusal when there is no such role."""
    if role not in account.roles:
        grant(account, role, by=by, now=now)
        mails.role_granted(account, role, now=now)


def revoke(account, role, *, by, now):
    """Take a role from the account, at once; nothing when it has none. LastAdministrator when nobody would be left."""
    if role == ADMINISTRATOR:
        _refuse_last_administrator(account)
    statement = delete(AccountRole).where(AccountRole.account_id == account.id, AccountRole.role == role)
    if claimed(statement):
        db.session.expire(account, ["role_rows"])
        audit.record(by=by, verb="revoked", subject=account, now=now, before={"role": role})


def end_sign_ins(account, *, by, now):
    """Sign the account out wherever it is signed in; how many sign-ins were ended."""
    count = sessions.end_all(account=account, now=now)
    audit.record(by=by, verb="ended all sign-ins", subject=account, now=now, after={"count": count})
    return count


def close(account, *, by, now):
    """Let nobody sign in to the account any more and end its sign-ins. LastAdministrator when nobody would be left."""
    _refuse_last_administrator(account)
    account.disabled_at = now
    sessions.end_all(account=account, now=now)
    audit.record(by=by, verb="closed", subject=account, now=now)


def reopen(account, *, by, now):
    """Let the account be signed in to again."""
    account.disabled_at = None
    audit.record(by=by, verb="reopened", subject=account, now=now)


def set_password(account, password, *, now, by=None, keep=None, letter=True):
    """Keep a new password's hash, end all sign-ins but `keep`, and tell the address. Refusal says what is wrong with it.

    Without `letter` nobody is told: for an account that is being made, whose owner has never had another way in.
    """
    refuse_password(account, password)
    account.password_hash = passwords.hash_of(password)
    _password_changed(account, "set a password", by=by, now=now, keep=keep, letter=letter)


def remove_password(account, *, now, by=None, keep=None):
    """Sign in by code only, from now on."""
    if account.password_hash is None:
        return
    account.password_hash = None
    _password_changed(account, "removed the password", by=by, now=now, keep=keep)


def refuse_password(account, password):
    """Refusal in words that say how to mend it."""
    person = account.person
    own = (person.given_name, person.family_name, person.badge_name, *person.email.split("@")[:1])
    fault = passwords.fault_of(password, own=own)
    if fault:
        raise Refusal(_password_words(fault), field="password")


def change_address(account, email, *, by, now):
    """Move the account to an address that proved itself by a code; the old one gets a letter. Refusal when it is taken."""
    before = account.person.email
    people.change_email(account.person, email, by=by, now=now)
    mails.address_changed(account, before=before, now=now)


def _password_words(fault):
    return {
        "short": _("Use at least %(count)s characters. A few words in a row are fine.", count=passwords.SHORTEST),
        "long": _("Use at most %(count)s characters.", count=passwords.LONGEST),
        "common": _("This password is among the first that are tried. Choose words that others would not."),
        "own": _("Leave your name and your e-mail address out of the password."),
    }[fault]


def _password_changed(account, verb, *, by, now, keep, letter=True):
    account.password_set_at = now if account.password_hash else None
    sessions.end_all(account=account, now=now, but=keep)
    audit.record(by=by or account.person, verb=verb, subject=account, now=now)
    if letter:
        mails.password_changed(account, now=now)


def _refuse_last_administrator(account):
    """Locks the administrators' rows, so that two of them cannot take the role from each other at one time."""
    held = select(AccountRole.account_id).where(AccountRole.role == ADMINISTRATOR).order_by(AccountRole.account_id)
    holders = set(db.session.scalars(held.with_for_update()))
    open_holders = select(func.count()).where(Account.id.in_(holders - {account.id}), Account.disabled_at.is_(None))
    if account.id in holders and not db.session.scalar(open_holders):
        raise LastAdministrator(_("This is the last administrator. Make somebody else one first."))
