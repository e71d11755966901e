"""What holds for a reader, from their answers, their browser's signal and the date: decisions on values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# CNIL deliberation 2020-091, section 37: an answer, also a refusal, is kept for about six months, then asked anew.
KEPT = timedelta(days=182)
# Proof of an answer is kept for a year after it has ceased to count (GDPR, article 7(1) and 5(1)(e)); an answer that belongs to
# a person stays as long as the person does.
PROOF_KEPT = KEPT + timedelta(days=365)


class Act(StrEnum):
    """How an answer came to be."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    CUSTOM = "custom"
    WITHDRAW = "withdraw"
    GPC = "gpc"


SURFACES = ("banner", "page", "foot", "map", "signal")


@dataclass(frozen=True)
class Choice:
    """One answer: the purposes that were agreed to, to which version of the question, and whether despite the signal."""

    consent_id: str
    version: int
    allowed: frozenset
    despite_signal: bool
    at: datetime


@dataclass(frozen=True)
class Standing:
    """What holds now: purposes allowed, whether to ask, and whether the browser's signal decided."""

    allowed: frozenset = frozenset()
    must_ask: bool = False
    by_signal: bool = False
    choice: Choice | None = None


def is_current(choice, *, version, now):
    """Whether an answer still counts: given to this version of the question, less than six months ago."""
    return choice is not None and choice.version == version and now - choice.at < KEPT


def standing_of(*, browser, person, signal, version, optional, now):
    """What holds for a reader whose browser carries the choice `browser` and who, when signed in, last chose `person`.

    A no holds everywhere, a yes only where it was said: of two answers the stricter wins. The signal is a no to everything
    until somebody says yes despite it (https://www.w3.org/TR/gpc/). Answers that are out of date count for nothing.
    """
    browser = browser if is_current(browser, version=version, now=now) else None
    person = person if is_current(person, version=version, now=now) else None
    if signal and not (browser and browser.despite_signal):
        return Standing(by_signal=True, choice=browser)
    if browser is None:
        refused_all = person is not None and not person.allowed
        return Standing(must_ask=bool(optional) and not refused_all)
    limit = person.allowed if person else optional
    return Standing(allowed=browser.allowed & limit & optional, choice=browser)


def is_overruled(choice, *, signal, version, now):
    """Whether the signal now takes back a yes that was given before it was sent."""
    return bool(
        signal and is_current(choice, version=version, now=now) and choice.allowed and not choice.despite_signal
    )


def agreed(act, ticked, *, optional):
    """The purposes that an act agrees to; ticks count only for a custom answer, and only for purposes that exist."""
    if act is Act.ACCEPT:
        return frozenset(optional)
    return frozenset(ticked) & optional if act is Act.CUSTOM else frozenset()
