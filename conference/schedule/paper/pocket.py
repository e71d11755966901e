"""The pocket programme: what is on by day and time, without abstracts, on pages that are folded and stapled."""

from functools import partial
from types import SimpleNamespace

from flask_babel import get_locale
from flask_babel import gettext as _

from conference import pdf
from conference.schedule import words
from conference.schedule.paper import setting
from conference.schedule.paper.looks import look
from conference.schedule.paper.making import Part
from conference.schedule.rules import is_poster_session

LISTED = 60  # sessions in a part


class Pocket:
    """What `make` needs to print a Published programme for the pocket; in a request or job, in its language."""

    leaves = 4  # sheets folded once
    folios = pdf.Folios(outer=28, foot=20)

    def __init__(self, published, place, *, paper):
        self.published, self.place = published, place
        self.css = look("pocket", paper)
        self.title = _("%(meeting)s: programme", meeting=place.title)
        self.language = str(get_locale())
        self.days = setting.shown(published)
        self._groups = list(self._grouped())

    @property
    def parts(self):
        """How many parts there are to be made."""
        return len(self._groups) + 2

    def body(self):
        """Days and their sessions, from page 1."""
        for day, held, is_first in self._groups:
            yield Part(words.long_day(day), partial(self._write, day, held, is_first))

    def back(self, _numbers):
        """Nothing stands behind the days."""
        return ()

    def front(self, numbers):
        """The cover, which says on which page each day begins."""
        about = SimpleNamespace(
            kind=_("Programme"),
            abstracts=sum(len(each.presentations) for each in self.published.programme.sessions),
            sessions=len(self.published.programme.sessions),
            days=[(words.short_day(day), f"d{day}", numbers[f"d{day}"]) for day in self.days],
        )
        yield Part(_("Cover"), partial(self._sheet, "cover", about=about))

    def bookmarks(self):
        """The days."""
        return [pdf.Bookmark(words.long_day(day), f"d{day}") for day in self.days]

    def _grouped(self):
        for day, held in self.days.items():
            for start in range(0, len(held), LISTED):
                yield day, held[start : start + LISTED], start == 0

    def _write(self, day, held, is_first):
        entries = [
            SimpleNamespace(session=setting.session_of(self.published, each), talks=list(self._talks(each)), posters=_posters(each))
            for each in held
        ]  # fmt: skip
        return self._sheet("days", entries=entries, day=words.long_day(day), anchor=f"d{day}" if is_first else None)

    def _talks(self, session):
        """(time, title, who presents, withdrawn) of what is told; posters are only counted."""
        if is_poster_session(session.kind):
            return
        for talk in session.presentations:
            time = self.published.times[talk.guid]
            yield (
                words.clock(time[0], self.published.zone) if time else "",
                words.title_of(talk),
                setting.presenters(self.published, talk),
                talk.withdrawn,
            )

    def _sheet(self, name, **values):
        return setting.sheet(
            name, place=self.place, published=self.published, title=self.title, is_whole=self.published.is_whole, **values
        )  # fmt: skip


def _posters(session):
    return len(session.presentations) if is_poster_session(session.kind) else 0
