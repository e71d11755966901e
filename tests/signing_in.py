"""Browsers of people who are signed in, for every test that needs one."""

from conference import accounts, people
from conference.kernel import clock, transaction
from tests.conftest import browser


def account_of(email, *, roles=(), **known):
    """An account under this address with roles and what is `known` of its person."""
    with transaction():
        account = accounts.create(email=email, roles=roles, now=clock.now())
        people.update(account.person, by=account.person, now=clock.now(), **known)
    return account


def browser_of(app, account, *, way="code"):
    """A browser in which the account has just signed in."""
    with transaction():
        token = accounts.begin(account=account, way=way, now=clock.now(), user_agent="Firefox/140 Linux")
    client = browser(app)
    with client.session_transaction() as session:
        session["_user_id"] = token
    return client


def signed_in(app, email, *, roles=(), **known):
    """A browser signed in under this address, its account made if there is none."""
    return browser_of(app, account_of(email, roles=roles, **known))
