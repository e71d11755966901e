"""Who did what to what, and when: rows that are only ever added."""

from conference.audit.actions import record
from conference.audit.models import Entry
from conference.audit.queries import stories_of, story_of
from conference.audit.words import field_in_words, value_in_words, verb_in_words

__all__ = ["Entry", "field_in_words", "record", "stories_of", "story_of", "value_in_words", "verb_in_words"]
