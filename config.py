"""Every setting, read from the environment. Missing or unsafe ones are all named at once, before anything starts."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import click
from babel import Locale, UnknownLocaleError

ROOT = Path(__file__).parent
MODES = ("demo", "test", "production")
DEMO_SETTINGS = "demo.env"  # in the instance folder, for its owner alone


class Misconfigured(click.ClickException):
    """The settings do not allow a start; the text names each fault, one a line. A command ends with it, without a traceback."""

    exit_code = 2


def load(environ=os.environ):
    """The settings as a dict for Flask. Raises Misconfigured with every fault found."""
    mode = environ.get("PLENARY_MODE", "demo")
    if mode == "demo":
        environ = {**_of_the_demo(environ), **environ}
    settings = _settings(environ, mode)
    faults = _faults(settings, environ)
    if faults:
        raise Misconfigured("Plenary cannot start:\n" + "\n".join(f"  - {fault}" for fault in faults))
    return settings


def kept_secret(path, prefix=""):
    """The secret in the file, which only its owner may read; made at random by whoever comes first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(prefix + secrets.token_hex(32))
        with suppress(FileExistsError):  # somebody was faster: theirs holds
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text().strip()


def queue_path(environ=os.environ):
    """The file of the queue; read before there is an application, because the worker's tasks are declared on it."""
    return Path(
        environ.get("QUEUE_PATH") or Path(environ.get("INSTANCE_PATH", ROOT / "instance")) / "queue.db"
    ).resolve()


def _of_the_demo(environ):
    """What bin/run made for this folder, so that a command needs no settings of its own; before it ran, a key."""
    if environ.get("SECRET_KEY"):
        return {}
    instance = Path(environ.get("INSTANCE_PATH", ROOT / "instance"))
    lines = (instance / DEMO_SETTINGS).read_text().splitlines() if (instance / DEMO_SETTINGS).is_file() else []
    return {
        "SECRET_KEY": kept_secret(instance / "secret-key"),
        **dict(line.split("=", 1) for line in lines if "=" in line),
    }


def _settings(environ, mode):
    instance = Path(environ.get("INSTANCE_PATH", ROOT / "instance")).resolve()
    base_url = environ.get("BASE_URL", f"http://127.0.0.1:{environ.get('PORT', '8000')}").rstrip("/")
    return {
        # demo (default): all in one place, nothing real. production: refuses what is unsafe. test: the suite.
        "MODE": mode,
        "DEBUG": environ.get("FLASK_DEBUG", "") not in ("", "0"),
        "INSTANCE_PATH": str(instance),
        # Signs cookies and links. Old keys, comma separated, stay valid for reading while a new one is rolled out.
        "SECRET_KEY": environ.get("SECRET_KEY", ""),
        "SECRET_KEY_FALLBACKS": _list(environ.get("SECRET_KEY_FALLBACKS", "")),
        # Encrypts passport numbers, proofs and sensitive answers in the database; empty: a key made of SECRET_KEY. Whoever
        # loses it loses them. Former keys, comma separated, stay valid for reading.
        "DATA_KEY": environ.get("DATA_KEY", ""),
        "DATA_KEY_FALLBACKS": _list(environ.get("DATA_KEY_FALLBACKS", "")),
        # sqlite:////path/file.db or postgresql+psycopg://user:password@host/name
        "SQLALCHEMY_DATABASE_URI": _database_url(environ.get("DATABASE_URL", ""), instance),
        "SQLALCHEMY_ENGINE_OPTIONS": {},
        # How people reach us: used for every link in a letter, never the request's own Host.
        "BASE_URL": base_url,
        "TRUSTED_HOSTS": _list(environ.get("TRUSTED_HOSTS", "")),
        # How many proxies in front may speak for the client's address (X-Forwarded-For). 0: none is believed.
        "PROXY_COUNT": _whole(environ.get("PROXY_COUNT") or "0"),
        # Stripe. A restricted key (rk_) is best. Several webhook secrets, comma separated, while one is rolled.
        "STRIPE_API_KEY": environ.get("STRIPE_API_KEY", ""),
        "STRIPE_WEBHOOK_SECRETS": _list(environ.get("STRIPE_WEBHOOK_SECRETS", "")),
        # The society's own account at Stripe (acct_…), only when its events name it: those of any other are refused.
        "STRIPE_ACCOUNT": environ.get("STRIPE_ACCOUNT", ""),
        # Where Stripe answers: empty is Stripe itself. The demo and the tests name the stand-in.
        "STRIPE_API_BASE": environ.get("STRIPE_API_BASE", ""),
        # How many seconds an answer of Stripe is waited for before it is asked again.
        "STRIPE_TIMEOUT": _whole(environ.get("STRIPE_TIMEOUT") or "15"),
        # Where its payment pages live: browsers must be allowed to follow a form there.
        "STRIPE_CHECKOUT_ORIGIN": environ.get("STRIPE_CHECKOUT_ORIGIN", "https://checkout.stripe.com"),
        # smtp://user:password@host:587 (STARTTLS), smtps://… (TLS), smtp://127.0.0.1:1025 (plain, loopback)
        "SMTP_URL": environ.get("SMTP_URL", "smtp://127.0.0.1:8025"),
        "MAIL_FROM": environ.get("MAIL_FROM", "Society office <office@example.org>"),
        # Who may read /metrics from elsewhere than this machine: `Authorization: Bearer …`. Empty: nobody.
        "METRICS_TOKEN": environ.get("METRICS_TOKEN", ""),
        # The queue that wakes the worker. Rows in the database are the truth; losing this file loses nothing.
        "QUEUE_PATH": str(queue_path(environ)),
        # How long a place is held while somebody pays, in minutes. Stripe allows no payment page under 30.
        "HOLD_MINUTES": _whole(environ.get("HOLD_MINUTES") or "35"),
        # How many registrations from one network (an IPv4 address, an IPv6 /64) may wait for payment at once, per meeting;
        # 0: any number.
        # Whoever tries the demo, or a crowd in it, comes from one machine.
        "HOLDS_PER_NETWORK": _whole(environ.get("HOLDS_PER_NETWORK") or ("40" if mode == "production" else "1000")),
        # How many seats of groups one payer, or one network, may have waiting for payment at once, per meeting; 0: any number. The
        # desk may order more for them.
        "GROUP_SEATS_UNPAID": _whole(environ.get("GROUP_SEATS_UNPAID") or ("250" if mode == "production" else "1000")),
        # Whether groups may order now and pay later, by bank transfer or against a purchase order: "no" or "yes".
        "GROUPS_BY_TRANSFER": (environ.get("GROUPS_BY_TRANSFER") or "yes").lower() != "no",
        # The languages of the pages, comma separated; each but English needs its catalogue (docs/translating.md).
        "LANGUAGES": _list(environ.get("LANGUAGES", "")) or ["en"],
        # The languages in which invoices, receipts and their letters are offered, whatever the pages speak; these have catalogues.
        "DOCUMENT_LANGUAGES": _list(environ.get("DOCUMENT_LANGUAGES", "")) or ["en", "de", "fr", "es"],
        # Where catalogues lie; the later one wins where two have a message.
        "BABEL_TRANSLATION_DIRECTORIES": "translations/documents;translations",
        "BABEL_DEFAULT_LOCALE": "en",
        "MAX_CONTENT_LENGTH": 16 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "MAX_FORM_PARTS": 1000,
        "SESSION_COOKIE_NAME": "__Host-plenary" if mode == "production" else "plenary",
        "SESSION_COOKIE_SECURE": mode == "production",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # The cookie lasts as long as an unused sign-in; it is sent anew when the sign-in's row is touched, not each time.
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "TESTING": mode == "test",
    }


def _database_url(given, instance):
    """`given`, or the embedded SQLite file; plain postgresql:// means psycopg 3."""
    if not given:
        return f"sqlite:///{instance / 'plenary.db'}"
    scheme, rest = given.split("://", 1) if "://" in given else (given, "")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else given


def _faults(settings, environ):
    found = []
    if settings["MODE"] not in MODES:
        found.append(f"PLENARY_MODE must be one of {', '.join(MODES)}")
    if not settings["SECRET_KEY"]:
        found.append("SECRET_KEY is missing: make one with `python -c 'import secrets; print(secrets.token_hex(32))'`")
    found += _nonsense(settings)
    if settings["MODE"] == "production":
        found += _production_faults(settings, environ)
    elif settings["MODE"] == "demo" and settings["BASE_URL"].startswith("https://"):
        found.append("BASE_URL is https and PLENARY_MODE is demo: what others can reach is PLENARY_MODE=production")
    elif "_live_" in settings["STRIPE_API_KEY"]:
        found.append("STRIPE_API_KEY is a live key: real money is for PLENARY_MODE=production alone")
    return found


def _nonsense(settings):
    found = []
    if settings["PROXY_COUNT"] is None:
        found.append("PROXY_COUNT must be a whole number: how many proxies stand in front")
    if settings["HOLD_MINUTES"] is None or not 31 <= settings["HOLD_MINUTES"] <= 1440:
        found.append(
            "HOLD_MINUTES must be a whole number from 31 to 1440: a payment page of Stripe lives 30 minutes at least"
        )
    if settings["STRIPE_TIMEOUT"] is None or not 1 <= settings["STRIPE_TIMEOUT"] <= 16:
        found.append(
            "STRIPE_TIMEOUT must be a whole number of seconds from 1 to 16: three tries must end before the web server gives up"
        )
    if settings["HOLDS_PER_NETWORK"] is None:
        found.append("HOLDS_PER_NETWORK must be a whole number; 0 is no limit")
    if settings["GROUP_SEATS_UNPAID"] is None:
        found.append("GROUP_SEATS_UNPAID must be a whole number; 0 is no limit")
    strange = [code for code in settings["DOCUMENT_LANGUAGES"] if not _is_language(code)]
    if strange:
        found.append(f"DOCUMENT_LANGUAGES names what is no language: {', '.join(strange)} (write them as de or pt_BR)")
    smtp = urlsplit(settings["SMTP_URL"])
    if settings["SMTP_URL"] and (smtp.scheme not in ("smtp", "smtps") or not smtp.hostname):
        found.append("SMTP_URL must be smtp://host:port or smtps://host:port")
    return found


def _production_faults(settings, environ):
    required = (
        "DATABASE_URL",
        "BASE_URL",
        "TRUSTED_HOSTS",
        "PROXY_COUNT",  # forgotten behind a proxy, everybody would count as one client
        "STRIPE_API_KEY",
        "STRIPE_WEBHOOK_SECRETS",
        "SMTP_URL",
        "MAIL_FROM",
    )
    found = [f"{name} is missing" for name in required if not environ.get(name, "").strip(" ,")]
    key = settings["SECRET_KEY"]
    if key and (len(key) < 32 or len(set(key)) < 10):
        found.append("SECRET_KEY is weak: at least 32 characters, made at random")
    if settings["DEBUG"]:
        found.append("FLASK_DEBUG is on: switch it off in production")
    if environ.get("BASE_URL") and not settings["BASE_URL"].startswith("https://"):
        found.append("BASE_URL must begin with https://")
    if settings["STRIPE_API_BASE"]:
        found.append("STRIPE_API_BASE is set: production speaks to Stripe itself")
    return found


def _whole(text):
    """A whole number from 0 on, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _is_language(code):
    try:
        return bool(Locale.parse(code))
    except (ValueError, UnknownLocaleError):
        return False


def _list(text):
    return [part.strip() for part in text.split(",") if part.strip()]
