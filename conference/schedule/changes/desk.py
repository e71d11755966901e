"""What the desk needs of changes, in one place."""

from conference.schedule.changes import words
from conference.schedule.changes.queries import compared, kept, of_draft
from conference.schedule.changes.rules import by_day, counted
from conference.schedule.changes.telling import JOB, begin, concerned, write_letters
from conference.schedule.queries import all_releases

__all__ = [
    "JOB",
    "all_releases",
    "begin",
    "by_day",
    "compared",
    "concerned",
    "counted",
    "kept",
    "of_draft",
    "words",
    "write_letters",
]
