"""What the demo's annual meeting sells: categories, the price matrix, add-ons, codes, the conduct code."""

from datetime import datetime, time, timedelta
from pathlib import Path

from conference import registration
from conference.demo.form import build_form
from conference.registration import Mode

CONDUCT = Path(__file__).parent / "texts" / "code-of-conduct.md"

# Category: (code, name, summary, band, whole-meeting prices in USD as (early, regular, onsite) for members and others, day price)
CATEGORIES = (
    ("full", "Scientist or clinician", "Independent researchers, clinicians and staff of companies.", "#1f5fa8", (440, 540, 640), (660, 780, 890), 260),
    ("trainee", "Trainee", "Students, postdocs, residents and fellows.", "#2f7d4f", (150, 190, 240), (260, 310, 370), 120),
    ("nurse", "Nurse or counsellor", "Nurses, genetic counsellors and coordinators.", "#8a4fa3", (220, 270, 330), (320, 380, 450), 150),
    ("advocate", "Patient advocate", "People who speak for patients and families.", "#b3541e", (60, 60, 90), (60, 60, 90), 40),
    ("industry", "Industry", "Staff of companies who come for the programme.", "#5c6470", (700, 800, 950), (700, 800, 950), None),
)  # fmt: skip
# Add-on: (code, title, kind, USD, places, day from the first, start and end hour, summary)
ADD_ONS = (
    (
        "vectors",
        "Workshop: Designing viral vectors",
        "workshop",
        90,
        18,
        0,
        (9, 12),
        "Bring a laptop. Lunch is not included.",
    ),
    (
        "trials",
        "Workshop: First-in-human trials",
        "workshop",
        90,
        16,
        0,
        (9, 12),
        "From toxicology to the first cohort.",
    ),
    (
        "writing",
        "Workshop: Writing for patients",
        "workshop",
        40,
        25,
        0,
        (14, 16),
        "Plain language, practised in small groups.",
    ),
    (
        "dinner",
        "Society dinner",
        "dinner",
        85,
        300,
        2,
        (19, 22),
        "Harbour side. Vegetarian and vegan dishes for all who like.",
    ),
)
# Kind of change: (kind, category or none, days before the meeting begins, percent, USD, at least USD)
CHANGES = (
    ("switch", None, 60, 0, 0, 0),
    ("switch", None, 14, 0, 75, 0),
    ("add", None, 1, 0, 0, 0),
    ("drop", None, 14, 10, 0, 5),
    ("substitute", None, 3, 0, 25, 0),
    ("cancel", None, 60, 0, 100, 0),
    ("cancel", None, 14, 50, 0, 150),
    ("cancel", "trainee", 14, 0, 20, 0),
)
# Code: (code, effect, percent, scope, how often, reason, budget code)
CODES = (
    ("SPEAKER-AM28", "comp", 0, "registration", 60, "Invited speakers", "PRG-28"),
    ("VOLUNTEER-AM28", "comp", 0, "registration", 40, "Volunteers", "OPS-28"),
    ("TRAVEL-AWARD", "percent", 50, "all", 25, "Travel awards", "AWD-28"),
    ("PRESS-AM28", "comp", 0, "registration", None, "Press", "COM-28"),
)


def build_sales(meeting, now):
    """Everything that one can buy or is asked at the demo's coming meeting, through public actions."""
    venue = registration.add_pool(meeting, name="Places in the convention centre", places=9000)
    for position, row in enumerate(CATEGORIES):
        _category(meeting, venue, position, row)
    for position, add_on in enumerate(ADD_ONS):
        _add_on(meeting, position, add_on)
    _dinner_for_trainees(meeting, now)
    build_form(meeting, now)
    for code, effect, percent, scope, most_uses, reason, budget in CODES:
        facts = {"percent": percent, "scope": scope, "most_uses": most_uses, "budget_code": budget}
        registration.add_code(meeting, code=code, effect=effect, reason=reason, **facts)
    registration.changes.set_steps(meeting, [_step(meeting, row) for row in CHANGES], by=None, now=now)
    registration.pricing.set_policy(meeting, seen=0, by=None, now=now, **_policy(meeting))
    registration.publish_conduct_code(meeting, version="2027-1", text=CONDUCT.read_text(encoding="utf-8"), now=now)


def _step(meeting, row):
    kind, category, days, percent, amount, minimum = row
    found = registration.category_by_code(meeting, category) if category else None
    return {
        "kind": kind,
        "category_id": found.id if found else None,
        "until": _at(meeting, -days, 0),
        "percent": percent,
        "amount_minor": amount * 100,
        "minimum_minor": minimum * 100,
    }


def _policy(meeting):
    """Checked again when the early price ends; joining counts a month longer; two weeks to pay at the price of the first day."""
    early = meeting.windows[0].ends_at.astimezone(meeting.zone)
    return {
        "recheck_on": early.date() + timedelta(days=14), "lapse": "grace", "grace_days": 14, "credit_days": 30,
        "price_date": "grace", "pay_days": 14, "hard_at": early + timedelta(days=14),
    }  # fmt: skip


def _category(meeting, venue, position, row):
    code, name, summary, band, member, other, day_price = row
    category = registration.add_category(
        meeting, code=code, name=name, pool=venue, summary=summary, band=band, position=position
    )
    for window, ours, theirs in zip(meeting.windows, member, other, strict=True):
        registration.set_price(category, window, amount_minor=ours * 100, member=True)
        registration.set_price(category, window, amount_minor=theirs * 100)
        registration.set_price(category, window, amount_minor=theirs * 50, mode=Mode.VIRTUAL)
        registration.set_price(category, window, amount_minor=ours * 50, mode=Mode.VIRTUAL, member=True)
        if day_price:
            _day_tickets(meeting, category, window, day_price)


def _day_tickets(meeting, category, window, price):
    for number in range((meeting.ends - meeting.starts).days + 1):
        day = (meeting.starts + timedelta(days=number)).isoformat()
        registration.set_price(category, window, amount_minor=price * 100, span=day)


def _add_on(meeting, position, row):
    code, title, kind, price, places, day, hours, summary = row
    starts, ends = (_at(meeting, day, hour) for hour in hours)
    registration.offer_add_on(
        meeting,
        code=code,
        title=title,
        kind=kind,
        amount_minor=price * 100,
        places=places,
        summary=summary,
        starts_at=starts,
        ends_at=ends,
        position=position,
    )


def _dinner_for_trainees(meeting, now):
    """Half the price for people in training; the caterer has to know a week before, so it is not sold after that."""
    dinner = next(each for each in registration.add_ons_of(meeting) if each.code == "dinner")
    trainee = registration.category_by_code(meeting, "trainee")
    windows = {each.id: each for each in meeting.windows}
    cells = {(trainee.id, key): minor for key, minor in zip(windows, (4000, 4500, 5000), strict=True)}
    named = {"categories": {trainee.id: trainee}, "windows": windows}
    seen = registration.extras.version_of(dinner)
    registration.extras.set_prices(dinner, cells, seen=seen, by=None, now=now, **named)
    registration.change(dinner, by=None, now=now, sold_until=_at(meeting, -7, 18))


def _at(meeting, day, hour):
    return datetime.combine(meeting.starts + timedelta(days=day), time(hour), tzinfo=meeting.zone)
