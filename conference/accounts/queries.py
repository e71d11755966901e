"""Finding accounts, sign-ins and codes."""

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from conference import people
from conference.accounts import rules
from conference.accounts.models import Account, AccountRole, SignIn, SignInCode
from conference.kernel import db
from conference.people import Person

# Asked by every request of somebody signed in, so it is put together once.
_LIVE = (
    select(SignIn)
    .join(SignIn.account)
    .where(SignIn.token_digest == bindparam("digest"), SignIn.ended_at.is_(None), Account.disabled_at.is_(None))
    .options(contains_eager(SignIn.account).options(joinedload(Account.person), joinedload(Account.role_rows)))
)


def by_email(email):
    """The account of the person with this normal-form address, or None; never that of a person without any."""
    return None if not email else db.session.scalar(select(Account).join(Account.person).where(Person.email == email))


def by_person_ref(ref):
    """The account of the person with this public reference, or None."""
    return db.session.scalar(select(Account).join(Account.person).where(Person.ref == ref))


def of_person(person):
    """The person's account, or None."""
    return db.session.scalar(select(Account).where(Account.person_id == person.id))


def live_sign_in(token, now):
    """The live sign-in of a cookie's token, with account, person and roles in one query; else None."""
    found = db.session.scalars(_LIVE, {"digest": rules.token_digest(token)}).unique().one_or_none()
    if found is None or not found.is_live(now, is_staff=bool(found.account.roles)):
        return None
    return found


def sign_ins_of(account, now):
    """The account's live sign-ins, the last used first."""
    statement = (
        select(SignIn)
        .where(SignIn.account_id == account.id, SignIn.ended_at.is_(None), SignIn.seen_at > now - rules.UNUSED_LIFE)
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
        .limit(200)
    )
    return [each for each in db.session.scalars(statement) if each.is_live(now, is_staff=bool(account.roles))]


def history_of(account, limit=50):
    """The account's sign-ins that are still kept, ended ones too, the newest first."""
    statement = (
        select(SignIn).where(SignIn.account_id == account.id).order_by(SignIn.created_at.desc(), SignIn.id.desc())
    )
    return list(db.session.scalars(statement.limit(limit)))


def code_of(ref, purpose):
    """The code with this reference and purpose, or None."""
    return db.session.scalar(select(SignInCode).where(SignInCode.ref == ref, SignInCode.purpose == purpose))


def link_of(token):
    """The sign-in link with this token, or None."""
    digest = rules.token_digest(token)
    return db.session.scalar(
        select(SignInCode).where(SignInCode.digest == digest, SignInCode.purpose == rules.Purpose.LINK)
    )


def holders_of(role):
    """The open accounts that hold a role, in order of name."""
    return list(db.session.scalars(accounts_matching("", role).where(Account.disabled_at.is_(None))).unique())


def accounts_matching(text, role=None):
    """A SELECT of accounts in order of name: those whose person matches every word, and who hold `role` ("staff": any)."""
    statement = select(Account).join(Account.person).where(*people.matching(text))
    holders = select(AccountRole.account_id)
    if role == "staff":
        statement = statement.where(Account.id.in_(holders))
    elif role:
        statement = statement.where(Account.id.in_(holders.where(AccountRole.role == role)))
    return statement.order_by(Person.family_name, Person.given_name, Person.email)


def accounts_waiting_to_be_purged(now):
    """WHERE clauses, one a table, for the rows whose time is over."""
    old = now - rules.KEEP_ENDED
    return {
        SignInCode: SignInCode.expires_at < now - rules.LONGEST_WINDOW,
        SignIn: or_(SignIn.ended_at < old, SignIn.seen_at < old),
    }
