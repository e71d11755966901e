"""The demo's meetings: one past, one coming, at real places but with nothing real about them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from conference import meetings

ZONE = "America/New_York"

COMING = {
    "code": "AM28",
    "number": 28,
    "title": "Annual Meeting 2027",
    "summary": "Five days on medicines made of genes and living cells, and on the people behind them.",
    "body": (
        "The meeting opens on Tuesday morning with the patient council’s lecture and closes on Saturday with prizes for first "
        "talks. Workshops are held on the first morning, posters are up for a whole day each, and every session can be "
        "followed on screen by those who register for it.\n\n"
        "*This meeting is fictional. The venue exists; nothing has been booked there.*"
    ),
    "starts": date(2027, 5, 11),
    "ends": date(2027, 5, 15),
    "venue": "Baltimore Convention Center",
    "address": "1 West Pratt Street\nBaltimore, MD 21201",
    "city": "Baltimore",
    "country": "US",
    "latitude": 39.2854,
    "longitude": -76.6168,
}
PAST = {
    "code": "AM27",
    "number": 27,
    "title": "Annual Meeting 2026",
    "summary": "The society’s meeting in the year of its new strategic plan.",
    "body": "*This meeting is fictional. The venue exists; nothing was booked there.*",
    "starts": date(2026, 5, 5),
    "ends": date(2026, 5, 9),
    "venue": "Pennsylvania Convention Center",
    "address": "1101 Arch Street\nPhiladelphia, PA 19107",
    "city": "Philadelphia",
    "country": "US",
    "latitude": 39.9548,
    "longitude": -75.1600,
}

# (code, name, last day): the last window of the coming meeting ends with the meeting.
WINDOWS = {
    "AM28": (
        ("early", "Early", date(2027, 2, 15)),
        ("regular", "Regular", date(2027, 4, 20)),
        ("onsite", "Late and on site", date(2027, 5, 15)),
    ),
    "AM27": (
        ("early", "Early", date(2026, 2, 16)),
        ("regular", "Regular", date(2026, 4, 14)),
        ("onsite", "Late and on site", date(2026, 5, 9)),
    ),
}
# Local times of the venue.
OPENS = {"AM28": "2026-11-02 09:00", "AM27": "2025-11-03 09:00"}
DEADLINES = {
    "AM28": (
        ("Abstracts", "2026-12-10 17:00", ""),
        ("Travel grants", "2027-01-15 17:00", "/pages/education"),
        ("Early registration", "2027-02-15 23:59", "/meetings/AM28/register"),
        ("Late-breaking abstracts", "2027-02-26 17:00", ""),
        ("Rooms at the meeting’s rate", "2027-04-09 17:00", ""),
        ("Regular registration", "2027-04-20 23:59", "/meetings/AM28/register"),
    ),
    "AM27": (("Abstracts", "2025-12-11 17:00", ""),),
}


def build_meetings(now):
    """The past and the coming meeting, inside the caller's transaction: {code: meeting}."""
    return {facts["code"]: _build(facts, now) for facts in (PAST, COMING)}


def _build(facts, now):
    meeting = meetings.create(timezone=ZONE, currency="USD", **facts)
    code = meeting.code
    meetings.set_dates(
        meeting,
        opens_at=_instant(OPENS[code]),
        windows=[(key, name, meetings.end_of_day(day, ZONE)) for key, name, day in WINDOWS[code]],
        deadlines=[(title, _instant(at), url) for title, at, url in DEADLINES[code]],
        by=None,
        version=meeting.version,
        now=now,
    )
    return meeting


def _instant(local):
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(ZONE))
