"""The printer's round."""

from datetime import timedelta

from conference.badges import actions, printing
from conference.jobs import job
from conference.kernel import clock, transaction

KEEP = timedelta(days=30)  # a file holds everybody's name; it can be made again at any time


@job("prints")
def print_runs():
    """Carry out every run that waits, and remove old files; how many runs."""
    done = 0
    while (run := _next()) is not None:
        printing.carry_out(run)
        done += 1
    printing.remove_files(before=clock.now() - KEEP)
    return done


def _next():
    with transaction():
        return actions.take_up(now=clock.now())
