"""Accounts by hand: the first administrator, and a way in for whoever gets no letters."""

import json

import click
from flask.cli import AppGroup

from conference import people
from conference.accounts import actions, codes, rules
from conference.kernel import ROLES, Refusal, clock, transaction

group = AppGroup("accounts", help="Accounts and their roles.")


@group.command("create")
@click.argument("email")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="May be given several times.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def create(email, roles, as_json):
    """Make the account of EMAIL if there is none, give it the roles, print a link that signs in once within an hour."""
    try:
        with transaction():
            now = clock.now()
            account = actions.create(email=people.normal_email(email), roles=roles, now=now)
            actions.refuse_closed(account)
            link = codes.make_link(account=account, now=now)
    except Refusal as refusal:
        raise click.UsageError(str(refusal)) from None
    _tell(account, link, now + rules.LINK_LIFE, as_json)


def _tell(account, link, expires_at, as_json):
    roles = [role for role in ROLES if role in account.roles]
    if as_json:
        told = {"email": account.person.email, "person": account.person.ref, "roles": roles, "link": link}
        click.echo(json.dumps({**told, "expires_at": expires_at.isoformat(timespec="seconds")}))
        return
    click.echo(f"{account.person.email}: {', '.join(roles) or 'no role'}")
    click.echo(f"Signs in once, until {expires_at:%H:%M} UTC:\n{link}")
