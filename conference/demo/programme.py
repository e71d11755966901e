"""The demo's programme: invented sessions and presentations, brought in by the same action as an imported file."""

from datetime import datetime, time, timedelta

from conference import schedule
from conference.demo import abstracts
from conference.demo.names import invented
from conference.demo.subjects import HEADS, KINDS, ROOMS, TRACKS
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
    made = abstracts.with_flash_talk(made, presentations)
    return values.Programme(
        title=meeting.title,
        acronym=meeting.code,
        timezone=meeting.timezone,
        rooms=tuple(values.Room(name) for name in ROOMS),
        tracks=tuple(values.Track(name, colour) for name, colour in TRACKS),
        kinds=abstracts.KINDS,
        embargoes=abstracts.RULES,
        people=tuple(_person(number) for number in range(_crowd(presentations))),
        abstracts=abstracts.submitted(presentations),
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
    """One that presents the study of its number; its minutes are those of its kind."""
    talk = values.PresentationItem(
        guid=values.stable_guid("demo", "presentation", number),
        title="",
        kind=kind,
        minutes=minutes if kind not in abstracts.TIMED else 0,
        board=f"P{number + 1:04d}" if kind == "Poster" else "",
    )
    return values.presenting(talk, abstracts.abstract(number))


def _crowd(presentations):
    return max(97, presentations + 1)


def _person(number):
    facts = invented(number)
    name = " ".join(part for part in (facts["given_name"], facts["family_name"]) if part)
    names = {"name": name, "given": facts["given_name"], "family": facts["family_name"]}
    return values.PersonItem(guid=_guid(number), disclosure=abstracts.disclosure(number), **names)


def _guid(number):
    return abstracts.guid_of_person(number)
