"""What a device keeps of a programme to be read without a network: which pages, which files, in which version."""

from hashlib import sha256

from flask import url_for

MOST_PAGES = 300


def pages(place, published, stars):
    """Addresses of the overview, the days, and what is starred: sessions, talks, and the sessions of these; so many at most."""
    found = [url_for("schedule.offline", code=place.code), url_for("schedule.overview", code=place.code)]
    found += [url_for("schedule.day", code=place.code, day=day.isoformat()) for day in published.days]
    for session in published.programme.sessions:
        talks = [talk for talk in session.presentations if talk.guid in stars]
        if talks or session.guid in stars:
            found.append(url_for("schedule.session", code=place.code, number=session.number))
        found += [url_for("schedule.presentation", code=place.code, number=talk.number) for talk in talks]
    return found[:MOST_PAGES]


def version(published, files):
    """Another one for each release and each state of the style sheets and scripts, as 16 hexadecimal digits."""
    return sha256("\n".join((published.key, *files)).encode()).hexdigest()[:16]
