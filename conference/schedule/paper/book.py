"""The abstract book: cover, contents, sessions with their abstracts, index of authors with pages, bookmarks."""

from functools import partial
from types import SimpleNamespace

from flask_babel import get_locale
from flask_babel import gettext as _

from conference import pdf
from conference.schedule import words
from conference.schedule.paper import setting
from conference.schedule.paper.looks import look
from conference.schedule.paper.making import Part

HEAVIEST = 90_000  # characters of text in a part, some forty abstracts: two seconds and little memory
_HEADING, _ABSTRACT = 1500, 800  # what a heading, and all that stands around a text, count for
INDEXED = 1200  # people in a part of the index, which ends with a letter
MOST_INDEXED = 4000
LISTED = 800  # sessions in a part of the contents


class Book:
    """What `make` needs to print the abstracts of a Published programme; in a request or job, in its language."""

    leaves = 2
    folios = pdf.Folios(outer=51, foot=28)

    def __init__(self, published, place, *, paper):
        self.published, self.place = published, place
        self.css = look("book", paper)
        self.title = _("%(meeting)s: abstracts", meeting=place.title)
        self.language = str(get_locale())
        self.days = setting.shown(published)
        self._printed = {}
        self._groups = list(self._grouped())
        self._letters = list(_in_parts(_people_by_letter(published)))
        self._contents = list(_slices(self.days, LISTED))

    @property
    def parts(self):
        """How many parts there are to be made."""
        return len(self._groups) + len(self._letters) + len(self._contents) + 2

    def body(self):
        """Sessions and their abstracts, from page 1."""
        return [Part(self._name(group), partial(self._write, group)) for group in self._groups]

    def back(self, numbers):
        """The index, which goes on counting."""
        for place, letters in enumerate(self._letters):
            known = [(letter, [self._entry(person, numbers) for person in people]) for letter, people in letters]
            yield Part(_("Index"), partial(self._sheet, "index", letters=known, is_first=place == 0))

    def front(self, numbers):
        """Cover and contents, on pages i, ii …"""
        yield Part(_("Cover"), partial(self._sheet, "cover", about=self._about()))
        for place, days in enumerate(self._contents):
            listed = [(words.long_day(day), [self._line(each, numbers) for each in held]) for day, held in days]
            is_last = place == len(self._contents) - 1
            index = numbers.get("index") if is_last else None
            yield Part(_("Contents"), partial(self._sheet, "contents", days=listed, index=index, is_first=place == 0))

    def bookmarks(self):
        """Day, below it sessions, below them abstracts; the index."""
        for day, held in self.days.items():
            yield pdf.Bookmark(words.long_day(day), f"d{day}", tuple(self._session_mark(each) for each in held))
        if self._letters:
            yield pdf.Bookmark(_("Authors, speakers and chairs"), "index")

    def _session_mark(self, session):
        talks = tuple(
            pdf.Bookmark(f"{setting.number_of(self.published, talk)} {words.title_of(talk)}", f"p{talk.number}")
            for talk in session.presentations
        )
        time = words.clock(session.starts, self.published.zone)
        return pdf.Bookmark(f"{time} {session.title}", f"s{session.number}", talks)

    def _line(self, session, numbers):
        return setting.session_of(self.published, session), numbers[f"s{session.number}"]

    def _grouped(self):
        """[(day or None, session, its presentations or some of them, whether it began before)] of each part."""
        for day, held in self.days.items():
            group, weight, heading = [], 0, day
            for session in held:
                for talks, is_continued, heavy in _pieces(session):
                    if group and weight + heavy > HEAVIEST:
                        yield group
                        group, weight = [], 0
                    group.append((heading, session, talks, is_continued))
                    weight, heading = weight + heavy, None
            yield group

    def _name(self, group):
        numbers = [setting.number_of(self.published, talk) for _day, _session, talks, _on in group for talk in talks]
        title = group[0][1].title
        return (
            _("%(session)s (%(first)s–%(last)s)", session=title, first=numbers[0], last=numbers[-1])
            if numbers
            else title
        )

    def _write(self, group):
        entries = [
            SimpleNamespace(
                day=(f"d{day}", words.long_day(day)) if day else None,
                session=setting.session_of(self.published, session),
                talks=[self._talk(session, talk) for talk in talks],
                is_continued=is_continued,
            )
            for day, session, talks, is_continued in group
        ]
        return self._sheet("sessions", entries=entries)

    def _talk(self, session, talk):
        """A presentation; the text of an abstract that is presented again stands where it is presented first."""
        entry = setting.talk_of(self.published, self.place, talk)
        first = self._printed.setdefault(talk.submission or talk.guid, (talk.guid, session.title))
        entry.printed_in = "" if first[0] == talk.guid else first[1]
        return entry

    def _entry(self, person, numbers):
        """(name, "3, 17*"): pages on which a person stands, with a star where they present."""
        pages = {}
        for _role, session, talk in self.published.parts[person.guid]:
            page = numbers[f"p{talk.number}" if talk else f"s{session.number}"]
            presents = talk and any(each.presenting and each.person == person.guid for each in talk.authors)
            pages[page] = pages.get(page, False) or bool(presents)
        return setting.filed_name(person), ", ".join(f"{page}*" if pages[page] else str(page) for page in sorted(pages))

    def _about(self):
        released = self.published
        return SimpleNamespace(
            number=released.number,
            abstracts=sum(len(each.presentations) for each in released.programme.sessions),
            sessions=len(released.programme.sessions),
            kind=_("Abstracts"),
        )

    def _sheet(self, name, **values):
        return setting.sheet(
            name, place=self.place, published=self.published, title=self.title, is_whole=self.published.is_whole, **values
        )  # fmt: skip


def _pieces(session):
    """(presentations, whether it began before, weight) of a session, cut where it is too heavy for one part."""
    talks, weight, is_continued = [], _HEADING + len(session.abstract) + len(session.description), False
    for talk in session.presentations:
        heavy = _ABSTRACT + len(talk.abstract) + 60 * len(talk.authors)
        if talks and weight + heavy > HEAVIEST:
            yield talks, is_continued, weight
            talks, weight, is_continued = [], _HEADING, True
        talks.append(talk)
        weight += heavy
    yield talks, is_continued, weight


def _people_by_letter(published):
    letters = {}
    for person in sorted(
        (each for each in published.programme.people if each.guid in published.parts), key=words.filed
    ):
        initial = words.filed(person)[:1]
        letters.setdefault(initial.upper() if initial.isalpha() else "#", []).append(person)
    return letters.items()


def _in_parts(letters):
    part, size = [], 0
    for letter, people in letters:
        for start in range(0, len(people), MOST_INDEXED):
            part.append((letter, people[start : start + MOST_INDEXED]))
            size += len(part[-1][1])
            if size >= INDEXED:
                yield part
                part, size = [], 0
    if part:
        yield part


def _slices(days, most):
    """The days with their sessions, in parts of at most so many sessions."""
    part, size = [], 0
    for day, held in days.items():
        for start in range(0, len(held), most):
            piece = held[start : start + most]
            if part and size + len(piece) > most:
                yield part
                part, size = [], 0
            part.append((day, piece))
            size += len(piece)
    if part:
        yield part
