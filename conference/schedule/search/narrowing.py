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
    marks = _marks(programme)
    known = [(hit, marks[hit]) for hit in hits if hit in marks]
    _offer(form.day, Counter(day for _hit, each in known for day in each.days), _l("All days"), _day_in_words)
    _offer(form.track, Counter(track for _hit, each in known for track in each.tracks), _l("All tracks"))
    _offer(form.topic, Counter(topic for _hit, each in known for topic in each.topics), _l("All topics"))
    left = _left(known, form.day.data, form.track.data, form.topic.data)
    counts = Counter(hit[0] for hit, _each in left)
    if form.kind.data not in KINDS:
        form.kind.data = ""
    kind = form.kind.data
    return Narrowed([hit for hit, _each in left if not kind or hit[0] == kind], counts)


def _left(known, day, track, topic):
    if not (day or track or topic):
        return known
    return [
        (hit, each)
        for hit, each in known
        if day in ("", *each.days) and track in ("", *each.tracks) and topic in ("", *each.topics)
    ]


def _offer(field, counts, everything, in_words=str):
    if field.data not in counts:
        field.data = ""
    offered = {value for value, _count in counts.most_common(MOST_CHOICES)} | ({field.data} if field.data else set())
    by_name = sorted(offered, key=fold)
    field.choices = [("", everything), *((value, f"{in_words(value)} ({counts[value]})") for value in by_name)]


def _day_in_words(text):
    return words.short_day(date.fromisoformat(text))


def _marks(programme):
    """{(kind, number): Marks} of everything in a Published programme, made once."""
    found = programme.kept.get("marks")
    if found is None:
        found = programme.kept["marks"] = dict(_marks_of(programme))
    return found


def _marks_of(programme):
    for person in programme.programme.people:
        yield ("person", person.number), Marks((), (), ())
    for session in programme.programme.sessions:
        day = (session.day.isoformat(),)
        yield ("session", session.number), Marks(day, _given(session.track), ())
        for talk in session.presentations:
            track = _given(talk.track or session.track)
            yield ("presentation", talk.number), Marks(day, track, tuple(filter(None, talk.keywords)))


def _given(text):
    return (text,) if text else ()
