"""What somebody booked, for their own calendar: the meeting's days, and each workshop or dinner at its time."""

from conference import meetings


def calendar_of(entry):
    """The meeting of a registration and its add-ons that have a time as an iCalendar file, bytes."""
    timed = [each.add_on for each in entry.bookings if each.state != "cancelled" and each.add_on.starts_at]
    happenings = [meetings.Happening(it.code, it.title, it.starts_at, it.ends_at, it.summary) for it in timed]
    return meetings.calendar_file(entry.meeting, happenings)
