"""A lab of two hundred: the button that orders all its seats at once."""

import re
import time

from bench import asking, filling
from conference import accounts, meetings, people
from conference.kernel import clock, db, transaction
from conference.registration import groups

MEETING, SEATS, TIMES = "AM28", 200, 5
TOTAL = re.compile(r'name="total" value="(\d+)"')
HOW = (
    f"one POST over HTTP to gunicorn, PostgreSQL with fsync: {SEATS} seats that nobody has ordered, half of them with a workshop or another"
    " category, each priced by its own person's standing, people and registrations entered, places claimed, one order written,"
    " committed, 303 to its page; paid by transfer, so that no payment service is asked; median of 5 groups, the quote before it apart"
)


def placed(site):
    """Seconds until 200 seats are ordered, and until they are quoted."""
    with site.app.app_context():
        cookie, paths = _groups(site)
    quoted, ordered = [], []
    for path in paths:
        seconds, page = _timed(asking.get, site.url, path, cookie=cookie)
        quoted.append(seconds)
        total = TOTAL.search(page[1])[1]
        seconds, status = _timed(asking.post, site.url, path, cookie=cookie, body=f"total={total}&pay=later")
        if status != 303:
            raise RuntimeError(f"the order of a group was answered with {status}")
        ordered.append(seconds)
    yield _figure("group_order_200", ordered, "<= 2", HOW)
    yield _figure(
        "group_quote_200", quoted, "", "the page before it: every seat priced, with its reasons and sums for each grant"
    )


def _figure(name, runs, goal, how):
    value = sorted(runs)[len(runs) // 2]
    return {"figure": name, "value": value, "unit": "s", "goal": goal, "how": how, "runs": runs}


def _groups(site):
    """(the payer's cookie, the address at which each of their groups is ordered)."""
    now = clock.now()
    with transaction():
        account = accounts.create(email="bench-lab@example.org", now=now)
        facts = {"given_name": "Bench", "family_name": "Lab", "country": "US"}
        people.update(account.person, by=account.person, now=now, **facts)
        cookie = filling.cookie_of(site.app, account, now)
    meeting = meetings.by_code(MEETING)
    paths = [_group(meeting, account.person, number, now) for number in range(TIMES)]
    db.session.remove()
    return cookie, paths


def _group(meeting, payer, number, now):
    with transaction():
        made = groups.make(
            meeting=meeting, coordinator=payer, by=payer, now=now, name=f"Lab {number}", po_number="PO-1"
        )
        group = groups.by_ref(meeting, made.ref)
        rows = "".join(_row(number, seat) for seat in range(SEATS))
        roster = groups.check(
            group, name="lab.csv", text=f"email,given_name,family_name,category,grant\n{rows}", now=now
        )
        groups.bring_in(group, roster, by=payer, now=now)
        _enter_half(number, now)
    return f"/meetings/{MEETING}/group/{made.ref}/order"


def _row(number, seat):
    category = "trainee" if seat % 4 == 0 else "full"
    return f"g{number}-{seat}@example.org,Given{seat},Family{seat},{category},R{seat % 7:02}\n"


def _enter_half(number, now):
    """Every other one is known already, and complete."""
    for seat in range(0, SEATS, 2):
        facts = {
            "given_name": f"Given{seat}",
            "family_name": f"Family{seat}",
            "country": "US",
            "career_stage": "graduate",
        }
        people.enter(email=f"g{number}-{seat}@example.org", now=now, **facts)


def _timed(act, *arguments, **named):
    begun = time.perf_counter()
    done = act(*arguments, **named)
    return round(time.perf_counter() - begun, 3), done
