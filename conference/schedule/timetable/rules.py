"""Pure decisions about a timetable: typed times as instants, rows and lanes of blocks, names of rooms that only look alike."""

import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from conference.schedule.rules import DAY_CHANGE, is_poster_session

STEP = 5  # minutes between two lines of the timetable
HOUR = 60 // STEP  # steps of an hour
LAST_HOUR = 30  # a day's last line: six in the morning, two hours after the next day has begun
MOST_LANES = 4  # side by side in one room; the column is no wider
PARTS = 12  # of a room's column: it can be cut into 1, 2, 3 or 4 lanes

# Letters of other scripts that look like Latin ones: of Unicode's confusables those that keyboards have
# (https://www.unicode.org/reports/tr39/#Confusable_Detection).
_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЗаеоіјрсуѕхһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρα٠۰",
    "ABESIJKMHOPCTYX3aeoijpcysxhdqwABEZHIKMNOPTYXovpaOO",
)


@dataclass(frozen=True, slots=True)
class Item:
    """What a timetable has to know of a session: `number`, `column` (None across all rooms), rows, whether it may stand beside others."""

    number: int
    column: int | None
    row: int
    end: int
    is_quiet: bool = False


@dataclass(slots=True)
class Placed:
    """Where an Item stands: its lane of so many, whether it is folded away behind others, and which it collides with."""

    item: Item
    lane: int = 0
    lanes: int = 1
    is_folded: bool = False
    collides: list = field(default_factory=list)


def snap(minutes):
    """Minutes since midnight on the nearest line of the timetable."""
    return (minutes + STEP // 2) // STEP * STEP


def snapped(clock):
    """A clock time on the nearest line; one of the night stays in its night, which ends at four."""
    minutes = snap(clock.hour * 60 + clock.minute) % (24 * 60)
    last = DAY_CHANGE.hour * 60 - STEP
    if clock < DAY_CHANGE and minutes > last:
        minutes = last
    return time(minutes // 60, minutes % 60)


def instant_of(day, clock, zone):
    """The instant of a clock time of a meeting day: what is before four in the morning belongs to the night after it.

    None for a time that the clocks of the zone leave out when they go forward. Of a time that comes twice it is the first.
    """
    date = day + timedelta(days=1) if clock < DAY_CHANGE else day
    local = datetime.combine(date, clock, tzinfo=zone)
    instant = local.astimezone(UTC)
    return instant if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None) else None


def instant_within(clock, starts, ends, zone):
    """The first instant of a clock time from `starts` to before `ends`, also in an hour that comes twice; None when there is none."""
    date = starts.astimezone(zone).date()
    while date <= ends.astimezone(zone).date():
        for fold in (0, 1):
            local = datetime.combine(date, clock.replace(fold=fold), tzinfo=zone)
            instant = local.astimezone(UTC)
            if starts <= instant < ends and instant.astimezone(zone).time() == clock:
                return instant
        date += timedelta(days=1)
    return None


def rows_of(day, starts, ends, zone):
    """(first row, row after the last) of a session on a day, in steps from its midnight by the clock on the wall.

    It is as long as it lasts, also in a night in which the clocks change, and ends with the timetable at the latest.
    """
    local = starts.astimezone(zone)
    minutes = (local.date() - day).days * 24 * 60 + local.hour * 60 + local.minute
    last = LAST_HOUR * HOUR
    row = max(0, min(minutes // STEP, last - 1))
    length = -(-int((ends - starts).total_seconds()) // (60 * STEP))
    return row, min(row + max(length, 1), last)


def is_quiet(kind, *, withdrawn=False):
    """Whether sessions of a kind may stand beside others in one room: posters hang side by side; what is cancelled is not there."""
    return withdrawn or is_poster_session(kind)


def place(items):
    """Every Item as Placed, in order of row and number: those of a room that overlap stand side by side."""
    placed = []
    for group in _groups(items):
        placed += _laid_out(group)
    return sorted(placed, key=lambda each: (each.item.row, each.item.number))


def lookalikes(names):
    """[[names]] of rooms that are different and read the same: another alphabet's letters, case, or blanks."""
    groups = {}
    for name in dict.fromkeys(names):
        groups.setdefault(skeleton(name), []).append(name)
    return [group for group in groups.values() if len(group) > 1]


def skeleton(name):
    """A name as the eye takes it in: letters of other alphabets that look like Latin ones are those, case and blanks do not count."""
    seen = unicodedata.normalize("NFKD", name).translate(_ALIKE).casefold().translate(_ALIKE)
    return "".join(letter for letter in seen if not unicodedata.combining(letter) and not letter.isspace())


def told_apart(names):
    """["“Room A” (Latin), “Room А” (Latin, Cyrillic)"] of the `lookalikes` among names: what the eye cannot tell."""
    return [
        ", ".join(f"“{name}” ({', '.join(alphabets(name)) or '–'})" for name in group) for group in lookalikes(names)
    ]


def alphabets(name):
    """The alphabets of a name's letters in order of appearance, as Unicode names them: ["Latin", "Cyrillic"]."""
    words = (unicodedata.name(letter, "").split(" ")[0].capitalize() for letter in name if letter.isalpha())
    return [word for word in dict.fromkeys(words) if word]


def _groups(items):
    """Items of a room that hang together in time, chain by chain."""
    columns = {}
    for item in sorted(items, key=lambda each: (each.row, -each.end, each.number)):
        columns.setdefault(item.column, []).append(item)
    for column in columns.values():
        group, end = [], -1
        for item in column:
            if group and item.row >= end:
                yield group
                group, end = [], -1
            group.append(item)
            end = max(end, item.end)
        yield group


def _laid_out(group):
    ends, placed = [], []
    for item in group:
        lane = next((lane for lane, end in enumerate(ends) if end <= item.row), len(ends))
        ends[lane : lane + 1] = [item.end]
        placed.append(Placed(item, lane))
    for each in placed:
        each.lanes = min(len(ends), MOST_LANES)
        each.is_folded = each.lane >= MOST_LANES
        each.collides = [other.item.number for other in placed if _collide(each.item, other.item)]
    return placed


def _collide(one, other):
    noisy = not one.is_quiet and not other.is_quiet
    return one.number != other.number and noisy and one.row < other.end and other.row < one.end
