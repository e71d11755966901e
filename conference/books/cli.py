"""By hand: write a month's journal, and recompute the months that are closed."""

import csv
import json
from pathlib import Path

import click
from flask.cli import AppGroup

from conference.books import closing, tables
from conference.books.periods import period
from conference.web import defused

group = AppGroup("books", help="The journal, and the months that are closed.")


@group.command("journal")
@click.option("--month", required=True, help="Such as 2026-11.")
@click.option(
    "--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True, help="CSV to be written."
)
def write_journal(month, out):
    """Write the journal of a month as CSV."""
    found = period(month)
    if found is None:
        raise click.UsageError(f"“{month}” is no month: write it as 2026-11")
    click.echo(f"{_write(found, out)} lines written to {out}")


@group.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def check(as_json):
    """Recompute the closed months and what is on its way to the bank; exit 1 and the differences when one does not come to what it should."""
    found = closing.differences()
    for line in found:
        click.echo(line)
    if as_json:
        click.echo(json.dumps({"differences": found, "ok": not found}))
    elif not found:
        click.echo("Closed months are what they were, and nothing is lost on its way to the bank.")
    if found:
        raise SystemExit(1)


def _write(found, out):
    """How many lines were written."""
    header, rows = tables.journal_table(found)
    with out.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        cells = ([defused(value) for value in row] for row in rows)
        return sum(1 for row in cells if writer.writerow(row))
