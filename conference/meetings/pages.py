"""What the pages of a meeting show, worked out from its rows: days left, the main way onwards, search-engine facts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask_babel import gettext as _
from flask_babel import ngettext

from conference.meetings.rules import Phase, days_until, map_frame, ordinal_word

MAP = "https://www.openstreetmap.org"


@dataclass(frozen=True)
class Due:
    """A deadline as people read it: what, when, where to go, and how far away in words (empty when it is past)."""

    title: str
    at: datetime
    url: str
    left: str
    is_past: bool


def dues(meeting, deadlines, now):
    """The meeting's deadlines as people read them, in order of time."""
    return [_due(meeting, deadline, now) for deadline in deadlines]


def in_days(count):
    """ "today", "tomorrow", "in 12 days"; empty for a day that is past."""
    if count < 0:
        return ""
    return {0: _("today"), 1: _("tomorrow")}.get(count) or ngettext("in %(num)s day", "in %(num)s days", count)


def number_words(meeting):
    """ "28th annual meeting", or empty for a meeting without a number."""
    return _("%(ordinal)s annual meeting", ordinal=ordinal_word(meeting.number)) if meeting.number else ""


def place(meeting):
    """ "Baltimore" or "Baltimore Convention Center, Baltimore": the venue and city that are known."""
    return ", ".join(part for part in (meeting.venue, meeting.city) if part)


def can_register(meeting, now):
    """Whether the main way onwards is to register: open, and the meeting is not over."""
    return meeting.phase(now) is Phase.OPEN and not is_over(meeting, now)


def is_over(meeting, now):
    """Whether the meeting's last day has passed at its venue."""
    return now.astimezone(meeting.zone).date() > meeting.ends


def map_address(meeting):
    """Where OpenStreetMap shows the venue, as a page of its own; None without coordinates."""
    if meeting.latitude is None or meeting.longitude is None:
        return None
    return f"{MAP}/?mlat={meeting.latitude:.5f}&mlon={meeting.longitude:.5f}#map=16/{meeting.latitude:.5f}/{meeting.longitude:.5f}"


def map_in_frame(meeting):
    """Where OpenStreetMap shows the venue inside a frame; None without coordinates."""
    if meeting.latitude is None or meeting.longitude is None:
        return None
    return f"{MAP}/export/embed.html?{urlencode(map_frame(meeting.latitude, meeting.longitude))}"


def event_facts(meeting, *, organizer, url, now):
    """The meeting as https://schema.org/Event, for search engines."""
    facts = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": meeting.title,
        "startDate": meeting.starts.isoformat(),
        "endDate": meeting.ends.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": f"https://schema.org/{'Offline' if place(meeting) else 'Online'}EventAttendanceMode",
        "url": url,
        "description": meeting.summary,
        "location": {
            "@type": "Place",
            "name": meeting.venue or meeting.city,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": meeting.address.replace("\n", ", "),
                "addressLocality": meeting.city,
                "addressCountry": meeting.country,
            },
        },
        "organizer": {"@type": "Organization", "name": organizer},
    }
    if can_register(meeting, now):
        facts["offers"] = {"@type": "Offer", "url": url + "register", "availability": "https://schema.org/InStock"}
    return facts


def last_day(window, meeting):
    """The last day on which a window's price holds, at the venue: its end is the first instant after it."""
    return (window.ends_at - timedelta(seconds=1)).astimezone(meeting.zone).date()


def _due(meeting, deadline, now):
    is_past = deadline.at <= now
    left = "" if is_past else in_days(days_until(deadline.at, now=now, zone=meeting.zone))
    return Due(deadline.title, deadline.at, deadline.url, left, is_past)
