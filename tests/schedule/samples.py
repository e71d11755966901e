"""One invented programme of six events, in the shape in which other systems write theirs."""

import json
from datetime import datetime, timedelta
from html import escape
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5

from tests.schedule.programmes import BERLIN

# Title, start on the clock of Berlin, minutes, room, people, day.
EVENTS = [
    ("Opening", datetime(2027, 5, 11, 9), 30, "Aula", ["Ada Example"], "2027-05-11"),
    ("Vectors & viruses", datetime(2027, 5, 11, 10), 45, "Aula", ["Ada Example", "Ben Muster"], "2027-05-11"),
    ("Capsids", datetime(2027, 5, 11, 10), 90, "Hall 2", ["Cleo Ejemplo"], "2027-05-11"),
    ("Coffee, tea; cake", datetime(2027, 5, 11, 11, 30), 30, "Foyer", [], "2027-05-11"),
    ("Late lecture", datetime(2027, 5, 12, 0, 30), 60, "Bar", ["Dov Beispiel"], "2027-05-11"),
    ("Poster walk", datetime(2027, 5, 12, 14), 120, "Foyer", ["Ben Muster", "Dov Beispiel"], "2027-05-12"),
]
PEOPLE = ["Ada Example", "Ben Muster", "Cleo Ejemplo", "Dov Beispiel"]


def guid(*parts):
    """A UUID of its own for everything."""
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def frab_xml():
    """As frab writes it: numbers and guids, a date with offset, people with ids."""
    head = "<conference><acronym>ex27</acronym><title>Example 2027</title><days>2</days><timeslot_duration>00:15</timeslot_duration><base_url>https://example.org/</base_url></conference>"
    return _xml(f"<version>Ω 3</version>{head}", _frab_event)


def _frab_event(number, title, starts, minutes, room, people):
    persons = "".join(f'<person id="{PEOPLE.index(name) + 100}">{name}</person>' for name in people)
    return (
        f'<event guid="{guid("frab", number)}" id="{number}"><logo/><date>{starts.isoformat()}</date><start>{starts:%H:%M}</start>'
        f"<duration>{minutes // 60:02}:{minutes % 60:02}</duration><room>{room}</room><slug>ex27-{number}</slug>"
        f"<recording><license>CC</license><optout>false</optout></recording><title>{escape(title)}</title><subtitle/><track>Delivery</track>"
        f"<type>lecture</type><language>en</language><abstract>Short.</abstract><description/><persons>{persons}</persons><links/><attachments/></event>"
    )


def pretalx_xml():
    """As pretalx writes it: a generator, guids of rooms, people with codes and guids, the zone by name."""
    head = (
        '<generator name="pretalx" version="2026.1"/><version>0.4</version><conference><title>Example 2027</title><acronym>ex27</acronym>'
        "<time_zone_name>Europe/Berlin</time_zone_name><track name='Delivery' slug='1-delivery' color='#0f5a73'/></conference>"
    )
    return _xml(head, _pretalx_event)


def _pretalx_event(number, title, starts, minutes, room, people):
    persons = "".join(f"<person id='{PEOPLE.index(name) + 1}' guid='{guid(name)}'>{name}</person>" for name in people)
    return (
        f"<event guid='{guid('pretalx', number)}' id='{number}' code='AB{number}'><room>{room}</room><title>{escape(title)}</title><subtitle></subtitle>"
        f"<type>Talk</type><date>{starts.isoformat()}</date><start>{starts:%H:%M}</start><duration>{minutes // 60:02}:{minutes % 60:02}</duration>"
        f"<abstract>Short.</abstract><slug>ex27-{number}-x</slug><track>Delivery</track><logo></logo><persons>{persons}</persons>"
        f"<language>en</language><description></description><recording><license></license><optout>false</optout></recording><links></links>"
        f"<attachments></attachments><url>https://example.org/ex27/talk/AB{number}/</url><feedback_url>https://example.org/f</feedback_url></event>"
    )


def pentabarf_xml():
    """As pentabarf wrote it: neither guids nor dates, starts on the day's own clock."""
    return _xml("<conference><title>Example 2027</title><city>Berlin</city></conference>", _pentabarf_event)


def _pentabarf_event(number, title, starts, minutes, room, people):
    persons = "".join(f'<person id="{PEOPLE.index(name) + 100}">{name}</person>' for name in people)
    return (
        f'<event id="{number}"><start>{starts:%H:%M}</start><duration>{minutes // 60:02}:{minutes % 60:02}</duration><room>{room}</room><tag>t{number}</tag>'
        f"<title>{escape(title)}</title><subtitle></subtitle><track>Delivery</track><type>lecture</type><language>en</language>"
        f"<abstract></abstract><description></description><persons>{persons}</persons><links></links></event>"
    )


def _xml(head, event):
    days = ""
    for index, (day, rooms) in enumerate(_days(), start=1):
        inside = "".join(
            f'<room name="{room}">{"".join(event(*each) for each in held)}</room>' for room, held in rooms.items()
        )
        days += f'<day index="{index}" date="{day}">{inside}</day>'
    return f"<?xml version='1.0' encoding='utf-8'?><!-- made by a machine --><schedule>{head}{days}</schedule>".encode()


def schedule_json_of_frab():
    """Schema 1 as frab writes it: people with ids and public names."""
    return _json(_frab_object)


def _frab_object(number, title, starts, minutes, room, people):
    persons = [{"id": PEOPLE.index(name) + 100, "public_name": name} for name in people]
    return {
        "id": number, "guid": guid("frab", number), "logo": "", "date": starts.isoformat(), "start": f"{starts:%H:%M}",
        "duration": f"{minutes // 60:02}:{minutes % 60:02}", "room": room, "slug": f"ex27-{number}", "title": title, "subtitle": "",
        "track": "Delivery", "type": "lecture", "language": "en", "abstract": "Short.", "persons": persons, "links": [], "attachments": [],
    }  # fmt: skip


def schedule_json_of_pretalx():
    """As pretalx writes it since it names its schema: ends, codes, people with guids, rooms of their own."""
    rooms = [{"name": name, "slug": name.lower(), "guid": guid(name), "capacity": None} for name in dict.fromkeys(event[3] for event in EVENTS)]  # fmt: skip
    return _json(
        _pretalx_object, rooms=rooms, time_zone_name="Europe/Berlin", tracks=[{"name": "Delivery", "slug": "1"}]
    )


def _pretalx_object(number, title, starts, minutes, room, people):
    persons = [{"code": f"P{PEOPLE.index(name)}", "name": name, "guid": guid(name), "biography": "", "answers": []} for name in people]  # fmt: skip
    return _frab_object(number, title, starts, minutes, room, []) | {
        "code": f"AB{number}", "guid": guid("pretalx", number), "end": (starts + timedelta(minutes=minutes)).isoformat(), "persons": persons,
    }  # fmt: skip


def _json(event, **known):
    days = [
        {"index": index, "date": day, "rooms": {room: [event(*each) for each in held] for room, held in rooms.items()}}
        for index, (day, rooms) in enumerate(_days(), start=1)
    ]
    schema = {"$schema": "https://c3voc.de/schedule/schema.json", "generator": {"name": "pretalx"}} if known else {}
    conference = {"acronym": "ex27", "title": "Example 2027", "daysCount": 2, "days": days, **known}
    return json.dumps({**schema, "schedule": {"version": "0.4", "conference": conference}}).encode()


def google_ics():
    """As Google exports a calendar: times in UTC, ids of its own."""
    head = "PRODID:-//Google Inc//Google Calendar 70.9054//EN\nVERSION:2.0\nCALSCALE:GREGORIAN\nMETHOD:PUBLISH\nX-WR-CALNAME:Example 2027\nX-WR-TIMEZONE:Europe/Berlin"  # fmt: skip
    return _ics(
        head,
        "DTSTART:{starts}\nDTEND:{ends}\nDTSTAMP:20270101T000000Z\nUID:{number}abc@google.com\nCREATED:20270101T000000Z\nDESCRIPTION:\n"
        "LOCATION:{room}\nSEQUENCE:1\nSTATUS:CONFIRMED\nSUMMARY:{title}\nTRANSP:OPAQUE",
    )


def indico_ics():
    """As Indico exports an event with its contributions: no name of the calendar, speakers in the text."""
    return _ics(
        "VERSION:2.0\nPRODID:-//CERN//INDICO//EN",
        "SUMMARY:{title}\nDTSTART;VALUE=DATE-TIME:{starts}\nDTEND;VALUE=DATE-TIME:{ends}\nDTSTAMP;VALUE=DATE-TIME:20270101T000000Z\n"
        "UID:indico-contribution-{number}@indico.example.org\nDESCRIPTION:Speakers: {people}\\n\\nhttps://indico.example.org/event/1/c/{number}/\n"
        "LOCATION:{room}\nURL:https://indico.example.org/event/1/contributions/{number}/",
    )


def _ics(head, event):
    parts = ["BEGIN:VCALENDAR", *head.split("\n")]
    for number, (title, starts, minutes, room, people, _day) in enumerate(EVENTS, start=1):
        begins = starts.replace(tzinfo=BERLIN)
        times = {"starts": _utc(begins), "ends": _utc(begins + timedelta(minutes=minutes))}
        escaped = title.replace(",", "\\,").replace(";", "\\;")
        text = event.format(number=number, title=escaped, room=room, people="\\, ".join(people), **times)
        parts += ["BEGIN:VEVENT", *(line[:60] + "\r\n " + line[60:] if line[60:] else line for line in text.split("\n")), "END:VEVENT"]  # fmt: skip
    return "\r\n".join([*parts, "END:VCALENDAR", ""]).encode()


def _utc(moment):
    return (moment - moment.utcoffset()).strftime("%Y%m%dT%H%M%SZ")


def _days():
    """(day, {room: events}); an event is its number, title, start, minutes, room and people."""
    numbered = [(number, *event) for number, event in enumerate(EVENTS, start=1)]
    for day, events in groupby(numbered, key=lambda event: event[-1]):
        rooms = {}
        for number, title, starts, minutes, room, people, _day in events:
            rooms.setdefault(room, []).append((number, title, starts.replace(tzinfo=BERLIN), minutes, room, people))
        yield day, rooms


SAMPLES = {
    "frab XML": frab_xml(),
    "pretalx XML": pretalx_xml(),
    "pentabarf XML": pentabarf_xml(),
    "schedule.json of frab": schedule_json_of_frab(),
    "schedule.json of pretalx": schedule_json_of_pretalx(),
    "Google": google_ics(),
    "Indico": indico_ics(),
}
