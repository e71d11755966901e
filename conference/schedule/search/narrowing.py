"""What was found, narrowed: by kind, day, track and topic, each choice with how many it leaves."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from conference.kernel import fold
from conference.schedule import words
from conference.web import Form

KINDS = ("presentation", "session", "person")
MOST_CHOICES = 200


class Marks(NamedTuple):
    """What something found can be narrowed by."""

    kind: str
    days: tuple
    tracks: tuple
    topics: tuple


class NarrowForm(Form):
    """What is chosen, kept in the address; a value that nothing found has narrows to nothing of the kind: it is dropped."""

    q = HiddenField()
    kind = HiddenField()
    day = SelectField(_l("Day"), default="", validate_choice=False)
    track = SelectField(_l("Track"), default="", validate_choice=False)
    topic = SelectField(_l("Topic"), default="", validate_choice=False)

    @property
    def active(self):
        """How many of the lists are set."""
        return sum(bool(field.data) for field in (self.day, self.track, self.topic))


class Narrowed(NamedTuple):
    """The hits that are left, and how many there are of each kind as the lists are set."""

    hits: list
    counts: Counter


def narrowed(programme, hits, form):
    """The Narrowed hits; fills the lists of the form with what was found."""
    marked, all_marks = _marks(programme)
    found = Counter(map(marked.get, hits))
    del found[None]  # what is not in the programme
    known = [(place, all_marks[place], count) for place, count in found.items()]
    _offer(form.day, _counted(known, "days"), _l("All days"), _day_in_words)
    _offer(form.track, _counted(known, "tracks"), _l("All tracks"))
    _offer(form.topic, _counted(known, "topics"), _l("All topics"))
    if form.kind.data not in KINDS:
        form.kind.data = ""
    left = [each for each in known if _is_left(each[1], form.day.data, form.track.data, form.topic.data)]
    kept = {place for place, marks, _count in left if form.kind.data in ("", marks.kind)}
    counts: Counter = Counter()
    for _place, marks, count in left:
        counts[marks.kind] += count
    return Narrowed([hit for hit in hits if marked.get(hit) in kept], counts)


def _is_left(marks, day, track, topic):
    return day in ("", *marks.days) and track in ("", *marks.tracks) and topic in ("", *marks.topics)


def _counted(known, name):
    """Counter of what the marks of that name say."""
    counts: Counter = Counter()
    for _place, marks, count in known:
        for value in getattr(marks, name):
            counts[value] += count
    return counts


def _offer(field, counts, everything, in_words=str):
    if field.data not in counts:
        field.data = ""
    offered = {value for value, _count in counts.most_common(MOST_CHOICES)} | ({field.data} if field.data else set())
    by_name = sorted(offered, key=fold)
    field.choices = [("", everything), *((value, f"{in_words(value)} ({counts[value]})") for value in by_name)]


def _day_in_words(text):
    return words.short_day(date.fromisoformat(text))


def _marks(programme):
    """({(kind, number): place of its Marks}, [Marks], each once) of everything in a Published programme, made once."""
    if "marks" not in programme.kept:
        places: dict = {}
        marked = {(marks.kind, number): places.setdefault(marks, len(places)) for number, marks in _marks_of(programme)}
        programme.kept["marks"] = marked, list(places)
    return programme.kept["marks"]


def _marks_of(programme):
    for person in programme.programme.people:
        yield person.number, Marks("person", (), (), ())
    for session in programme.programme.sessions:
        day = (session.day.isoformat(),)
        yield session.number, Marks("session", day, _given(session.track), ())
        for talk in session.presentations:
            track = _given(talk.track or session.track)
            yield talk.number, Marks("presentation", day, track, tuple(filter(None, talk.keywords)))


def _given(text):
    return (text,) if text else ()
