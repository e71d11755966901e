"""What was sold, said again in the language of a paper: the title of a line was frozen in that of the page on which it was sold.

Only what the program itself had said in it changes; names that the society gave stay as they were sold.
"""

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from conference import registration
from conference.registration import WHOLE, Mode

_MARK = "\0"


def retold(what, line):
    """The title of a line, or what is left of it without the name of a seat, in the language of now."""
    for frame, inner in _frames(line):
        found = _within(what, frame)
        if found is not None:
            return frame(inner(found, line))
    return what


def _frames(line):
    """[(what says a title around something, what says that something again)] that may fit a line."""
    if line.kind == "fee":
        return [(_fee, _registration)]
    if line.kind == "dues":
        return [(_dues, _as_it_is)]
    return [(frame, _as_it_is) for frame in _taken(line)] if line.kind == "registration" else []


def _registration(what, line):
    """A fee names a ticket, or a guest for whom somebody cancels."""
    for frame in (*_taken(line), _cancelling_for):
        found = _within(what, frame)
        if found is not None:
            return frame(found)
    return _("Cancelling") if what in _said(_cancelling) else what


def _taken(line):
    """The days and the mode of a line, if it knows them, and those that are usual."""
    known = [(line.rule["span"], line.rule["mode"])] if "mode" in line.rule and "span" in line.rule else []
    return [_ending(span, mode) for span, mode in (*known, *((WHOLE, mode) for mode in Mode))]


def _ending(span, mode):
    return lambda title: registration.retitled(title, span, mode)


def _fee(what):
    return _("Fee: %(what)s", what=what)


def _dues(name):
    return _("%(name)s membership", name=name)


def _cancelling(_what):
    return _("Cancelling")


def _cancelling_for(name):
    return _("Cancelling: %(name)s", name=name)


def _as_it_is(what, _line):
    return what


def _within(text, frame):
    """What stands in a text where the frame, in one of the languages of pages, has its mark; None when it does not fit."""
    for framed in _said(frame):
        before, after = framed.split(_MARK)
        if text.startswith(before) and text.endswith(after) and len(text) >= len(before) + len(after):
            return text[len(before) : len(text) - len(after)]
    return None


def _said(frame):
    """What a frame says around the mark in each of the languages of pages."""
    found = []
    for language in current_app.config["LANGUAGES"]:
        with force_locale(language):
            found.append(frame(_MARK))
    return found
