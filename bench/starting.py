"""From an empty database to the demo's first page, as somebody sees it who types bin/run."""

import os
import signal
import subprocess
import sys
import time

from conference.demo import ports
from conference.demo.serve import answers


def empty_to_served(site):
    """Seconds until the front page of the filled demo is there; everything is installed already."""
    port = ports.first_free(19080)
    instance = site.folder / "served"
    environ = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environ |= {"PORT": str(port), "INSTANCE_PATH": str(instance), "DATABASE_URL": site.database("served")}
    begun = time.monotonic()
    with (site.folder / "served.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "conference.demo.serve"], env=environ, stdout=log, stderr=log)
    while not answers(f"http://127.0.0.1:{port}/meetings/AM28/"):
        if process.poll() is not None or time.monotonic() - begun > 600:
            raise RuntimeError((site.folder / "served.log").read_text()[-2000:])
        time.sleep(0.05)
    seconds = round(time.monotonic() - begun, 1)
    process.send_signal(signal.SIGTERM)
    process.wait()
    how = "python -m conference.demo.serve over an empty PostgreSQL database, until the meeting's page answers (size small)"
    yield {"figure": "empty_to_served", "value": seconds, "unit": "s", "goal": "<= 60", "how": how}
