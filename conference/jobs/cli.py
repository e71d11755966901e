"""Running the sweeps by hand."""

import click
from flask.cli import AppGroup

from conference.jobs.queue import names, run

group = AppGroup("jobs", help="Background work.")


@group.command("run")
@click.argument("name", required=False)
def run_jobs(name):
    """Run one job, or all of them once, in this process."""
    if name and name not in names():
        raise click.UsageError(f"There is no job {name}. Jobs: {', '.join(names())}")
    for each in [name] if name else names():
        click.echo(f"{each}: {run(each) or 0}")
