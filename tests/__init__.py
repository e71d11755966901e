"""The tests. The queue that they wake is their own, not the one of a demo in this folder."""

import os
import tempfile

# One folder for all workers of a run, made and removed by the process that started them; a file in it for each.
if "PYTEST_XDIST_WORKER" not in os.environ:
    _queues = tempfile.TemporaryDirectory(prefix="plenary-queues-")
    os.environ["PLENARY_TEST_QUEUES"] = _queues.name
os.environ["QUEUE_PATH"] = f"{os.environ['PLENARY_TEST_QUEUES']}/{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.db"
