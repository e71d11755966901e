"""A programme of 874 events: a real one beside the repository when it is there, else an invented one of the same size."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

REAL = Path(__file__).parents[2] / "shared" / "data" / "schedules" / "fosdem-2024.schedule.xml"
EVENTS, ROOMS, DAYS = 874, 30, ("2024-02-03", "2024-02-04")
ZONE = timezone(timedelta(hours=1))
WORDS = (
    "vector",
    "delivery",
    "safety",
    "editing",
    "trial",
    "patient",
    "immune",
    "stem",
    "cell",
    "gene",
    "dose",
    "long-term",
)


def schedule_file(folder):
    """The path of the file to import."""
    if REAL.exists():
        return REAL
    path = folder / "made-up.xml"
    path.write_bytes(ElementTree.tostring(_schedule(), encoding="utf-8", xml_declaration=True))
    return path


def _schedule():
    root = ElementTree.Element("schedule")
    conference = _add(root, "conference")
    for name, text in (("acronym", "made-up"), ("title", "A big programme"), ("start", DAYS[0]), ("end", DAYS[-1])):
        _add(conference, name, text)
    for index, day in enumerate(DAYS):
        element = _add(root, "day", index=str(index + 1), date=day)
        for room in range(ROOMS):
            place = ElementTree.SubElement(element, "room", {"name": f"Room {room + 1}"})
            for number in range(EVENTS * index // 2, EVENTS * (index + 1) // 2):
                if number % ROOMS == room:
                    _event(place, number, day, number // ROOMS % 15)
    return root


def _event(room, number, day, slot):
    starts = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZONE) + timedelta(minutes=30 * slot)
    event = _add(room, "event", id=str(number + 1))
    words = " ".join(WORDS[(number * step) % len(WORDS)] for step in (1, 5, 7))
    facts = {
        "date": starts.isoformat(),
        "start": starts.strftime("%H:%M"),
        "duration": "00:25",
        "room": room.get("name"),
        "title": f"{words.capitalize()} {number}",
        "track": f"Track {number % 40}",
        "type": "talk",
        "language": "en",
        "abstract": f"On {words}, as it stands now and where it may go. " * 8,
    }
    for name, text in facts.items():
        _add(event, name, text)
    persons = _add(event, "persons")
    for each in (number, number * 7):
        _add(persons, "person", f"Person {each % 900}", id=str(each % 900 + 1))


def _add(parent, name, text=None, **attributes):
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = text
    return element
