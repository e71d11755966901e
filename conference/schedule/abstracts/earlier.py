"""A save that lets something be read earlier than before says so, wherever it was made."""

from contextlib import contextmanager

from flask import flash
from flask_babel import ngettext

from conference.schedule.abstracts import held
from conference.schedule.embargo import opened_earlier


def tell(count):
    """Say of how many presentations and abstracts something opens earlier, if of any."""
    if count:
        told = ngettext(
            "Of %(num)s presentation or abstract something opens earlier than before.",
            "Of %(num)s presentations and abstracts something opens earlier than before.",
            count,
        )
        flash(told, "warn")


@contextmanager
def told(meeting):
    """A save of the draft within says so, when it is done; one that is refused says nothing."""
    before = held.embargoes(meeting)
    yield
    tell(opened_earlier(before, held.embargoes(meeting)))
