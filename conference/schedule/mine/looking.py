"""Somebody's stars of one meeting, looked at: by whoever starred them, and by those to whom they are shown.

Ways between rooms are settings and not programme: they hold at once, and only rooms of the release are looked up in them.
"""

from conference.schedule import itineraries
from conference.schedule.mine.choices import chosen
from conference.schedule.mine.news import news
from conference.schedule.warnings.gathering import walking


def mine(place, published, itinerary, now):
    """The Chosen of an itinerary for its owner, with what has moved since they last looked."""
    stars = itineraries.stars_with_times(itinerary, place.id)
    looked = itineraries.looked(itinerary, place.id) if stars else 0
    found = news(place, published, stars, looked, now)
    return chosen(published, place, stars, walking=walking(place), news=found)


def shown(place, published, itinerary):
    """The same for others."""
    stars = itineraries.stars(itinerary, place.id)
    return chosen(published, place, stars, walking=walking(place))


def over(published, stars):
    """The guids among these that are withdrawn or not in the programme any more."""
    kept = {
        item.guid
        for session in published.programme.sessions
        if not session.withdrawn
        for item in (session, *(talk for talk in session.presentations if not talk.withdrawn))
    }
    return set(stars) - kept
