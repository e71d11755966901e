"""The meeting as an entry for somebody's own calendar (RFC 5545), as whole days at the venue."""

from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from conference.web import absolute_url


def meeting_calendar(meeting, now):
    """The meeting's days as an iCalendar file, bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Plenary//Registration//EN")
    calendar.add("version", "2.0")
    event = Event()
    page = absolute_url("registration.start", code=meeting.code).removesuffix("register")
    event.add("uid", f"{meeting.code}@{urlsplit(page).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts)
    event.add("dtend", meeting.ends + timedelta(days=1))
    event.add("summary", meeting.title)
    event.add("location", ", ".join(part for part in (meeting.venue, meeting.city) if part))
    event.add("url", page)
    event.add("transp", "TRANSPARENT")
    calendar.add_component(event)
    return calendar.to_ical()
