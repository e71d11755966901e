"""For those who run it: is it up, is it ready, how much of what, and one line in the log for each request."""

from conference.operations.logs import take_over

__all__ = ["take_over"]
