"""Free ports for what runs beside the web server."""

import socket

TRIES = 50


def is_free(port, host="127.0.0.1"):
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def first_free(start, *, taken=()):
    """The first free port from `start` upwards that is not in `taken`."""
    for port in range(start, min(start + TRIES, 65536)):
        if port not in taken and is_free(port):
            return port
    raise OSError(f"no free port from {start} on")
