"""Garbage collecting in processes that hold much for long: programmes, fonts, code.

Python's collector looks through all that it knows whenever enough has been made anew; of a programme of thousands of abstracts that are a
million objects that are never garbage, a fifth of a second in the middle of somebody's request. What is freed by its count is freed as ever: only cycles
wait.
"""

import gc

# Objects made until the young are looked through, and rounds until the older and the oldest are (Python's own: 700, 10, 10).
ROUNDS = (50_000, 20, 100)


def collect_seldom():
    """For a process that serves: fewer rounds of collecting, each over more."""
    gc.set_threshold(*ROUNDS)


def keep_for_long():
    """What is loaded now stays, or goes by its count: no later round looks at it. Nothing in a process that does not serve.

    What was kept before and has been let go of meanwhile is collected now, should it hold itself in a cycle.
    """
    if gc.get_threshold() == ROUNDS:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
