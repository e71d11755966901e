"""Documents by several processes: one that hangs or is killed keeps nobody waiting."""

import os
import time

import pytest

from conference import pdf


def test_results_come_in_order():
    assert list(pdf.each_done(abs, [(-each,) for each in range(9)], processes=2, begin=int, here=False)) == [*range(9)]


def test_a_process_that_hangs_is_killed_and_not_waited_for():
    started = time.monotonic()

    with pytest.raises(TimeoutError):
        list(pdf.each_done(time.sleep, [(30,), (30,)], processes=2, begin=int, seconds=0.5))

    assert time.monotonic() - started < 10


def test_a_process_that_is_killed_is_told_apart_from_a_fault():
    with pytest.raises(pdf.WorkerDied):
        list(pdf.each_done(os._exit, [(1,)], processes=1, begin=int, here=False))
