"""Neither letters nor the password leave this machine unencrypted, nor to a server that is not who it says."""

import socket
import ssl
import subprocess
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from conference import jobs
from conference.mail import post_office
from tests.mail.letters import a_letter, empty, fresh
from tests.mail.sink import Sink, free_port

# A name that leads to this machine without being one of its own: our code takes it for a server far away.
FAR = "127.1"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for our two names, with its key."""
    folder = tmp_path_factory.mktemp("tls")
    files = ("-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem")
    names = ("-subj", "/CN=mail", "-addext", f"subjectAltName=DNS:localhost,DNS:{FAR}")
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*make, *files, *names], check=True, capture_output=True)
    return folder


@pytest.fixture
def trusted(certificate, monkeypatch):
    """The certificate is one that this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}/cert.pem")


@pytest.fixture
def server_tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{certificate}/cert.pem", f"{certificate}/key.pem")
    return context


class Server(Controller):
    """aiosmtpd knocks at its own door to see that it runs; over TLS it would not believe our certificate: it need not enter."""

    def _trigger_server(self):
        socket.create_connection((self.hostname, self.port), timeout=5).close()


@contextmanager
def serving(app, url, **settings):
    """A Sink behind aiosmtpd with these settings; `url` is where the application sends to, {port} in it."""
    keep = Sink()
    keep.logins = []

    def authenticator(server, session, envelope, mechanism, login):
        keep.logins.append(login)
        return AuthResult(success=login == LoginPassword(b"office", b"p@ss word"))

    login = {"authenticator": authenticator, "auth_require_tls": False}
    controller = Server(keep, hostname="127.0.0.1", port=free_port(), **login, **settings)
    controller.start()
    before = app.config["SMTP_URL"]
    app.config["SMTP_URL"] = url.format(port=controller.port)
    try:
        yield keep
    finally:
        app.config["SMTP_URL"] = before
        controller.stop()


def test_a_letter_goes_over_tls_from_the_start_with_a_password(context, now, trusted, server_tls):
    letter = a_letter(now)

    with serving(context, "smtps://office:p%40ss%20word@localhost:{port}", ssl_context=server_tls) as keep:
        empty()

    assert len(keep.taken) == 1 and len(keep.logins) == 1
    assert fresh(letter).state == "sent"


def test_a_wrong_password_is_no_fault_of_the_letter(context, now, trusted, server_tls):
    letter = a_letter(now)

    with serving(context, "smtps://office:wrong@localhost:{port}", ssl_context=server_tls) as keep:
        empty()

    assert keep.taken == []
    assert (fresh(letter).state, fresh(letter).attempts) == ("waiting", 0)
    assert "wrong" not in fresh(letter).last_error


def test_a_far_server_is_spoken_to_after_starttls_only(context, now, trusted, server_tls):
    a_letter(now)

    with serving(context, f"smtp://office:p%40ss%20word@{FAR}:{{port}}", tls_context=server_tls) as keep:
        empty()

    assert len(keep.taken) == 1


def test_a_far_server_without_tls_gets_neither_letter_nor_password(context, now):
    letter = a_letter(now)

    with serving(context, f"smtp://office:p%40ss%20word@{FAR}:{{port}}") as keep:
        empty()

    assert (keep.taken, keep.logins) == ([], [])
    assert (fresh(letter).state, fresh(letter).attempts) == ("waiting", 0)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(context, now, server_tls, scheme):
    a_letter(now)
    kind = "ssl_context" if scheme == "smtps" else "tls_context"

    with serving(context, f"{scheme}://office:p%40ss%20word@{FAR}:{{port}}", **{kind: server_tls}) as keep:
        empty()

    assert (keep.taken, keep.logins) == ([], [])


def test_a_long_queue_is_sent_in_rounds_that_wake_each_other(context, now, monkeypatch):
    monkeypatch.setattr(post_office, "MOST_AT_ONCE", 2)
    for number in range(3):
        a_letter(now, cause=str(number))
    waiting = jobs.huey.pending_count()

    with serving(context, "smtp://127.0.0.1:{port}") as keep:
        assert empty() == 2
        assert jobs.huey.pending_count() == waiting + 1
        assert empty() == 1

    assert len(keep.taken) == 3
