"""What is typed at the desk about sessions: times on the venue's clock, kinds of registration to choose from."""

from conference import registration


def instant(local, meeting):
    """A typed local time on the venue's clock as an instant, None for none."""
    return local.replace(tzinfo=meeting.zone) if local else None


def local(at, meeting):
    """An instant as a field for a local time shows it, None for none."""
    return at.astimezone(meeting.zone).replace(tzinfo=None, second=0, microsecond=0) if at else None


def categories(meeting):
    """[(code, name)] of the meeting's kinds of registration."""
    return [(each.code, each.name) for each in registration.categories_of(meeting, all_of_them=True)]
