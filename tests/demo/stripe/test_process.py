"""Started from the command line, as the demo does."""

import subprocess
import sys

from conference.demo.stripe import running_stand_in
from tests.demo.stripe.orders import opened


def test_it_starts_with_faults_and_stops_on_request():
    with running_stand_in(own_process=True, fault="event_copies=3", merchant="Society of Tests") as stand_in:
        assert stand_in.faults()["event_copies"] == 3
        assert opened(stand_in.client()).status == "open"

        stand_in.process.terminate()

        assert stand_in.process.wait(timeout=10) == 0


def test_a_wrong_fault_is_said_at_once(tmp_path):
    command = [sys.executable, "-m", "conference.demo.stripe", "--port=0", f"--store={tmp_path}/s", "--fault=rain=1"]

    done = subprocess.run(command, capture_output=True, text=True, timeout=20)

    assert done.returncode == 2
    assert "There is no fault 'rain'" in done.stderr


def test_two_processes_on_one_file_are_one_stripe(tmp_path):
    store = str(tmp_path / "stripe.sqlite")
    with running_stand_in(own_process=True, store=store) as one, running_stand_in(store=store) as two:
        session = opened(one.client())
        two.pay(session.id)

        assert one.client().v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
