"""What the demo's processes find around them: secrets made at random once, ports, and addresses of the stand-ins."""

import os
from dataclasses import dataclass
from pathlib import Path

from conference.demo import ports
from config import DEMO_SETTINGS, kept_secret

SHARED = (
    "SECRET_KEY",
    "BASE_URL",
    "STRIPE_API_KEY",
    "STRIPE_API_BASE",
    "STRIPE_CHECKOUT_ORIGIN",
    "STRIPE_WEBHOOK_SECRETS",
    "SMTP_URL",
)


@dataclass(frozen=True)
class Surroundings:
    """The environment of every process, and the ports of the stand-ins (None: the real thing is configured)."""

    environ: dict
    host: str
    port: int
    stripe_port: int | None
    mail_port: int | None

    @property
    def url(self):
        """Where a person on this machine opens it."""
        return self.environ["BASE_URL"]

    @property
    def instance(self):
        """The folder that holds the database, the keys and the logs."""
        return Path(self.environ["INSTANCE_PATH"])


def arrange(given):
    """Surroundings from the environment `given`: what is set there is kept, what is missing is made."""
    environ = dict(given)
    instance = Path(environ.setdefault("INSTANCE_PATH", "instance")).resolve()
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    host, port = environ.get("HOST", "127.0.0.1"), int(environ.get("PORT", "8000"))
    stripe_port = None if environ.get("STRIPE_API_KEY") else ports.first_free(port + 1)
    mail_port = None if environ.get("SMTP_URL") else ports.first_free(port + 2, taken=(stripe_port,))
    environ.update(INSTANCE_PATH=str(instance), HOST=host, PORT=str(port))
    environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    environ.setdefault("PROMETHEUS_MULTIPROC_DIR", empty_folder(instance / "figures"))
    environ.setdefault("SECRET_KEY", kept_secret(instance / "secret-key"))
    if stripe_port:
        environ.update(_stripe_stand_in(instance, stripe_port))
    if mail_port:
        environ["SMTP_URL"] = f"smtp://127.0.0.1:{mail_port}"
    keep({name: environ[name] for name in SHARED if name in environ and name not in given}, instance / DEMO_SETTINGS)
    return Surroundings(environ=environ, host=host, port=port, stripe_port=stripe_port, mail_port=mail_port)


def keep(made, path):
    """What was made here and commands beside the demo must share, in a file that only its owner may read (see config.py)."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in made.items())


def empty_folder(path):
    """The folder, without the files of the last time."""
    path.mkdir(exist_ok=True)
    for file in path.iterdir():
        file.unlink()
    return str(path)


def _stripe_stand_in(instance, port):
    origin = f"http://127.0.0.1:{port}"
    return {
        "STRIPE_API_KEY": "sk_test_stand_in",
        "STRIPE_API_BASE": origin,
        "STRIPE_CHECKOUT_ORIGIN": origin,
        "STRIPE_WEBHOOK_SECRETS": kept_secret(instance / "webhook-secret", prefix="whsec_"),
    }
