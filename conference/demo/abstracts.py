"""The demo's abstracts: invented studies with structured text, authors, disclosures, and the embargoes of their meeting."""

from dataclasses import replace
from datetime import time

from conference import schedule
from conference.demo.names import INSTITUTIONS, invented
from conference.demo.subjects import KINDS as SESSIONS
from conference.demo.subjects import TRACKS, abstract_of, title_of

values = schedule.formats.programme
TIMED = ("Talk", "Flash talk")
FLASH = values.Kind("Flash talk", 5)
KINDS = (
    *(values.Kind(talk, minutes) for _session, talk, minutes in SESSIONS),
    FLASH,
    values.Kind("Poster"),
)
# The text of talks from the start of their session; files of posters from six on the first morning, also where a poster
# is a flash talk too: of several presentations the one that opens first opens the abstract.
RULES = (
    values.EmbargoRule("text", "session", "Talk"),
    values.EmbargoRule("files", "meeting", "Poster", clock=time(6)),
    values.EmbargoRule("files", "meeting", FLASH.name, clock=time(6)),
)
NOTHING, SILENT_EACH, TOLD_EACH = "", 9, 7
INTERESTS = (
    "Consulting fees from Kestrel Genomics.",
    "Employee and shareholder of Vectoria Biologics.",
    "Inventor on a patent application that Alder Valley University has licensed.",
)


def abstract(number):
    """The `number`th invented study, always the same."""
    authors = [(number * 3 + step * 17) % max(97, number + 1) for step in range(2 + number % 5)]
    track = TRACKS[number % len(TRACKS)][0]
    return values.AbstractItem(
        guid=values.stable_guid("demo", "abstract", number),
        number=number + 1,
        title=title_of(number),
        late_breaking=number % 40 == 11,
        award="Outstanding new investigator" if number % 60 == 7 else "",
        sections=tuple(_sections(number)),
        topics=tuple(dict.fromkeys((track, TRACKS[number * 5 % len(TRACKS)][0]))),
        authors=tuple(_author(each, step) for step, each in enumerate(dict.fromkeys(authors))),
    )


def submitted(presentations):
    """The abstracts of so many presentations, and a few that wait for a decision or were turned down."""
    waiting = (
        replace(abstract(presentations + each), status="submitted" if each % 2 else "rejected", late_breaking=True)
        for each in range(4)
    )
    # Authors of those that wait are among the people of the others.
    return (*(abstract(number) for number in range(presentations)), *(replace(each, authors=()) for each in waiting))


def with_flash_talk(sessions, presentations):
    """The sessions, the first poster of them presented once more: as a flash talk at the end of the first session
    that has the time for it."""
    poster = next((talk for session in sessions for talk in session.presentations if talk.kind == "Poster"), None)
    if poster is None:
        return sessions
    flash = replace(poster, guid=values.stable_guid("demo", "presentation", presentations), kind=FLASH.name, board="")
    where = next((place for place, session in enumerate(sessions) if _has_room(session)), 0)
    held = replace(sessions[where], presentations=(*sessions[where].presentations, flash))
    return [*sessions[:where], held, *sessions[where + 1 :]]


def _has_room(session):
    lengths = {kind.name: kind.minutes for kind in KINDS}
    used = sum(lengths[talk.kind] for talk in session.presentations)
    return session.kind != "Poster session" and used + FLASH.minutes <= (session.ends - session.starts).seconds // 60


def disclosure(number):
    """What somebody discloses: most have nothing, some name interests, a few have not said it yet."""
    if number % SILENT_EACH == 4:
        return None
    return INTERESTS[number % len(INTERESTS)] if number % TOLD_EACH == 2 else NOTHING


def guid_of_person(number):
    """The guid of an invented person."""
    return values.stable_guid("demo", "person", number)


def _sections(number):
    for part in abstract_of(number).split("\n\n"):
        heading, _colon, text = part.partition(": ")
        begins = text[:1] if text[1:2].isupper() else text[:1].upper()  # mRNA stays as it is written
        yield values.Section(heading, schedule.formats.text.rich(begins + text[1:]))


def _author(number, step):
    facts = invented(number)
    places = [facts["institution"]]
    if number % 6 == 0:
        places.append(INSTITUTIONS[number % len(INSTITUTIONS)])
    affiliations = tuple(
        values.AffiliationItem(institution=name, country=facts["country"]) for name in dict.fromkeys(places)
    )
    # The first author presents and answers letters.
    return values.Authorship(guid_of_person(number), affiliations, presenting=not step, corresponding=not step)
