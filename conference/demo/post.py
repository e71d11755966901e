"""The demo's own post office: takes every letter over SMTP and puts it into a folder, to be read at /demo/mail.

Run by bin/run as `python -m conference.demo.post --port PORT`; it listens on this machine only and passes nothing on.
"""

import asyncio
import os
import secrets
import signal
from datetime import UTC, datetime
from pathlib import Path

import click
from aiosmtpd.smtp import SMTP

LARGEST = 32 * 1024 * 1024


class Keep:
    """Writes each message to a file of its own, named so that names sort by time."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 — the name is aiosmtpd's
        """Called by aiosmtpd with a whole message."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
        to = ", ".join(envelope.rcpt_tos)
        draft = self.folder / f".{name}"
        draft.write_bytes(f"X-Envelope-To: {to}\r\n".encode() + envelope.original_content)
        draft.rename(self.folder / f"{name}.eml")
        return "250 Kept"


async def serve(folder, port, *, host="127.0.0.1"):
    """Take letters until told to stop."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    keep = Keep(folder)
    server = await loop.create_server(lambda: SMTP(keep, enable_SMTPUTF8=True, data_size_limit=LARGEST), host, port)
    async with server:
        await stop.wait()


@click.command()
@click.option("--port", type=int, required=True)
@click.option("--folder", default=lambda: str(Path(os.environ.get("INSTANCE_PATH", "instance")) / "mail"))
def main(port, folder):
    """Keep letters sent to 127.0.0.1:PORT in FOLDER."""
    asyncio.run(serve(folder, port))


if __name__ == "__main__":
    main()
