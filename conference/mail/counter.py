"""The counter where letters are handed over: one SMTP connection, opened when the first letter comes."""

import smtplib
import ssl
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

SECONDS = 20


class Unreachable(Exception):
    """The mail server cannot be reached, or will not talk to us at all: no letter's own fault."""


class Counter:
    """Hands messages to the server of an SMTP_URL; use it in a `with` block."""

    def __init__(self, url):
        self._url = urlsplit(url)
        self._smtp = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self.drop()

    def hand_over(self, message, address):
        """Give one message to the server. Raises Unreachable, SMTPException or OSError when it does not take it."""
        if self._smtp is None:
            self._smtp = self._opened()
        self._smtp.send_message(message, to_addrs=[address])

    def drop(self):
        """Forget a connection that broke, so that the next letter gets a fresh one."""
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def _opened(self):
        try:
            smtp = self._connected()
            if self._url.username:
                smtp.login(unquote(self._url.username), unquote(self._url.password or ""))
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(str(error)) from error
        return smtp

    def _connected(self):
        host, secure = self._url.hostname, self._url.scheme == "smtps"
        if secure:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, self._url.port or 465, timeout=SECONDS, context=context)
        smtp = smtplib.SMTP(host, self._url.port or 25, timeout=SECONDS)
        if not is_loopback(host):
            # Without TLS neither letters nor the password leave this machine; a server that offers none is an error.
            smtp.starttls(context=ssl.create_default_context())
        return smtp


def is_loopback(host):
    """Whether `host` is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
