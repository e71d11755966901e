"""Running the sweeps by hand."""

import json

import click
from flask.cli import AppGroup

from conference.jobs.queue import names, run

group = AppGroup("jobs", help="Background work.")


@group.command("run")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def run_jobs(name, as_json):
    """Run one job, or all of them once, in this process."""
    if name and name not in names():
        raise click.UsageError(f"There is no job {name}. Jobs: {', '.join(names())}")
    done = {each: run(each) or 0 for each in ([name] if name else names())}
    click.echo(json.dumps(done) if as_json else "\n".join(f"{each}: {count}" for each, count in done.items()))
