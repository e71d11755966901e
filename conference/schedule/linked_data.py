"""What search engines read of a programme: https://schema.org in JSON-LD, and the citation tags of Google Scholar.

Made of what the public sees: of a title, author or text under embargo there is nothing, not even the words that stand for it.
Sources: schema.org/Event, schema.org/ScholarlyArticle, https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

from zoneinfo import ZoneInfo

from conference import people
from conference.schedule.formats.embargo import LISTING, TEXT
from conference.schedule.formats.flat import teaser
from conference.schedule.formats.text import plain
from conference.schedule.rules import room_of
from conference.web import absolute_url

CONTEXT = "https://schema.org"
LONGEST = 300
# What schema.org calls a performer; the others arrange, moderate or answer.
PERFORMERS = ("speaker", "panelist")


def of_session(published, place, session):
    """A session as an Event of its whole or of the meeting, with its presentations that have a time of their own and whose title is public."""
    return {
        "@context": CONTEXT,
        **_held(published, place, session),
        "description": teaser(session.abstract or session.description, LONGEST),
        "performer": [_person(published, part.person) for part in session.people if part.role in PERFORMERS],
        "subEvent": [_talk(published, place, session, talk) for talk in session.presentations if _is_listed(talk)],
    }


def of_presentation(published, place, session, talk):
    """A presentation as an Event of its session, with the abstract that it presents; None while its title is held back."""
    if not _is_listed(talk):
        return None
    held = _held(published, place, session)
    work = {"workFeatured": _article(published, place, session, talk)} if is_article(talk) else {}
    return {"@context": CONTEXT, **_talk(published, place, session, talk), "superEvent": held, **work}


def is_article(talk):
    """Whether a presentation has an abstract that anybody may read, with its title and authors."""
    return bool(talk.abstract) and not {LISTING, TEXT} & talk.closed


def citation(published, place, session, talk, pdf=None):
    """[(name, content)] of the meta tags by which an abstract is cited; none of what is not public. `pdf` is the address of the book."""
    if not is_article(talk):
        return []
    tags = [("citation_title", talk.title)]
    for author in talk.authors:
        tags.append(("citation_author", _cited_name(published.people[author.person])))
        tags += [("citation_author_institution", each.institution) for each in author.affiliations if each.institution]
    tags += [
        ("citation_conference_title", place.title),
        ("citation_publication_date", f"{session.day:%Y/%m/%d}"),
        ("citation_language", session.language),
        ("citation_keywords", "; ".join(talk.keywords)),
        ("citation_abstract_html_url", absolute_url("schedule.presentation", code=place.code, number=talk.number)),
        ("citation_pdf_url", pdf),
    ]
    return [(name, content) for name, content in tags if content]


def _held(published, place, session):
    """A session as an Event of the session that it is a part of, else of the meeting."""
    whole = published.whole_of(session)
    return {
        **_event(published, place, session, session.starts, session.ends, withdrawn=session.withdrawn),
        "url": absolute_url("schedule.session", code=place.code, number=session.number),
        "superEvent": _held(published, place, whole) if whole else _meeting(published, place),
    }


def _talk(published, place, session, talk):
    starts, ends = published.times[talk.guid] or (session.starts, session.ends)
    return {
        **_event(published, place, talk, starts, ends, withdrawn=session.withdrawn or talk.withdrawn),
        "location": _room(place, room_of(session, talk)),
        "url": absolute_url("schedule.presentation", code=place.code, number=talk.number),
        "performer": [_person(published, author.person) for author in talk.authors if author.presenting],
    }


def _event(published, place, item, starts, ends, *, withdrawn):
    zone = ZoneInfo(published.programme.timezone)
    return {
        "@type": "Event",
        "name": item.title,
        "startDate": starts.astimezone(zone).isoformat(timespec="seconds"),
        "endDate": ends.astimezone(zone).isoformat(timespec="seconds"),
        "eventStatus": f"{CONTEXT}/{'EventCancelled' if withdrawn else 'EventScheduled'}",
        "location": _room(place, getattr(item, "room", "")),
    }


def _meeting(published, place):
    return {
        "@type": "Event",
        "name": place.title,
        "startDate": place.starts.isoformat(),
        "endDate": place.ends.isoformat(),
        "location": _room(place, ""),
        "url": absolute_url("schedule.overview", code=place.code),
    }


def _room(place, room):
    address = {"address": {"@type": "PostalAddress", "addressLocality": place.city}} if place.city else {}
    return {"@type": "Place", "name": room or place.city or place.title, **address}


def _article(published, place, session, talk):
    return {
        "@type": "ScholarlyArticle",
        "headline": talk.title,
        "abstract": plain(talk.abstract),
        "author": [
            {**_person(published, author.person), "affiliation": [_organization(each) for each in author.affiliations]}
            for author in talk.authors
        ],
        "datePublished": session.day.isoformat(),
        "keywords": list(talk.keywords),
        **({"inLanguage": session.language} if session.language else {}),
        "isPartOf": {"@type": "CreativeWork", "name": place.title},
        "url": absolute_url("schedule.presentation", code=place.code, number=talk.number),
    }


def _organization(place):
    parts = {"addressLocality": place.city, "addressRegion": place.state}
    parts["addressCountry"] = people.country_name(place.country, "en")
    address = {name: value for name, value in parts.items() if value}
    return {
        "@type": "Organization",
        "name": place.institution or place.department,
        **({"sameAs": f"https://ror.org/{place.ror}"} if place.ror else {}),
        **({"address": {"@type": "PostalAddress", **address}} if address else {}),
    }


def _person(published, guid):
    person = published.people[guid]
    parts = {"name": person.name, "givenName": person.given, "familyName": person.family}
    return {"@type": "Person", **{name: value for name, value in parts.items() if value}}


def _cited_name(person):
    """ "Family, Given", as Scholar likes it best; the name as it is written where the parts are not known."""
    given = " ".join(part for part in (person.given, person.middle) if part)
    return f"{person.family}, {given}" if person.family and given else person.name


def _is_listed(talk):
    return LISTING not in talk.closed
