"""The deployment as shipped, on free ports of this machine: gunicorn, and nginx inside Debian's own configuration."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pysqlite3
import pytest
import sqlalchemy as sa

from conference.demo import ports
from conference.kernel import Base
from tests.operations.settings import DEPLOY, NAME, ROOT, example_settings
from tests.ports import port_for


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where everything of this deployment lives."""
    return tmp_path_factory.mktemp("deployment")


@pytest.fixture(scope="module")
def served(app, folder):
    """gunicorn and nginx with the shipped configuration: the ports of nginx with TLS and without, and of gunicorn."""
    tls, plain, inner = map(port_for, ("tls", "plain", "inner"))
    make_certificate(folder)
    make_tables(place_of_tables := f"sqlite:///{folder}/plenary.db")
    (folder / "nginx.conf").write_text(whole_configuration(folder, tls=tls, plain=plain, inner=inner))
    secrets = {
        "SECRET_KEY": "8f1c2b7a9d3e4f5061728394a5b6c7d8",
        "STRIPE_API_KEY": "rk_live_x",
        "STRIPE_WEBHOOK_SECRETS": "x",
    }
    place = {"PORT": str(inner), "INSTANCE_PATH": str(folder), "DATABASE_URL": place_of_tables}
    environ = {**example_settings(), **secrets, **place, "SMTP_URL": "smtp://127.0.0.1:9", "PATH": os.environ["PATH"]}
    environ["WEB_WORKERS"] = "1"
    web = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app"]
    processes = [subprocess.Popen(web, cwd=ROOT, env=environ, stderr=(folder / "web.log").open("w"))]
    processes.append(subprocess.Popen(nginx(folder), stderr=subprocess.DEVNULL))
    try:
        wait_for(tls)
        wait_for(inner)
        yield tls, plain, inner
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def make_tables(url):
    """All tables, in a database of the application that is served."""
    engine = sa.create_engine(url, module=pysqlite3.dbapi2)
    Base.metadata.create_all(engine)
    engine.dispose()


def whole_configuration(folder, *, tls, plain, inner):
    """The shipped site as Debian includes it, with places and ports of this test, and less patience."""
    site = (DEPLOY / "nginx.conf").read_text()
    changes = {
        "listen 443 ssl http2": f"listen 127.0.0.1:{tls} ssl http2",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "server 127.0.0.1:8000": f"server 127.0.0.1:{inner}",
        "/etc/letsencrypt/live/am.example.org": str(folder),
        "/var/cache/nginx/plenary": str(folder / "cache"),
        "/var/log/nginx/plenary.log": str(folder / "access.log"),
        "/var/log/nginx/error.log": str(folder / "error.log"),
        "/srv/plenary/deploy": str(DEPLOY),
        "client_header_timeout 10s": "client_header_timeout 1s",
        "client_body_timeout 15s": "client_body_timeout 1s",
        "location = /metrics {": "location = /metrics-of-others {",
    }
    for old, new in changes.items():
        assert old in site, f"deploy/nginx.conf no longer holds “{old}”"
        site = site.replace(old, new)
    (folder / "site.conf").write_text(site)
    return inside_debians_own(folder)


def inside_debians_own(folder):
    """Debian's nginx.conf with our site as its only one, and nothing outside of `folder`."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    main = Path("/etc/nginx/nginx.conf").read_text()
    main = re.sub(
        r"^\s*(user|pid|error_log|access_log|include /etc/nginx/(conf|sites|modules)\S*)\b[^;]*;", "", main, flags=re.M
    )
    main = main.replace("http {", f"http {{\n{places}access_log off;\ninclude {folder}/site.conf;\n", 1)
    user = "user root;\n" if os.geteuid() == 0 else ""
    return f"{user}daemon off;\npid {folder}/nginx.pid;\n{main}"


def nginx(folder):
    return [shutil.which("nginx"), "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]


def make_certificate(folder):
    files = ("-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem")
    name = ("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}")
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*make, *files, *name], check=True, capture_output=True)


def wait_for(port):
    until = time.monotonic() + 30
    while ports.is_free(port):
        assert time.monotonic() < until, f"nothing listens on {port}"
        time.sleep(0.1)
    time.sleep(0.5)
