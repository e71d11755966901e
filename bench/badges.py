"""Badges: a meeting's worth by two processes, and one from click to PDF."""

import json
import subprocess
import sys

from bench import asking

TIMES = 3
CLICKS = 200


def whole_meeting(site):
    """Badges a second and the memory of each process, in processes of their own."""
    _ = site.attendees  # filled now, not while it is measured
    runs = [_print(site) for _ in range(TIMES)]
    best = max(runs, key=lambda run: run["badges"] / run["seconds"])
    rates = [round(run["badges"] / run["seconds"], 1) for run in runs]
    how = f"flask badges render: {best['badges']} badges of the demo, every script, 2 processes, rows to joined PDF"
    yield {"figure": "badges", "value": max(rates), "unit": "1/s", "goal": ">= 200", "how": how, "runs": rates}
    how = "largest resident set of a process that renders, of all runs"
    peak = max(run["child_mb"] for run in runs)
    yield {"figure": "badges_memory", "value": peak, "unit": "MB", "goal": "<= 150", "how": how}


def _print(site):
    command = [sys.executable, "-m", "bench.printing", str(site.folder / "badges.pdf")]
    done = subprocess.run(command, env=site.environ, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def one_click(site):
    """The slowest of twenty single badges, database and HTTP included."""
    refs = site.attendees[:CLICKS]
    paths = [f"/staff/badges/{ref}.pdf" for ref in refs]
    asking.one_by_one(site.url, paths[:40], cookie=site.staff_cookie)
    runs = [sorted(asking.one_by_one(site.url, paths, cookie=site.staff_cookie)) for _ in range(TIMES)]
    values = [round(asking.percentile(run, 0.95), 1) for run in runs]
    middle = [round(asking.percentile(run, 0.5), 1) for run in runs]
    how = f"GET of the PDF of {len(refs)} different badges one after the other, every script, after 40 to warm the processes"
    figure = {"figure": "badge_click_p95", "value": min(values), "unit": "ms", "goal": "<= 80", "how": how}
    yield {**figure, "p50_ms": min(middle), "runs": values}
