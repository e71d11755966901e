"""When a session can be evaluated, what an answer may be, and what is told of all of them: decided on values."""

from datetime import timedelta
from enum import StrEnum
from statistics import fmean

from conference.kernel import end_of

MARKS = (1, 2, 3, 4, 5)
FEWEST = 3  # answers from which on anything is told: of fewer somebody could be recognised
LONGEST = 2000


class QuestionKind(StrEnum):
    """What is asked for."""

    MARK = "mark"
    TEXT = "text"


class Begins(StrEnum):
    """From when on a session can be evaluated."""

    START = "start"
    END = "end"


def opens(begins, starts, ends):
    """The instant from which on a session can be evaluated."""
    return starts if begins == Begins.START else ends


def closes(last_day, days, zone):
    """The instant at which evaluating ends: so many whole days after the meeting's last, on its own clock."""
    return end_of(last_day + timedelta(days=days), zone)


def is_open(opens_at, closes_at, now):
    """Whether answers are taken."""
    return opens_at <= now < closes_at


def read(questions, typed):
    """({key: answer}, {key: fault}) of what was `typed` for questions of (key, kind); what is left empty is left out."""
    answers, faults = {}, set()
    for key, kind in questions:
        value = typed.get(key, "")
        if not value:
            continue
        if kind == QuestionKind.MARK:
            if value in map(str, MARKS):
                answers[key] = int(value)
            else:
                faults.add(key)
        elif len(value) > LONGEST:
            faults.add(key)
        else:
            answers[key] = value
    return answers, faults


def counts(answers, key):
    """(how many gave each mark from 1 to 5, their mean or None) of one question."""
    marks = [each[key] for each in answers if key in each]
    return [marks.count(mark) for mark in MARKS], fmean(marks) if marks else None


def texts(answers, key):
    """What was written to one question, in the order of the alphabet: no order in which it came can be told from it."""
    return sorted((each[key] for each in answers if key in each), key=str.casefold)


def is_told(number):
    """Whether so many answers are enough for anything to be told of them."""
    return number >= FEWEST
