"""Print by hand: what the public may see of the current release as a PDF, or all of it for the printer."""

import json
import tempfile
import time
from pathlib import Path

import click

from conference import pdf
from conference.kernel import end_read
from conference.schedule import published
from conference.schedule.paper.kinds import BOOK, KINDS, PAPERS, plan_of
from conference.schedule.paper.making import Broken, make

MOST_PROCESSES = 16
_SIZES = sorted({paper for papers in PAPERS.values() for paper in papers})


def print_for(meeting, *, kind, paper, whole, processes, out):
    """Print a kind of a meeting's release to the file `out`: what became of it. UsageError when it cannot be."""
    place = published.place_of(meeting)
    found = (published.whole if whole else published.of)(place)
    if found is None:
        raise click.UsageError(
            f"{meeting.code} has no release yet: run flask schedule release --meeting {meeting.code}"
        )
    end_read()
    pdf.get_ready(pdf.press.__module__, 2)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".paper-") as folder:
        try:
            return make(plan_of(kind, found, place, paper), out=out, folder=Path(folder), processes=processes)
        except Broken as error:
            raise click.UsageError(str(error)) from None


def book(find):
    """The command; `find(code)` returns the meeting or stops."""

    @click.command("book")
    @click.option("--meeting", "code", required=True, metavar="CODE", help="The meeting's code.")
    @click.option("--kind", default=BOOK, show_default=True, type=click.Choice(KINDS))
    @click.option(
        "--paper", type=click.Choice(_SIZES), help="Size of the paper; the first that the kind has by default."
    )
    @click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write.")
    @click.option("--whole", is_flag=True, help="With what is under embargo, marked so: for the printer only.")
    @click.option("--processes", default=1, show_default=True, type=click.IntRange(1, MOST_PROCESSES))
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
    def command(code, kind, paper, out, whole, processes, as_json):
        """Print the current release: abstract book, pocket programme, door signs or list of poster boards."""
        if not out.parent.is_dir():
            raise click.UsageError(f"There is no folder {out.parent}")
        if paper and paper not in PAPERS[kind]:
            raise click.UsageError(f"{kind} is printed on {' or '.join(PAPERS[kind])}")
        started = time.monotonic()
        made = print_for(find(code), kind=kind, paper=paper, whole=whole, processes=processes, out=out)
        _tell(made, out, time.monotonic() - started, as_json)

    return command


def _tell(made, out, seconds, as_json):
    if as_json:
        own = pdf.most_memory()
        memory = {"own_mb": own, "worker_mb": made.peak_mb}
        click.echo(json.dumps({"pages": made.pages, "missing": made.missing, "seconds": round(seconds, 2), **memory}))
        return
    click.echo(f"{out}: {made.pages} pages in {seconds:.1f} s")
    for part, characters in made.missing.items():
        click.echo(f"{part}: no installed font has {' '.join(characters)}", err=True)
