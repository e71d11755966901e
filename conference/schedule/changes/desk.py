"""What the desk needs of changes, in one place."""

from conference.schedule.changes import words
from conference.schedule.changes.queries import compared, kept, of_draft
from conference.schedule.changes.rules import by_day, counted
from conference.schedule.changes.telling import begin, concerned
from conference.schedule.queries import all_releases

__all__ = ["all_releases", "begin", "by_day", "compared", "concerned", "counted", "kept", "of_draft", "words"]
