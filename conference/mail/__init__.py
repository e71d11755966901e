"""The outbox, and the post office that empties it."""

from conference.mail.actions import post
from conference.mail.models import Enclosure, Letter
from conference.mail.queries import addressed, counts, letters_to, oldest_waiting
from conference.mail.rules import State, paragraphs
from conference.mail.writing import harmless, write

__all__ = [
    "Enclosure",
    "Letter",
    "State",
    "addressed",
    "counts",
    "harmless",
    "letters_to",
    "oldest_waiting",
    "paragraphs",
    "post",
    "write",
]
