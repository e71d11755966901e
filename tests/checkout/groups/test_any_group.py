"""Whatever a payer, their people and the office do, and whenever the money comes: everything ties out, and nobody pays for another."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.checkout.groups.machine import Group
from tests.conftest import empty_tables
from tests.trying import tries


def test_any_sequence_keeps_seats_places_and_money_true(context):
    run_state_machine_as_test(
        Group,
        settings=settings(
            max_examples=tries(20),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    empty_tables()
