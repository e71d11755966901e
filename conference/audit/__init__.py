"""Who did what to what, and when: rows that are only ever added."""

from conference.audit.actions import record
from conference.audit.models import Entry
from conference.audit.queries import changed_since, entry_by_id, latest_of, stories_of, story_of
from conference.audit.rules import changes, differing
from conference.audit.telling import happenings, values_in_words, what_in_words, who_in_words

__all__ = [
    "Entry",
    "changed_since",
    "changes",
    "differing",
    "entry_by_id",
    "happenings",
    "latest_of",
    "record",
    "stories_of",
    "story_of",
    "values_in_words",
    "what_in_words",
    "who_in_words",
]
