"""Who did what to what, and when: rows that are only ever added."""

from conference.audit.actions import record
from conference.audit.models import Entry
from conference.audit.queries import stories_of, story_of

__all__ = ["Entry", "record", "stories_of", "story_of"]
