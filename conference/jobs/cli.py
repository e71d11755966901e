"""Running the sweeps by hand."""

import json
import sys

import click
from flask.cli import AppGroup

from conference.jobs.queue import names, run_watched

group = AppGroup("jobs", help="Background work.")


@group.command("run")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def run_jobs(name, as_json):
    """Run one job, or all of them once, in this process; exit 1 and the reasons when one could not do all of its work."""
    if name and name not in names():
        raise click.UsageError(f"There is no job {name}. Jobs: {', '.join(names())}")
    ran = {each: run_watched(each) for each in ([name] if name else names())}
    done = {each: count for each, (count, _troubles) in ran.items()}
    troubles = {each: told for each, (_count, told) in ran.items() if told}
    for each, told in troubles.items():
        click.echo("\n".join(f"{each}: {text}" for text in told), err=True)
    if as_json:
        click.echo(json.dumps({**done, "troubles": troubles} if troubles else done))
    else:
        click.echo("\n".join(f"{each}: {count}" for each, count in done.items()))
    if troubles:
        sys.exit(1)
