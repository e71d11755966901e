"""gunicorn's settings, for the demo and for production: `gunicorn --config deploy/gunicorn.conf.py wsgi:app`."""

import os
import tempfile
from pathlib import Path
from threading import Thread

MADE_HERE = "plenary-figures-"
# Each worker counts requests into files of this folder, and any of them answers /metrics for all. prometheus_client
# decides when it is imported whether to do so.
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=MADE_HERE)

from prometheus_client.multiprocess import mark_process_dead  # noqa: E402

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
# Each worker loads the application by itself: nothing that holds a connection or a lock is shared by a fork.
preload_app = False
# A request that takes longer is stuck; nginx has given up by then.
timeout = 60
graceful_timeout = 20
keepalive = 75
# Long-lived processes start afresh now and then, not all at the same moment.
max_requests = 20_000
max_requests_jitter = 2_000
# Bounds of a request's head; nginx has its own in front.
limit_request_line = 4096
limit_request_fields = 60
limit_request_field_size = 8190
# Only the address of the proxy that PROXY_COUNT counts is believed, by the application itself.
forwarded_allow_ips = ""
secure_scheme_headers = {}
# Heartbeats of workers are files: in memory, lest a slow disk looks like a stuck worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108
# The application writes one line a request itself, without personal data.
accesslog = None
errorlog = "-"
# Nobody steers a running server through a socket in the home directory; signals do.
control_socket_disable = True


def post_worker_init(worker):
    """gunicorn's own complaints name addresses: they pass through our log, which strikes out what is secret.

    A process takes half a second over its first badge: it does so beside its first requests, while nobody waits for it.
    """
    from conference import badges, operations  # noqa: PLC0415 - only workers load the application
    from conference.kernel import memory  # noqa: PLC0415

    memory.collect_seldom()
    operations.take_over(worker.log.error_log)
    Thread(target=badges.warm_up, name="warm-up", daemon=True).start()


def on_exit(server):
    """The figures end with the server."""
    folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    for file in folder.glob("*.db"):
        file.unlink()
    if folder.name.startswith(MADE_HERE):
        folder.rmdir()


def child_exit(server, worker):
    """A worker that is gone no longer counts among the living."""
    mark_process_dead(worker.pid)
