"""The staff desk: what stands, who is registered, whose money is where, and the few things that only people can decide.

It stands above the subjects and asks each of them; every change is one of their actions.
"""

from conference.staff.bulk.doing import begin_together, do_what_is_due

__all__ = ["begin_together", "do_what_is_due"]
