"""Writes iCalendar files (RFC 5545, RFC 7986): the same bytes for the same release, so that their ETag holds."""

from datetime import UTC, timedelta

from icalendar import Calendar, Event, vDuration, vText

from conference.schedule.formats.flat import flatten, teaser

LONGEST_DESCRIPTION = 1200


def write(programme, edition):
    """The whole programme as UTF-8 bytes; withdrawn entries are marked as cancelled."""
    return write_events(flatten(programme, edition), programme, edition, name=programme.title)


def write_events(events, programme, edition, *, name):
    """The given FlatEvents as one calendar called `name`."""
    calendar = Calendar()
    calendar.add("prodid", "-//Plenary//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", vText(programme.timezone))
    calendar.add("url", edition.url)
    calendar.add("last-modified", edition.published_at)
    # RFC 7986 5.7: how often to look again; the older name is what most programs still read.
    calendar.add("refresh-interval", vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText("PT1H"))
    for event in events:
        calendar.add_component(_event(event, edition))
    if events:
        calendar.add_missing_timezones(
            first_date=min(event.starts for event in events).date() - timedelta(days=1),
            last_date=max(event.ends for event in events).date() + timedelta(days=365),
        )
    return calendar.to_ical(sorted=False)


def _event(event, edition):
    revision = edition.revision(event.guid)
    entry = Event()
    entry.add("uid", event.guid)
    # DTSTAMP is when the entry changed, not when the file was asked for: a new stamp would be a new file every time.
    entry.add("dtstamp", revision.changed_at.replace(microsecond=0))
    entry.add("last-modified", revision.changed_at.replace(microsecond=0))
    entry.add("sequence", revision.sequence)
    starts, ends = _times(event)
    entry.add("dtstart", starts)
    entry.add("dtend", ends)
    entry.add("summary", event.title)
    if event.room:
        entry.add("location", event.room)
    entry.add("description", _description(event))
    entry.add("url", event.url)
    if event.track:
        entry.add("categories", [event.track])
    entry.add("status", "CANCELLED" if event.withdrawn else "CONFIRMED")
    return entry


def _times(event):
    """Start and end on the programme's clock; in UTC when either is in an hour that this clock shows twice.

    RFC 5545 3.3.5: a time that occurs twice is the first of the two, and there is no way to write the second.
    """
    times = event.starts, event.ends
    return times if all(map(_is_told_by_clock, times)) else tuple(moment.astimezone(UTC) for moment in times)


def _is_told_by_clock(moment):
    # Compared in UTC: two times of one zone are compared by what their clocks show.
    return moment.replace(fold=0).astimezone(UTC) == moment.astimezone(UTC)


def _description(event):
    people = ", ".join(person.name for person in event.people)
    board = f"Board {event.board}" if event.board else ""
    parts = [event.subtitle, board, people, teaser(event.abstract or event.description, LONGEST_DESCRIPTION), event.url]
    return "\n\n".join(part for part in parts if part)
