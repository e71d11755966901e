"""bin/run's heart: everything starts together, is used through its pages, and stops together, leaving nobody behind."""

import os
import re
import signal
import smtplib
import socket
import subprocess
import sys
import time
import urllib.request
from email.message import EmailMessage
from pathlib import Path

import pytest

from conference.demo.society import FACTS
from tests.ports import port_for

ROOT = Path(__file__).parents[2]
FOUND = """
import flask_migrate
from conference.demo import society
from conference.kernel import clock, transaction
from wsgi import app
with app.app_context():
    flask_migrate.upgrade()
    with transaction():
        society.build_society(clock.now())
"""


@pytest.fixture
def port():
    return port_for("serve")


@pytest.fixture
def environ(tmp_path, port):
    """What the demo is told: an empty folder and a port."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return {**kept, "PORT": str(port), "INSTANCE_PATH": str(tmp_path / "instance")}


@pytest.fixture
def founded(environ):
    """There is a society already, without people: the demo is served, and need not be filled."""
    subprocess.run([sys.executable, "-c", FOUND], cwd=ROOT, env=environ, check=True, capture_output=True)


@pytest.fixture
def served(environ, tmp_path, port):
    """The whole demo as processes: (process, address, folder)."""
    process = subprocess.Popen(
        [sys.executable, "-m", "conference.demo.serve"], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process, f"http://127.0.0.1:{port}", tmp_path / "instance"
    finally:
        process.kill()
        process.wait()


def wait_until_served(process):
    """What was printed until the address is told."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Logs:"):
            return "".join(lines)
    raise AssertionError("".join(lines))


def processes_of(folder):
    """Ids of the living processes whose environment names `folder`."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"INSTANCE_PATH={folder}".encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def wait_until(question, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := question():
            return answer
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


def test_a_letter_sent_in_the_demo_can_be_read_and_nothing_outlives_the_end(served):
    process, address, folder = served
    printed = wait_until_served(process)
    assert address in printed
    letter = EmailMessage()
    letter["To"], letter["Subject"] = "ada@example.org", "Your code"
    letter.set_content("Type 123456.")
    mail_port = int(re.search(rb"--port\0(\d+)", command_of(folder, b"conference.demo.post"))[1])
    with smtplib.SMTP("127.0.0.1", mail_port) as smtp:
        smtp.send_message(letter, from_addr="office@example.org")

    listed = urllib.request.urlopen(f"{address}/demo/mail").read().decode()

    assert "Your code" in listed
    assert FACTS["name"].encode() in command_of(folder, b"conference.demo.stripe")  # who is paid, on the payment page
    assert (folder / "secret-key").stat().st_mode & 0o777 == 0o600
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert processes_of(folder) == []


def test_when_one_process_dies_all_stop_and_it_is_named(founded, served):
    process, _address, folder = served
    wait_until_served(process)

    os.kill(pid_of(folder, b"huey_consumer"), signal.SIGKILL)

    assert process.wait(timeout=30) == 1
    assert processes_of(folder) == []


def test_when_the_whole_is_killed_nobody_is_left(founded, served):
    process, _address, folder = served
    wait_until_served(process)

    process.kill()

    wait_until(lambda: processes_of(folder) == [])


def test_a_taken_port_is_said_plainly(tmp_path, port):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        environ = {"PATH": os.environ["PATH"], "PORT": str(port), "INSTANCE_PATH": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-m", "conference.demo.serve"], cwd=ROOT, env=environ, capture_output=True, text=True
        )

    assert (done.returncode, done.stderr) == (1, f"Port {port} is in use. Choose another: PORT=8100 bin/run\n")


def pid_of(folder, word):
    return next(pid for pid in processes_of(folder) if word in Path(f"/proc/{pid}/cmdline").read_bytes())


def command_of(folder, word):
    return Path(f"/proc/{pid_of(folder, word)}/cmdline").read_bytes()
