"""The outbox, and the post office that empties it."""

from conference.mail.actions import post
from conference.mail.models import Enclosure, Letter
from conference.mail.queries import letters_to

__all__ = ["Enclosure", "Letter", "letters_to", "post"]
