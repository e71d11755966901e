"""What the page of a day shows: blocks with their places, the pool, rooms that look alike, and the last changes."""

from collections import Counter

from babel.dates import format_date
from flask import url_for
from flask_babel import get_locale

from conference import audit
from conference.schedule import draft, rules
from conference.schedule.timetable import queries, undoing
from conference.schedule.timetable.moving import instant_told, minutes_of
from conference.schedule.timetable.rules import HOUR, STEP, Item, is_quiet, place, rows_of, told_apart

ROOMS_AT_ONCE = 8
LAST_CHANGES = 12
_DAY = (8, 18)  # hours that are shown of an empty day


def of(meeting, day, first_room):
    """All that the page of a day shows, with the rooms from the one at position `first_room` (counted from 0) on."""
    rooms = draft.rooms(meeting)
    first = first_room // ROOMS_AT_ONCE * ROOMS_AT_ONCE if first_room < len(rooms) else 0
    shown = rooms[first : first + ROOMS_AT_ONCE]
    rows = queries.of_day(meeting, day)
    columns = {room.id: position for position, room in enumerate(shown)}
    seen = [row for row in rows if row.room_id is None or row.room_id in columns]
    placed, hours = _placed(meeting, day, seen, columns)
    blocks = [_block(meeting, row, placed[row.number], hours) for row in seen]
    return {
        "rooms": shown,
        "others": _others(meeting, day, rooms, first, Counter(row.room_id for row in rows)),
        "hours": range(hours[0], hours[1]),
        "first": hours[0],
        "groups": _groups([block for block in blocks if not block["folded"]]),
        "folded": [block for block in blocks if block["folded"]],
        "sessions": len(rows),
        "lookalikes": told_apart(room.name for room in rooms),
    }


def pool(meeting):
    """The blocks of what has no time yet."""
    return [_facts(meeting, row) for row in queries.pool(meeting)]


def day_links(meeting, days, current, first_room):
    """The days for day_bar()."""
    locale = get_locale()
    kept = {"rooms": first_room + 1} if first_room else {}
    return [
        (
            format_date(day, "EEE", locale=locale),
            format_date(day, "d MMM", locale=locale),
            url_for(".board", code=meeting.code, day=day.isoformat(), **kept),
            day == current,
        )
        for day in days
    ]


def last_changes(meeting):
    """[{told, session, undo}] of what was changed last, newest first; `undo` is (entry's id, version) as long as it can be taken back."""
    entries = queries.last_changes(meeting, (*undoing.VERBS, undoing.GONE), LAST_CHANGES)
    subjects, seen, found = queries.subjects_of(entries), set(), []
    for entry in entries:
        key = (entry.subject, entry.subject_id)
        session, row = subjects.get(key, (None, None))
        is_last = row is not None and key not in seen and entry.verb in undoing.VERBS
        can = is_last and undoing.stands(entry, undoing.told(row, session))
        seen.add(key)
        undo = (entry.id, session.version) if can else None
        found.append({"told": told(meeting, entry), "session": session, "undo": undo, "id": entry.id})
    return found


def told(meeting, entry):
    """An entry of the trail in words, its instants on the meeting's clock."""
    (event,) = audit.happenings([entry], say=lambda values: say(meeting, values))
    return event


def say(meeting, values):
    """Values of the trail in words, instants on the meeting's clock."""
    return audit.values_in_words(values and {name: _local(meeting, name, value) for name, value in values.items()})


def when(meeting, session):
    """ "Tue 11 May, 09:00–10:00, Aula" of a session; None in the pool."""
    if session.starts_at is None:
        return None
    starts, ends = (each.astimezone(meeting.zone) for each in (session.starts_at, session.ends_at))
    day = format_date(session.day, "EEE d MMM", locale=get_locale())
    return f"{day}, {starts:%H:%M}–{ends:%H:%M}" + (f", {session.room.name}" if session.room else "")


def _local(meeting, name, value):
    if name not in ("starts", "ends") or not value:
        return value
    return f"{instant_told(value).astimezone(meeting.zone):%Y-%m-%d %H:%M}"


def _placed(meeting, day, rows, columns):
    """({number: Placed}, (first hour, hour after the last))."""
    items = []
    for row in rows:
        first, end = rows_of(day, row.starts_at, row.ends_at, meeting.zone)
        quiet = is_quiet(row.kind, withdrawn=row.withdrawn)
        items.append(Item(row.number, columns.get(row.room_id), first, end, quiet))
    begins = min((item.row // HOUR for item in items), default=_DAY[0])
    ends = max((-(-item.end // HOUR) for item in items), default=_DAY[1])
    return {each.item.number: each for each in place(items)}, (min(begins, _DAY[0]), max(ends, _DAY[1]))


def _block(meeting, row, placed, hours):
    length = placed.item.end - placed.item.row
    return _facts(meeting, row) | {
        "column": placed.item.column,
        "hour": placed.item.row // HOUR,
        "minute": placed.item.row % HOUR * STEP,
        "hours": length // HOUR,
        "minutes_past": length % HOUR * STEP,
        "lane": placed.lane,
        "lanes": placed.lanes,
        "folded": placed.is_folded,
        "collides": len(placed.collides),
    }


def _facts(meeting, row):
    starts = row.starts_at and row.starts_at.astimezone(meeting.zone)
    ends = row.ends_at and row.ends_at.astimezone(meeting.zone)
    return {
        "session": row,
        "clock": f"{starts:%H:%M}" if starts else "",
        "ends": f"{ends:%H:%M}" if ends else "",
        "minutes": minutes_of(row),
        "chairs": ", ".join(part.contributor.name for part in row.people if part.role == "chair"),
        "talks": sum(not talk.withdrawn for talk in row.presentations),
        "hue": rules.hue_of(row.track.position) if row.track else None,
    }


def _groups(blocks):
    """[(clock time, blocks that begin then)] in order of time."""
    groups = {}
    for block in blocks:
        groups.setdefault(block["clock"], []).append(block)
    return list(groups.items())


def _others(meeting, day, rooms, first, held):
    """[(from, to, how many sessions of the day are in them, address, current)] of rooms that are shown at once, when there are more."""
    if len(rooms) <= ROOMS_AT_ONCE:
        return []
    return [
        (
            start + 1,
            min(start + ROOMS_AT_ONCE, len(rooms)),
            sum(held[room.id] for room in rooms[start : start + ROOMS_AT_ONCE]),
            url_for(".board", code=meeting.code, day=day.isoformat(), rooms=start + 1),
            start == first,
        )
        for start in range(0, len(rooms), ROOMS_AT_ONCE)
    ]
