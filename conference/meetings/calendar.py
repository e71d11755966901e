"""The meeting as a calendar file: the same entry wherever it is fetched from, so that no calendar shows it twice."""

from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from conference.meetings.pages import place
from conference.web import absolute_url


def calendar_file(meeting):
    """One all-day entry over the meeting's days (RFC 5545), as bytes; the same until the meeting is changed."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Plenary//meeting//EN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_entry(meeting, absolute_url("meetings.page", code=meeting.code)))
    return calendar.to_ical()


def _entry(meeting, url):
    event = Event()
    event.add("uid", f"meeting-{meeting.code}@{urlsplit(url).hostname}")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.version - 1)
    event.add("summary", meeting.title)
    event.add("dtstart", meeting.starts)
    # RFC 5545, 3.6.1: the end of an all-day entry is the first day after it.
    event.add("dtend", meeting.ends + timedelta(days=1))
    event.add("location", ", ".join(part for part in (place(meeting), meeting.address.replace("\n", ", ")) if part))
    event.add("description", meeting.summary)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event
