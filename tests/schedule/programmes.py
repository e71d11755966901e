"""Small programmes for tests: a flat one as schedule.xml, a scientific one as program.json."""

import json
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from conference.schedule.formats import read

SHARED = Path(__file__).parents[3] / "shared" / "data"
BERLIN = ZoneInfo("Europe/Berlin")
CHICAGO = ZoneInfo("America/Chicago")

EVENT = """
      <event guid="{guid}" id="{id}">
        <date>{date}</date><start>10:00</start><duration>{duration}</duration><room>{room}</room>
        <title>{title}</title><subtitle/><track>{track}</track><type>lecture</type><language>en</language>
        <abstract>{abstract}</abstract>
        <persons><person id="7">Ada Example</person><person id="8">Ben Muster</person></persons>
        <links>{links}</links>
      </event>"""
GUID = "5bb0aa4e-0c0e-5ccd-9523-0ed1ca679039"
OTHER = "d621de2e-dfde-51d4-8720-87b3e0303e02"


def an_event(**known):
    """One <event> of schedule.xml."""
    usual = {
        "guid": GUID,
        "id": 11,
        "date": "2027-05-11T10:00:00+02:00",
        "duration": "00:45",
        "room": "Aula",
        "title": "Vectors &amp; viruses",
        "track": "Delivery",
        "abstract": "&lt;p&gt;How to get there.&lt;/p&gt;",
        "links": '<link href="https://example.org/slides">Slides</link>',
    }
    return EVENT.format(**{**usual, **known})


def a_schedule_xml(*events, day="2027-05-11", head=""):
    """schedule.xml with the events in one room of one day."""
    inside = "".join(events) or an_event() + an_event(
        guid=OTHER, id=12, title="Capsids", date="2027-05-11T11:00:00+02:00"
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
<schedule><version>1</version>
  <conference><acronym>example27</acronym><title>Example 2027</title><time_zone_name>Europe/Berlin</time_zone_name></conference>
  <day index="1" date="{day}" start="{day}T04:00:00+02:00" end="{day}T23:00:00+02:00">
    <room name="Aula">{inside}</room>
  </day>
</schedule>""".encode()


def a_program(**tables):
    """The SIGCHI shape: one session with two papers, a poster session with the first of them again, a break without time."""
    start = 1_809_993_600_000  # 2027-05-11 00:00 on a clock without zone
    hour = 3_600_000
    usual = {
        "conference": {"id": 5, "shortName": "EX", "name": "Example 2027", "startDate": start, "timeZoneOffset": -300},
        "rooms": [{"id": 1, "name": "Room 1"}, {"id": 2, "name": "Hall"}],
        "tracks": [{"id": 3, "name": "Vectors"}],
        "contentTypes": [{"id": 4, "name": "Paper", "duration": 15}, {"id": 6, "name": "Posters", "duration": 0}],
        "timeSlots": [
            {"id": 8, "startDate": start + 9 * hour, "endDate": start + 10 * hour},
            {"id": 9, "startDate": start + 12 * hour, "endDate": start + 14 * hour},
        ],
        "people": [
            {"id": 20, "firstName": "Ada", "middleInitial": "", "lastName": "Example"},
            {"id": 21, "firstName": "Ben", "middleInitial": "B.", "lastName": "Muster"},
        ],
        "contents": [
            {
                "id": 30,
                "typeId": 4,
                "trackId": 3,
                "title": "Capsids",
                "abstract": "One.\n\nTwo < three.",
                "authors": AUTHORS,
            },
            {
                "id": 31,
                "typeId": 4,
                "trackId": 3,
                "title": "Vectors",
                "abstract": "",
                "authors": [],
                "award": "BEST_PAPER",
            },
        ],
        "sessions": [
            {
                "id": 40,
                "name": "Talks",
                "typeId": 4,
                "roomId": 1,
                "timeSlotId": 8,
                "chairIds": [21],
                "contentIds": [31, 30],
            },
            {
                "id": 41,
                "name": "Posters",
                "typeId": 6,
                "roomId": 2,
                "timeSlotId": 9,
                "chairIds": [],
                "contentIds": [30],
            },
        ],
        "events": [{"id": 50, "name": "Coffee", "typeId": 4, "chairIds": [], "contentIds": []}],
    }
    return json.dumps({**usual, **tables}).encode()


AUTHORS = [
    {"personId": 20, "affiliations": [{"institution": "Example Institute", "dsl": "Biology", "city": "Berlin", "country": "Germany"}]},
    {"personId": 21, "affiliations": [{"institution": "Muster Clinic"}, {"institution": "Example Institute", "dsl": "Biology", "city": "Berlin", "country": "Germany"}]},
]  # fmt: skip


def read_in(content, zone=BERLIN):
    """(programme, report) of the bytes of a file."""
    return read(content, zone=zone)


def is_uuid(text):
    """Whether a text is a UUID."""
    return str(UUID(text)) == text
