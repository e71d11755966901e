"""The addresses of a programme's public pages, for those who look at all of them: nothing of which the title is under embargo."""

from conference.schedule.formats.embargo import LISTING
from conference.web import absolute_url


def addresses(published, place):
    """[(address, when it was last changed)] of every page of a Published programme as it is seen: overview, days, items, people, indexes."""
    found = [("overview", {}), *(("day", {"day": day.isoformat()}) for day in published.days)]
    found += [("people", {}), *(("person", {"number": number}) for number in published.people_by_number)]
    for index, headings in published.headings.items():
        found += [("index", {"index": index})] if headings else []
        found += [("heading", {"index": index, "slug": slug}) for slug in headings]
    at = published.edition.published_at
    return [(_address(place, name, **values), at) for name, values in found] + list(_items(published, place))


def _items(published, place):
    changed = published.edition.revision
    for number, session in published.sessions.items():
        yield _address(place, "session", number=number), changed(session.guid).changed_at
    for number, (_session, talk) in published.presentations.items():
        if LISTING not in talk.closed:
            yield _address(place, "presentation", number=number), changed(talk.guid).changed_at


def _address(place, name, **values):
    return absolute_url(f"schedule.{name}", code=place.code, **values)
