"""`flask jobs run` says what could not be done, does the rest, and exits 1."""

import json

import pytest

from conference import jobs
from conference.jobs import queue


def run(context, *words):
    return context.test_cli_runner().invoke(args=["jobs", "run", *words])


@pytest.fixture
def lost(context, stripe, monkeypatch):
    """Nothing answers where Stripe should be."""
    monkeypatch.setitem(context.config, "STRIPE_API_BASE", "http://127.0.0.1:9")


def test_all_well_exits_0_with_a_count_for_each_job(context, stripe):
    ran = run(context, "--json")

    assert ran.exit_code == 0
    assert set(json.loads(ran.stdout.splitlines()[-1])) == set(jobs.names())


def test_a_stripe_that_does_not_answer_is_told_and_exits_1(context, lost):
    ran = run(context)

    assert ran.exit_code == 1
    assert "catch-up: Stripe's events could not be listed: Stripe did not answer: it is asked again." in ran.stderr
    assert "mail: 0" in ran.stdout


def test_the_last_line_of_json_holds_the_troubles(context, lost):
    told = json.loads(run(context, "catch-up", "--json").stdout.splitlines()[-1])

    assert told == {
        "catch-up": 0,
        "troubles": {"catch-up": ["Stripe's events could not be listed: Stripe did not answer: it is asked again."]},
    }


def test_one_jobs_fault_keeps_no_other_from_running(context, stripe, monkeypatch):
    ran_too = []
    works = {"first": lambda: 1 // 0, "second": lambda: ran_too.append("second")}
    monkeypatch.setattr(queue, "_JOBS", works)

    ran = run(context)

    assert ran.exit_code == 1 and ran_too == ["second"]
    assert "first: ZeroDivisionError" in ran.stderr


def test_what_one_run_could_not_do_is_not_told_by_the_next(context, lost):
    run(context, "catch-up")

    assert run(context, "mail").exit_code == 0
