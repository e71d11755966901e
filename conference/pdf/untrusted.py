"""PDFs of strangers: opened in a process of its own, which may fail without taking anything along."""

import subprocess
import sys

from conference.pdf import stripping
from conference.pdf.stripping import Fault

MOST_SECONDS = 20  # by the clock on the wall, on a busy machine; its own limit is shorter


class Unfit(Exception):
    """A PDF that is not written anew; `fault` says why."""

    def __init__(self, fault):
        super().__init__(fault.name)
        self.fault = fault


def stripped(content, *, most_pages, most_bytes):
    """The PDF's bytes written anew, without scripts, links, files and what tells about its maker; Unfit when it cannot be."""
    command = [sys.executable, "-I", stripping.__file__, str(most_pages), str(most_bytes)]
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unfit(Fault.UNBOUNDED) from None
    if done.returncode:
        raise Unfit(_fault_of(done.returncode))
    return done.stdout


def _fault_of(code):
    """What the process said; killed by its limits, or fallen over them, it says nothing."""
    return Fault(code) if code in list(Fault) else Fault.UNBOUNDED
