"""The demo's programme: invented sessions and presentations, brought in by the same action as an imported file."""

from datetime import datetime, time, timedelta

from conference import schedule
from conference.demo.names import INSTITUTIONS, invented
from conference.demo.subjects import HEADS, KINDS, ROOMS, TRACKS, abstract_of, title_of
from conference.kernel import transaction
from conference.web import absolute_url

values = schedule.formats.programme
SLOTS = ((8, 0), (10, 15), (13, 30), (15, 45))
LENGTH = timedelta(minutes=105)
POSTERS = timedelta(minutes=90)


def build_programme(meeting, *, sessions, presentations, now):
    """Draft and release a programme of so many sessions and presentations, posters among them."""
    programme = _programme(meeting, sessions, presentations)
    with transaction():
        schedule.bring_in_programme(meeting=meeting, programme=programme, now=now)
    with transaction():
        url = absolute_url("schedule.overview", code=meeting.code)
        schedule.release(meeting=meeting, url=url, now=now, note="First release of the demo")


def _programme(meeting, sessions, presentations):
    days = (meeting.ends - meeting.starts).days + 1
    per_session = _shares(presentations, sessions)
    made, first = [], 0
    for number, count in enumerate(per_session):
        made.append(_session(meeting, number, first, count, days))
        first += count
    return values.Programme(
        title=meeting.title,
        acronym=meeting.code,
        timezone=meeting.timezone,
        rooms=tuple(values.Room(name) for name in ROOMS),
        tracks=tuple(values.Track(name, colour) for name, colour in TRACKS),
        people=tuple(_person(number) for number in range(_crowd(presentations))),
        sessions=tuple(made),
    )


def _shares(presentations, sessions):
    """How many presentations each session has: every tenth is a poster session that takes more."""
    weights = [4 if number % 10 == 9 else 1 for number in range(sessions)]
    whole = sum(weights)
    shares = [presentations * weight // whole for weight in weights]
    for number in range(presentations - sum(shares)):
        shares[number % sessions] += 1
    return shares


def _session(meeting, number, first, count, days):
    is_posters = number % 10 == 9
    kind, talk, minutes = ("Poster session", "Poster", 0) if is_posters else KINDS[number // 3 % len(KINDS)]
    turn = number // days  # the slots of a day fill first, room by room
    slot, room = turn % len(SLOTS), turn // len(SLOTS) % (len(ROOMS) - 1)
    day = meeting.starts + timedelta(days=number % days)
    hour, minute = (17, 30) if is_posters else SLOTS[slot]
    starts = datetime.combine(day, time(hour, minute), tzinfo=meeting.zone)
    track = TRACKS[(number * 3 + number // 8) % len(TRACKS)][0]
    guid = values.stable_guid("demo", meeting.code, "session", number)
    return values.SessionItem(
        guid=guid,
        title=f"{track}: {HEADS[number % len(HEADS)].lower()}" if not is_posters else f"Posters: {track}",
        starts=starts,
        ends=starts + (POSTERS if is_posters else LENGTH),
        day=day,
        kind=kind,
        room=ROOMS[-1] if is_posters else ROOMS[room],
        track=track,
        people=() if is_posters else (values.SessionPerson(_guid(number * 11 % 97), "chair"),),
        presentations=tuple(_presentation(first + each, talk, minutes, each) for each in range(count)),
    )


def _presentation(number, kind, minutes, place):
    authors = [(number * 3 + step * 17) % max(97, number + 1) for step in range(2 + number % 5)]
    return values.PresentationItem(
        guid=values.stable_guid("demo", "presentation", number),
        title=title_of(number),
        abstract=abstract_of(number),
        kind=kind,
        minutes=minutes,
        board=f"P{number + 1:04d}" if kind == "Poster" else "",
        award="Outstanding new investigator" if number % 60 == 7 else "",
        authors=tuple(_author(each, is_first=not step) for step, each in enumerate(dict.fromkeys(authors))),
    )


def _author(number, *, is_first):
    facts = invented(number)
    places = (
        [facts["institution"], INSTITUTIONS[number % len(INSTITUTIONS)]] if number % 6 == 0 else [facts["institution"]]
    )
    affiliations = tuple(
        values.AffiliationItem(institution=name, country=facts["country"]) for name in dict.fromkeys(places)
    )
    return values.Authorship(person=_guid(number), affiliations=affiliations, presenting=is_first)


def _crowd(presentations):
    return max(97, presentations + 1)


def _person(number):
    facts = invented(number)
    name = " ".join(part for part in (facts["given_name"], facts["family_name"]) if part)
    return values.PersonItem(guid=_guid(number), name=name, given=facts["given_name"], family=facts["family_name"])


def _guid(number):
    return values.stable_guid("demo", "person", number)
