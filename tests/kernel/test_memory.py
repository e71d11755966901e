"""What a serving process holds for long is out of the collector's rounds; what goes by its count still goes."""

import gc
import subprocess
import sys

from conference.kernel import memory

PROGRAM = """
import gc, weakref
from conference.kernel import memory
memory.collect_seldom()
class Held: pass
held = Held(); gone = weakref.ref(held)
memory.keep_for_long()
print(gc.get_freeze_count() > 0, gc.get_threshold() == memory.ROUNDS)
del held
print(gone() is None)
held = Held(); held.itself = held; gone = weakref.ref(held)
memory.keep_for_long()
del held
memory.keep_for_long()
print(gone() is None)
"""


def test_a_process_that_serves_keeps_what_it_holds_out_of_the_rounds_and_frees_it_all_the_same():
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["True"] * 4


def test_a_process_that_does_not_serve_collects_as_ever():
    before = gc.get_freeze_count()

    memory.keep_for_long()

    assert gc.get_freeze_count() == before
