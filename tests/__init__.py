"""The tests. The queue that they wake is their own, not the one of a demo in this folder."""

import os
import tempfile

_queue = tempfile.TemporaryDirectory(prefix="plenary-queue-")
os.environ["QUEUE_PATH"] = f"{_queue.name}/queue.db"
