"""Serves the demo: web, worker and the stand-ins for Stripe and the post office, until Ctrl-C.

Run by bin/run as `python -m conference.demo.serve`; every process has its log under instance/log/.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from conference.demo import ports
from conference.demo.children import Children
from conference.demo.society import FACTS
from conference.demo.surroundings import arrange

STARTING = 60  # seconds within which the first page must be there
SIGN_INS = "sign-ins.txt"


class Stopped(Exception):
    """We are asked to stop."""


def main():
    """Serve until told to stop; the exit code."""
    around = arrange(os.environ)
    if not ports.is_free(around.port, around.host):
        print(f"Port {around.port} is in use. Choose another: PORT=8100 bin/run", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    children = Children(around.instance / "log", around.environ)
    try:
        subprocess.run([sys.executable, "-m", "conference.demo.prepare"], env=around.environ, check=True)
        start_all(children, around)
        return watch(children, around)
    except subprocess.CalledProcessError:
        return 1
    except Stopped:
        print("\nStopping …", flush=True)
        return 0
    finally:
        children.stop()


def start_all(children, around):
    """Every process, the stand-ins first: the others speak to them."""
    if around.mail_port:
        children.start("mail", "-m", "conference.demo.post", "--port", str(around.mail_port))
    if around.stripe_port:
        secret = around.environ["STRIPE_WEBHOOK_SECRETS"]
        where = ("--port", str(around.stripe_port), "--store", str(around.instance / "stripe.db"))
        hook = ("--webhook", f"{around.url}/stripe/webhook", "--secret", secret, "--merchant", FACTS["name"])
        children.start("stripe", "-m", "conference.demo.stripe", *where, *hook)
    children.start("web", "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app")
    children.start(
        "worker", "-m", "huey.bin.huey_consumer", "conference.worker.huey", "-w", "2", "-d", "0.1", "-m", "0.5"
    )


def watch(children, around):
    """Say when the first page is there, then wait until a child ends; that is a fault: 1."""
    until = time.monotonic() + STARTING
    told = False
    while not (ended := children.ended()):
        if not told and answers(f"http://127.0.0.1:{around.port}/healthz"):
            told = True
            tell(around)
        if not told and time.monotonic() > until:
            print(f"The web server does not answer; see {children.log_of('web')}", file=sys.stderr)
            return 1
        time.sleep(0.2)
    print(f"The process “{ended}” ended. Its last words:\n{last_words(children.log_of(ended))}", file=sys.stderr)
    return 1


def answers(url):
    """Whether anything answers there, be it an error page."""
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def tell(around):
    """The address, and who may sign in."""
    print(f"\nPlenary is at {around.url}/   (Ctrl-C stops it)")
    if around.mail_port:
        print(f"Letters it sends, with sign-in codes: {around.url}/demo/mail")
    sign_ins = around.instance / SIGN_INS
    if sign_ins.exists():
        print("\n" + sign_ins.read_text().strip())
    print(f"\nLogs: {around.instance / 'log'}", flush=True)


def last_words(log, lines=20):
    """The end of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _stop(number, frame):
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
