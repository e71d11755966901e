"""The one kind of error that is an answer: understood, and no."""

import hashlib


class Refusal(Exception):
    """An action was understood and is not possible; `str(refusal)` is fit to be shown to the person.

    `status` is what a page answers when nobody has put the words beside a field.
    """

    status = 409

    def __init__(self, text="", *, field=None):
        super().__init__(str(text))
        self.text = text
        self.field = field


class Stale(Refusal):
    """Somebody else was faster: what was seen is not what stands by now."""


def stamp_of(values):
    """A text that changes with any of these values: a form carries it, and saving compares it with what stands then."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:32]
