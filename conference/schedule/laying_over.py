"""A flat file laid over the draft that it may come from: what its format cannot say stays as the draft has it."""

import re
from dataclasses import replace

_LIST = re.compile(r"<ol>(?:<li>.*?</li>)+</ol>", re.DOTALL)


def laid_over(programme, known, report):
    """`programme` as it is to be written into a draft that is `known` as a Programme, where its file `report.lacks` something.

    An event that is a presentation of the draft is left to its session, and reported.
    """
    if not report.lacks:
        return programme
    sessions = {item.guid: item for item in known.sessions}
    homes = {talk.guid: item for item in known.sessions for talk in item.presentations}
    given = [item for item in programme.sessions if item.guid not in homes]
    if len(given) < len(programme.sessions):
        count = len(programme.sessions) - len(given)
        report.repair("the file", f"{count} events are presentations of this draft: they stay as they are there")
    listed = {item.guid for item in given}
    elsewhere = {item.room for item in programme.sessions if item.guid in homes} - {item.room for item in given}
    # A poster's hall is no session's room.
    rooms = tuple(room for room in programme.rooms if room.name not in elsewhere)
    kept = {home.guid: home for item in programme.sessions if (home := homes.get(item.guid))}
    merged = [_session(item, sessions.get(item.guid), report.lacks) for item in given]
    merged += [home for guid, home in kept.items() if guid not in listed and home.starts is not None]
    return replace(
        programme,
        rooms=_known_first(known.rooms, rooms),
        tracks=_known_first(known.tracks, programme.tracks),
        people=_people(programme, known),
        sessions=tuple(sorted(merged, key=lambda item: (item.starts, item.room, item.guid))),
    )


def _session(item, before, lacks):
    if before is None:
        return item
    kept = {name: getattr(before, name) for name in lacks - {"roles", "day"}}
    if "day" in lacks and item.starts == before.starts:
        kept["day"] = before.day
    if "roles" in lacks and "people" not in lacks:
        kept["people"] = _in_their_roles(item.people, before.people)
    if "links" not in lacks and set(item.links) == set(before.links):
        kept["links"] = before.links
    if before.presentations and "description" not in lacks:
        kept["description"] = _without_list(item.description, before.description)
    return replace(item, **kept)


def _in_their_roles(people, before):
    """The people that the file names, each with every part that they have in the draft."""
    named = [part.person for part in people]
    if set(named) == {part.person for part in before}:
        return before
    return tuple(
        part
        for each in people
        for part in ([old for old in before if old.person == each.person] or [each])
    )  # fmt: skip


def _without_list(description, before):
    """A description without the list of talks that flat files add to it."""
    is_ours = description.startswith(before) and _LIST.fullmatch(description[len(before) :])
    return before if is_ours else description


def _people(programme, known):
    """The people of a file with the parts of their names, and what they disclosed, as the draft knows them."""
    by_guid = {person.guid: person for person in known.people}
    return tuple(_person(person, by_guid.get(person.guid)) for person in programme.people)


def _person(person, before):
    if before is None:
        return person
    return before if person.name == before.name else replace(person, disclosure=before.disclosure)


def _known_first(known, given):
    """Rooms or tracks in the order of the draft, with what is new behind; one without a colour keeps its own."""
    before = {each.name: each for each in known}
    colours = {each.name: each for each in given if getattr(each, "colour", "")}
    return (*(colours.get(each.name, each) for each in known), *(each for each in given if each.name not in before))
