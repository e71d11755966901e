"""Badges by hand: one or all of a meeting as a PDF. What is rendered here is a trial and does not count as printed."""

import json
import time
from itertools import islice
from pathlib import Path

import click
from flask.cli import AppGroup

from conference import meetings
from conference.badges import queries
from conference.badges.batch import get_ready, render_badges
from conference.badges.choice import Choice
from conference.badges.faces import face_of
from conference.kernel import clean_line, transaction

group = AppGroup("badges", help="Badges.")

CHUNK = 200
MOST_PROCESSES = 16


@group.command("render")
@click.option("--meeting", "code", required=True, help="Code of the meeting.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write.")
@click.option("--registration", "ref", help="Only the badge of this registration.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, MOST_PROCESSES))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def render(code, out, ref, processes, as_json):
    """Write the badges of a meeting, filed by name, to one PDF; it appears whole or not at all."""
    if not out.parent.is_dir():
        raise click.UsageError(f"There is no folder {out.parent}")
    started = time.monotonic()
    get_ready(1 if ref else processes)
    ids = _ids(code, ref)
    try:
        printed = render_badges(_faces(ids), out=out, processes=processes)
    except OSError as error:
        raise click.UsageError(f"{out} cannot be written: {error.strerror or error}") from None
    _tell(printed, time.monotonic() - started, out, as_json)


def _ids(code, ref):
    """The keys of the registrations to print; UsageError when there is nothing to print."""
    with transaction():
        meeting = meetings.by_code(clean_line(code))
        if meeting is None:
            raise click.UsageError(f"There is no meeting {clean_line(code)}")
        ids = queries.ids_chosen(meeting, Choice(registration=clean_line(ref or "").upper()))
    if not ids and ref:
        raise click.UsageError(f"Registration {clean_line(ref)} has no badge at {meeting.code}")
    if not ids:
        raise click.UsageError(f"Nobody is registered in person for {meeting.code}: there is no badge to print")
    return ids


def _faces(ids):
    ids = iter(ids)
    while chunk := list(islice(ids, CHUNK)):
        with transaction():
            entries = queries.loaded(chunk)
        yield from map(face_of, entries)


def _tell(printed, seconds, out, as_json):
    missing = {code: "".join(sorted(characters)) for code, characters in printed.missing.items()}
    if as_json:
        facts = {"badges": printed.badges, "missing": missing, "seconds": round(seconds, 2)}
        click.echo(json.dumps({**facts, "badges_per_s": round(printed.badges / seconds, 1)}))
        return
    click.echo(f"{out}: {printed.badges} badges in {seconds:.1f} s")
    for code, characters in missing.items():
        click.echo(f"Badge {code}: no installed font has {' '.join(characters)}", err=True)
