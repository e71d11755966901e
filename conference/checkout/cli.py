"""By hand: import registrations, recount the books."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from conference import books, meetings, payments, registration
from conference.checkout.import_file import read_rows
from conference.checkout.importing import import_rows
from conference.kernel import Refusal, clock, keep_nothing, transaction

registration_group = AppGroup("registration", help="Registrations.")
ledger_group = AppGroup("ledger", help="The books.")
groups = (registration_group, ledger_group)

# Whatever can disagree: orders with their payments and refunds, documents, Stripe's balance, the bank, closed months, places.
PARTS = (
    payments.differences,
    payments.documents.differences,
    payments.payouts.differences,
    payments.bank.differences,
    books.differences,
    registration.miscounted,
)


def recounted():
    """Every place where anything disagrees, in words; empty when the books tie out."""
    return [line for part in PARTS for line in part()]


LARGEST_FILE = 32 * 1024 * 1024


@registration_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--meeting", "code", required=True, help="Code of the meeting.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def import_registrations(file, code, dry_run, as_json):
    """Register the people of a CSV file: all of them, or none when a row is at fault."""
    meeting = meetings.by_code(code)
    if meeting is None:
        raise click.UsageError(f"There is no meeting {code}")
    try:
        report = _imported(read_rows(_text_of(file)), meeting, dry_run)
    except Refusal as refusal:
        raise click.UsageError(str(refusal)) from None
    _tell(report, dry_run, as_json)


@ledger_group.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def check(as_json):
    """Recount everything; exit 1 and the differences when it does not sum."""
    found = recounted()
    for line in found:
        click.echo(line)
    if as_json:
        click.echo(json.dumps({"differences": found, "ok": not found}))
    elif not found:
        click.echo("The books tie out.")
    if found:
        raise SystemExit(1)


def _text_of(file):
    if file.stat().st_size > LARGEST_FILE:
        raise Refusal(
            _("%(name)s is larger than %(largest_file)s MiB", name=file.name, largest_file=LARGEST_FILE // 2**20)
        )
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(
            _(
                "%(name)s is not UTF-8 (byte %(place)s): save it as UTF-8 and try again",
                name=file.name,
                place=error.start,
            )
        ) from None


def _imported(rows, meeting, dry_run):
    """The report; kept only when no row is at fault and it is no dry run."""
    with transaction():
        report = import_rows(rows, meeting=meeting, now=clock.now())
        if dry_run or report.faults:
            keep_nothing()
    return report


def _tell(report, dry_run, as_json):
    for fault in report.faults:
        click.echo(f"line {fault['line']}: {fault['reason']}", err=True)
    kept = 0 if report.faults or dry_run else report.added
    if not as_json:
        click.echo(f"{report.read} read, {report.added} good, {kept} registered, {len(report.faults)} faults")
    else:
        facts = {
            "read": report.read,
            "added": kept,
            "would_add": report.added,
            "faults": report.faults,
            "dry_run": dry_run,
        }
        click.echo(json.dumps(facts))
    if report.faults:
        raise SystemExit(2)
