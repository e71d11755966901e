"""The registrar's day: a file of thousands imported by the command, and the list of ten thousand under three filters."""

import json
import subprocess
import sys
import time
from datetime import timedelta

from bench import asking
from conference import registration
from conference.kernel import clock, transaction

MEETING, ROWS, TIMES, ASKED = "B10", 5000, 2, 20
HEADER = "email,given_name,family_name,degrees,institution,country,category,paid\n"
COUNTRIES = ("US", "DE", "JP", "BR", "IN")
LIST = f"/staff/registrations/{MEETING}?state=confirmed&country=DE&price=other&page="


def import_and_list(site):
    """Seconds of an import of 5,000 rows; then milliseconds of the list of the 10,000 that two of them make."""
    with site.app.app_context(), transaction():
        _meeting()
    runs = [_import(site, number) for number in range(TIMES)]
    how = f"flask registration import of {ROWS} rows, half of them paid, start of the command included, {TIMES} files"
    yield {"figure": "import_rows", "value": min(runs), "unit": "s", "goal": "<= 30", "how": how, "runs": runs}
    yield _listed(site)


def _listed(site):
    paths = [f"{LIST}{number % 10 + 1}" for number in range(ASKED)]
    asking.one_by_one(site.url, paths, cookie=site.staff_cookie)
    runs = [
        round(asking.percentile(asking.one_by_one(site.url, paths, cookie=site.staff_cookie), 0.95), 1)
        for _ in range(asking.TIMES)
    ]
    how = f"GET of {ASKED} pages of the list of {ROWS * TIMES} registrations with filters on state, country and price, p95"
    return {"figure": "desk_list_p95", "value": min(runs), "unit": "ms", "goal": "<= 150", "how": how, "runs": runs}


def _meeting():
    today = clock.now().date()
    meeting = registration.new_meeting(
        code=MEETING,
        title="Ten thousand",
        starts=today + timedelta(days=200),
        ends=today + timedelta(days=203),
        timezone="America/New_York",
        currency="USD",
    )
    pool = registration.add_pool(meeting, name="Venue", places=ROWS * TIMES + 100)
    category = registration.add_category(meeting, code="full", name="Full", pool=pool, position=1)
    for window in meeting.windows:
        registration.set_price(category, window, amount_minor=44000)


def _import(site, number):
    file = site.folder / f"crowd-{number}.csv"
    rows = (
        f"r{number}-{row}@example.org,Given{row},Family{row},PhD,Institute {row % 900},{COUNTRIES[row % 5]},full,"
        f"{'yes' if row % 2 else 'no'}\n"
        for row in range(ROWS)
    )
    file.write_text(HEADER + "".join(rows))
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "registration", "import", str(file)]
    begun = time.perf_counter()
    done = subprocess.run(
        [*command, "--meeting", MEETING, "--json"], env=site.environ, capture_output=True, text=True, check=True
    )
    taken = round(time.perf_counter() - begun, 1)
    if json.loads(done.stdout.splitlines()[-1])["added"] != ROWS:
        raise RuntimeError(done.stdout)
    return taken
