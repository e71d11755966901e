"""A real SMTP server for tests: keeps what it takes, and answers as each test tells it to."""

from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Sink:
    """Takes letters; `answers` are given first, one a letter: "take", or an SMTP reply such as "451 later"."""

    def __init__(self):
        self.taken = []
        self.tries = []
        self.answers = []
        self.refused = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Refuse the addresses that the test named."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Take a letter, or answer as told."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.tries.append((envelope.rcpt_tos[0], message))
        answer = self.answers.pop(0) if self.answers else "take"
        if answer == "hang up":
            session.transport_closed = True
            server.transport.abort()
            return "250 OK"
        if answer != "take":
            return answer
        self.taken.append((envelope.rcpt_tos[0], message))
        return "250 OK"


@contextmanager
def sink(app, *, smtputf8=True):
    """A Sink that the application sends to inside the block."""
    keep = Sink()
    controller = Controller(keep, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=smtputf8)
    controller.start()
    before = app.config["SMTP_URL"]
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield keep
    finally:
        app.config["SMTP_URL"] = before
        controller.stop()


def free_port():
    """A port on which nothing listens."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
