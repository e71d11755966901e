"""Documents by several processes: results in order, and no more on their way than keeps each process busy."""

import resource
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver, get_context
from pathlib import Path

MOST_MEMORY = 2 * 1024**3  # address space of a worker, most of it mapped fonts; some 100 MB are resident
SECONDS_A_CALL = 300  # a hundred times what one takes
WorkerDied = BrokenProcessPool  # somebody has killed the process of a call, or it has ended itself
_SERVED = get_context("forkserver")


def get_ready(module: str, processes: int) -> None:
    """Let the server of the worker processes load `module`, which takes a second, while the caller is still gathering."""
    if processes > 1:
        _SERVED.set_forkserver_preload([module])
        forkserver.ensure_running()


def each_done(
    work: Callable,
    calls: Iterable[tuple],
    *,
    processes: int,
    begin: Callable[[], None],
    here: bool | None = None,
    seconds: float = SECONDS_A_CALL,
) -> Iterator:
    """What `work(*call)` returns for each call, in order; `begin()` warms each process up. With one process all is done in the caller's own.

    Workers come from a server process that loads the code once and has no threads or connections: a fork of the caller
    would copy locks that nobody will open, and a spawned worker would load everything again. `here=False` sends the work
    of a single process away as well, where it has limits and leaves no memory behind. TimeoutError when a call
    takes longer than so many `seconds`, WorkerDied when its process was killed: then all of them are, whatever they are at.
    """
    if here if here is not None else processes <= 1:
        return (work(*call) for call in calls)
    return _in_workers(work, calls, processes, begin, seconds)


def most_memory() -> int:
    """The most memory that this process has had, in MB.

    Linux says it in VmHWM (proc(5)): `ru_maxrss` of a worker is that of whoever started its server, if that was larger.
    """
    words = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(words["VmHWM"].split()[0]) // 1024


def _in_workers(
    work: Callable, calls: Iterable[tuple], processes: int, begin: Callable[[], None], seconds: float
) -> Iterator:
    waiting: deque[Future] = deque()
    get_ready(work.__module__, 2)
    pool = ProcessPoolExecutor(processes, mp_context=_SERVED, initializer=_begin_worker, initargs=(begin,))
    try:
        for call in calls:
            waiting.append(_sent(pool, work, call))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result(seconds)
        while waiting:
            yield waiting.popleft().result(seconds)
    except BaseException:
        _end(pool)
        raise
    pool.shutdown()


def _sent(pool: ProcessPoolExecutor, work: Callable, call: tuple) -> Future:
    """The call on its way; one whose process is killed while it begins finds a pipe without an end."""
    try:
        return pool.submit(work, *call)
    except (EOFError, OSError) as error:
        raise WorkerDied("a process was killed while it began") from error


def _end(pool: ProcessPoolExecutor) -> None:
    """Let nobody wait for a process that hangs; before Python 3.14 a pool has no `kill_workers()` of its own."""
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(wait=False, cancel_futures=True)


def _begin_worker(begin: Callable[[], None]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    begin()
