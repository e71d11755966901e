"""When a letter is tried again, and how its text becomes paragraphs with links to our own pages only."""

import re
from datetime import timedelta
from enum import StrEnum

MOST_ATTEMPTS = 8
LEASE = timedelta(minutes=5)
_DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 480, 960))
_PAUSE = timedelta(minutes=1)
_NO_SPACE = "\u200b"  # zero-width space: unseen, and no mail program sees a link across it

# What mail programs turn into links by themselves: a scheme, or labels joined by dots that end in letters.
_ADDRESS_LIKE = re.compile(r"[a-z][a-z0-9+.-]*://\S*|(?<![\w@.])(?:[\w-]+\.)+[^\W\d_]{2,}(?![\w@])", re.IGNORECASE)


class State(StrEnum):
    """Where a letter is on its way."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


def next_try(attempts, *, now, chance):
    """When to try again after the `attempts`th failure, None when it was the last; `chance` (0 to 1) spreads the crowd."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return now + _DELAYS[min(attempts, len(_DELAYS)) - 1] * (1 + chance / 4)


def after_outage(*, now, chance):
    """When to try again after the mail server could not be reached: no fault of the letter, so it is not counted."""
    return now + _PAUSE * (1 + chance / 4)


def unlinked(text, own):
    """`text` in which nothing but addresses beginning with `own` (our site) looks like a link to a mail program.

    Names come from strangers: one called "evil.example" must not become something to click on in our letters.
    """
    return _ADDRESS_LIKE.sub(lambda match: match[0] if is_own(match[0], own) else _broken(match[0]), text)


def is_own(address, own):
    """Whether `address` lies on our site."""
    return address == own or address.startswith((f"{own}/", f"{own}?", f"{own}#"))


def paragraphs(text, own=""):
    """Paragraphs of lines of pieces (text, is_link) from plain text; only addresses of our own site, if it is named, are links."""
    rest = r"(?:[/?#][^\s<>\"]*[^\s<>\".,;:!?)]|/?(?!\.?[\w@:/-]))"
    link = re.compile(re.escape(own) + rest if own else r"(?!)")
    blocks = re.split(r"\n\s*\n", text.strip("\n"))
    return [[_pieces(line, link) for line in block.split("\n")] for block in blocks]


def _pieces(line, link):
    pieces, position = [], 0
    for match in link.finditer(line):
        pieces += [(line[position : match.start()], False), (match[0], True)]
        position = match.end()
    return [piece for piece in [*pieces, (line[position:], False)] if piece[0]]


def _broken(address):
    return address.replace("://", f":{_NO_SPACE}//").replace(".", f".{_NO_SPACE}")
