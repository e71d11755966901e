"""Making a meeting by hand: the meeting itself and something that can be registered for, so it stands above both."""

import json

import click
from flask.cli import AppGroup

from conference import meetings, registration
from conference.kernel import Refusal, clean_line, clock, keep_nothing, transaction

group = AppGroup("meetings", help="Annual meetings.")


@group.command("create")
@click.option("--code", required=True, help="Short code, such as AM28.")
@click.option("--title", required=True)
@click.option("--starts", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option("--ends", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Last day.")
@click.option("--timezone", required=True, help="The venue's zone, such as America/New_York.")
@click.option("--currency", required=True, help="ISO code, such as USD.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def create(code, title, starts, ends, timezone, currency, as_json):
    """A new meeting with one free category `regular`, open at once. Its badges have the one layout that every meeting has."""
    try:
        with transaction():
            meeting = registration.new_meeting(
                code=clean_line(code),
                title=clean_line(title),
                starts=starts.date(),
                ends=ends.date(),
                timezone=timezone,
                currency=currency,
            )
    except Refusal as refusal:
        raise click.UsageError(str(refusal)) from None
    made = {"code": meeting.code, "title": meeting.title, "starts": str(meeting.starts), "ends": str(meeting.ends)}
    click.echo(json.dumps(made) if as_json else f"Made {meeting.code}: {meeting.title}")


@group.command("copy")
@click.argument("old")
@click.option("--code", required=True, help="Code of the new meeting.")
@click.option("--title", required=True)
@click.option("--starts", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day; every date moves with it.")
@click.option("--with-codes", is_flag=True, help="Copy the codes too, unused.")
@click.option("--dry-run", is_flag=True, help="Say what would be copied, and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def copy(old, code, title, starts, with_codes, dry_run, as_json):
    """A new meeting, hidden, with all that was set up for the meeting OLD, moved to the new days."""
    meeting = meetings.by_code(old)
    if meeting is None:
        raise click.UsageError(f"There is no meeting {old}")
    facts = {"code": clean_line(code), "title": clean_line(title), "starts": starts.date(), "with_codes": with_codes}
    try:
        with transaction():
            made = registration.copying.copy(meeting, by=None, now=clock.now(), **facts)
            told = {"code": made.code, "starts": str(made.starts), "ends": str(made.ends)}
            told |= {"copied": sum(registration.copying.counts_of(made).values()), "kept": not dry_run}
            if dry_run:
                keep_nothing()
    except Refusal as refusal:
        raise click.UsageError(str(refusal)) from None
    click.echo(json.dumps(told) if as_json else f"{told['code']}: {told['copied']} rows copied")
