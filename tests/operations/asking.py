"""Asking the served deployment over TLS, as a browser does."""

import http.client
import socket
import ssl

from tests.operations.settings import NAME


def secured(port, name=NAME):
    """A TLS connection as a browser that asks for `name` makes it."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=120), server_hostname=name)


def ask(port, method, path, *, body=None, headers=(), plain=False):
    """(status, headers, body) of one request to our name."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    if not plain:
        connection.sock = secured(port)
    connection.request(method, path, body=body, headers={"Host": NAME, **dict(headers)})
    response = connection.getresponse()
    return response.status, response.headers, response.read()
