"""The deployment that docs/deploy.md describes, served for real: nginx with TLS in front of gunicorn, over loopback."""

import http.client
import re
import shlex
import shutil
import ssl
import subprocess
import sys
import time
from configparser import ConfigParser
from pathlib import Path

import pytest

import config
from tests.operations.asking import ask, secured
from tests.operations.conftest import make_certificate, nginx, whole_configuration
from tests.operations.settings import DEPLOY, NAME, ROOT, example_settings

needs_nginx = pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")


def test_the_example_lacks_nothing_but_secrets():
    with pytest.raises(config.Misconfigured) as caught:
        config.load(example_settings())

    named = re.findall(r"- (\w+) is missing", str(caught.value))
    assert sorted(named) == ["SECRET_KEY", "SMTP_URL", "STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRETS"]
    assert len(str(caught.value).splitlines()) == 1 + len(named)


@pytest.mark.parametrize("unit", ["plenary-web.service", "plenary-worker.service"])
def test_the_units_start_what_is_there(unit):
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(DEPLOY / unit)

    command = shlex.split(parser["Service"]["ExecStart"])

    assert command[0].startswith("/srv/plenary/.venv/bin/")
    assert (Path(sys.executable).parent / Path(command[0]).name).exists()
    assert all((ROOT / word).exists() for word in command if word.endswith(".py"))
    assert parser["Service"]["User"] == "plenary"


@needs_nginx
def test_nginx_accepts_the_configuration(served, tmp_path):
    tls, plain, inner = served
    make_certificate(tmp_path)
    (tmp_path / "nginx.conf").write_text(whole_configuration(tmp_path, tls=tls, plain=plain, inner=inner))

    done = subprocess.run([*nginx(tmp_path), "-t"], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


@needs_nginx
def test_pages_come_through_with_their_headers_and_without_a_cookie(served):
    status, headers, body = ask(served[0], "GET", "/healthz")

    assert (status, body) == (200, b'{"status":"up"}\n')
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert len(headers.get_all("X-Request-Id")) == 1
    assert "Set-Cookie" not in headers
    assert headers["Server"] == "nginx"


@needs_nginx
def test_plain_http_is_led_to_https(served):
    status, headers, _body = ask(served[1], "GET", "/meetings/AM28/?a=1", plain=True)

    assert (status, headers["Location"]) == (301, f"https://{NAME}/meetings/AM28/?a=1")


@needs_nginx
def test_another_name_gets_no_certificate(served):
    with pytest.raises(ssl.SSLError):
        secured(served[0], name="evil.example")


@needs_nginx
def test_another_host_over_our_certificate_gets_no_answer(served):
    with pytest.raises(http.client.RemoteDisconnected):
        ask(served[0], "GET", "/healthz", headers={"Host": "evil.example"})


@needs_nginx
def test_the_application_refuses_another_host_by_itself(served):
    assert ask(served[2], "GET", "/healthz", headers={"Host": "evil.example"}, plain=True)[0] == 400


@needs_nginx
def test_what_a_client_claims_of_its_address_goes_no_further(served):
    tls, _plain, inner = served
    claim = {"X-Forwarded-For": "203.0.113.7"}

    # The figures are for this machine: through nginx the client is this machine, whatever it claims to be …
    assert ask(tls, "GET", "/metrics", headers=claim)[0] == 200
    # … and one proxy is believed: what nginx says of the address is what counts.
    assert ask(inner, "GET", "/metrics", headers=claim, plain=True)[0] == 404
    assert ask(inner, "GET", "/metrics", headers={"X-Forwarded-For": "127.0.0.1, 203.0.113.7"}, plain=True)[0] == 404


@needs_nginx
def test_too_large_a_body_is_refused_before_it_arrives(served):
    assert ask(served[0], "POST", "/stripe/webhook", headers={"Content-Length": str(2 * 2**20)})[0] == 413
    assert ask(served[0], "POST", "/account/sign-in", headers={"Content-Length": str(17 * 2**20)})[0] == 413


@needs_nginx
@pytest.mark.parametrize(
    "said",
    [b"GET / HTTP/1.1\r\nHost: am.exa", b"POST /x HTTP/1.1\r\nHost: am.example.org\r\nContent-Length: 9\r\n\r\n12"],
)
def test_who_speaks_too_slowly_is_hung_up_on(served, said):
    with secured(served[0]) as slow:
        slow.settimeout(10)
        slow.sendall(said)
        began = time.monotonic()
        while slow.recv(4096):
            pass

    assert time.monotonic() - began < 6


@needs_nginx
def test_pictures_are_kept_and_small(served):
    status, headers, _body = ask(served[0], "GET", "/static/img/logo.svg", headers={"Accept-Encoding": "gzip"})

    assert status == 200
    assert headers["Content-Type"].startswith("image/svg+xml")


@needs_nginx
def test_what_people_searched_for_is_not_logged(served, folder):
    ask(served[0], "GET", "/healthz?q=ada@example.org")
    time.sleep(0.2)

    log = (folder / "access.log").read_text()
    assert "GET /healthz" in log and "ada@" not in log


@needs_nginx
@pytest.mark.parametrize("path", ["/account/sign-in/link/SECRET0123", "/meetings/AM28/schedule/mine/SECRET0123.ics"])
def test_secrets_in_a_path_are_not_logged(served, folder, path):
    ask(served[0], "GET", f"{path}?again=1")
    ask(served[0], "POST", path, headers={"Content-Length": str(17 * 2**20)})
    time.sleep(0.2)

    logs = {name: (folder / name).read_text() for name in ("access.log", "error.log", "web.log")}
    assert f"GET {path.partition('SECRET')[0]}***" in logs["access.log"]
    assert [name for name, log in logs.items() if "SECRET" in log] == []
