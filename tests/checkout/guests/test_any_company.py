"""Any sequence of orders, payments, expiry, changes, refunds and guests: money to the minor unit, and no guest without a host."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.checkout.guests.machine import Guests
from tests.conftest import empty_tables
from tests.trying import tries


def test_any_sequence_leaves_no_guest_alone_and_no_money_unexplained(context):
    run_state_machine_as_test(
        Guests,
        settings=settings(
            max_examples=tries(25),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    empty_tables()
