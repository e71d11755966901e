"""The programme by hand: import a file, release the draft, export the release."""

import gzip
import json
from bisect import bisect_right
from pathlib import Path

import click
from flask.cli import AppGroup

from conference import meetings
from conference.kernel import Refusal, clock, db, transaction
from conference.schedule import preparing, releasing
from conference.schedule.bringing_in import bring_in
from conference.schedule.formats import write_nested
from conference.schedule.paper import command
from conference.web import absolute_url

group = AppGroup("schedule", help="The programme of a meeting.")

_meeting = click.option("--meeting", "code", required=True, metavar="CODE", help="The meeting's code.")
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
_SHOWN = 20


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_meeting
@click.option("--dry-run", is_flag=True, help="Report only; change nothing.")
@_json
def import_file(file, code, dry_run, as_json):
    """Bring FILE into the draft of a meeting: schedule.xml or .json, iCalendar, xCal, program.json, nested JSON, a workbook or CSV."""
    meeting = _find(code)
    try:
        report = bring_in(meeting=meeting, content=file.read_bytes(), dry_run=dry_run)
    except Refusal as refusal:
        raise click.UsageError(f"{file}: {refusal}") from None
    told = {"meeting": meeting.code, "dry_run": dry_run, **report.as_dict()}
    _tell(told, _sentences(told), as_json)


@group.command("release")
@_meeting
@click.option("--note", default="", metavar="TEXT", help="What is new, for those who follow the programme.")
@_json
def release(code, note, as_json):
    """Freeze the draft: from now on the public pages and exports show it."""
    meeting = _find(code)
    url = absolute_url("schedule.overview", code=meeting.code)
    try:
        with transaction():
            row = releasing.release(meeting=meeting, url=url, now=clock.now(), note=note)
    except Refusal as refusal:
        raise click.UsageError(str(refusal)) from None
    told = {
        "meeting": meeting.code,
        "release": row.number,
        "sessions": row.sessions,
        "presentations": row.presentations,
    }
    sentence = f"Release {row.number} of {meeting.code}: {row.sessions} sessions, {row.presentations} presentations."
    _tell({**told, "changes": row.changes}, [sentence], as_json)


@group.command("export")
@_meeting
@click.option("--format", "name", type=click.Choice(["xml", "json", "nested", "ics"]))
@click.option(
    "--whole", is_flag=True, help="Nested JSON with what is under embargo: for the desk, never to be passed on."
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@_json
def export(code, name, whole, out, as_json):
    """Write the current release to a file, as the public has it now; with --whole as the desk has it."""
    if name not in ((None, "nested") if whole else ("xml", "json", "nested", "ics")):
        raise click.UsageError("Give --format, or --whole, which is always nested JSON.")
    meeting, name = _find(code), name or "nested"
    current = releasing.current(meeting)
    if current is None:
        raise click.UsageError(
            f"{meeting.code} has no release yet: run flask schedule release --meeting {meeting.code}"
        )
    number = current.number
    body = _whole(current, meeting) if whole else _public(current, name)
    try:
        size = out.write_bytes(body)
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written: {error.strerror}") from None
    told = {"meeting": meeting.code, "release": number, "format": name, "whole": whole, "out": str(out), "bytes": size}
    _tell(told, [f"{out}: {size} bytes, release {number}."], as_json)


def _whole(release, meeting):
    return write_nested(releasing.programme_of(release, meeting))


def _public(release, name):
    opening = bisect_right(release.openings, clock.now().timestamp())
    return gzip.decompress(preparing.file_of(release.id, name, opening)[1])


def _find(code):
    meeting = meetings.by_code(code)
    if meeting is None:
        known = ", ".join(each.code for each in meetings.all_meetings()) or "none yet"
        raise click.UsageError(f"There is no meeting {code}. Meetings: {known}.")
    db.session.expunge(meeting)
    return meeting


def _sentences(told):
    verb = "would be" if told["dry_run"] else "were"
    counts = told["counts"]
    yield (
        f"{told['read']} items read ({counts['sessions']} sessions, {counts['presentations']} presentations, "
        f"{counts['people']} people, {counts['affiliations']} affiliations): {told['added']} {verb} added, "
        f"{told['changed']} changed, {told['withdrawn']} withdrawn; {told['unchanged']} unchanged."
    )
    for heading in ("repaired", "skipped", "noticed"):
        entries = told[heading]
        if entries:
            yield f"{heading.capitalize()}: {len(entries)}"
            yield from (f"  {entry['where']}: {entry['why']}" for entry in entries[:_SHOWN])
        if len(entries) > _SHOWN:
            yield f"  and {len(entries) - _SHOWN} more (all of them with --json)"


def _tell(told, sentences, as_json):
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for sentence in sentences:
        click.echo(sentence)


group.add_command(command.book(_find))
