"""The meeting as a calendar file: the same entry wherever it is fetched from, so that no calendar shows it twice."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from conference.meetings.pages import place
from conference.web import absolute_url


@dataclass(frozen=True)
class Happening:
    """Something at the meeting with a time of its own: `code` keeps its entry the same one however often it is fetched."""

    code: str
    title: str
    starts: datetime
    ends: datetime
    about: str = ""


def calendar_file(meeting, happenings=()):
    """One all-day entry over the meeting's days (RFC 5545) and one for each Happening, as bytes; the same until one is changed."""
    url = absolute_url("meetings.page", code=meeting.code)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Plenary//meeting//EN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_whole(meeting, url))
    for happening in happenings:
        calendar.add_component(_part(meeting, url, happening))
    return calendar.to_ical()


def _whole(meeting, url):
    event = _entry(meeting, url, f"meeting-{meeting.code}", meeting.title)
    event.add("dtstart", meeting.starts)
    # RFC 5545, 3.6.1: the end of an all-day entry is the first day after it.
    event.add("dtend", meeting.ends + timedelta(days=1))
    event.add("description", meeting.summary)
    event.add("transp", "TRANSPARENT")
    return event


def _part(meeting, url, happening):
    event = _entry(meeting, url, f"meeting-{meeting.code}-{happening.code}", happening.title)
    event.add("dtstart", happening.starts.astimezone(UTC))
    event.add("dtend", happening.ends.astimezone(UTC))
    event.add("description", happening.about)
    return event


def _entry(meeting, url, key, title):
    event = Event()
    event.add("uid", f"{key}@{urlsplit(url).hostname}")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.version - 1)
    event.add("summary", title)
    event.add("location", ", ".join(part for part in (place(meeting), meeting.address.replace("\n", ", ")) if part))
    event.add("url", url)
    return event
