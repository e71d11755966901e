"""The search of a programme of 5,000 abstracts, in words as uneven as those of a language: how long it is filled, released and asked."""

import random
import time
from dataclasses import replace
from datetime import date
from itertools import accumulate, product
from urllib.parse import quote

from bench import abstracts, asking
from conference import meetings, schedule
from conference.kernel import clock, transaction

values = schedule.formats.programme
CODE, RELEASES = "FIND27", 2
ASKED = 200
SYLLABLES = (
    "ve",
    "cap",
    "lo",
    "mir",
    "ta",
    "gen",
    "su",
    "pro",
    "ne",
    "kin",
    "dor",
    "a",
    "lip",
    "ex",
    "tri",
    "oste",
    "ho",
    "un",
    "phy",
    "cy",
)
# As in a language: the commonest stands in almost every text, most of them in a few.
VOCABULARY = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]
_HOW_OFTEN = list(accumulate(1 / place for place in range(1, len(VOCABULARY) + 1)))


def large_programme(site):
    """Seconds of import and release, then milliseconds of the search, one after the other and by four at once."""
    with site.app.app_context():
        programme = a_programme()
        yield _filled(programme)
        yield _released()
    paths = [f"/meetings/{CODE}/schedule/search?q={quote(question)}" for question in questions(programme)]
    asking.one_by_one(site.url, paths[:40])
    web, database = site.processor_seconds()
    runs = [asking.one_by_one(site.url, paths) for _ in range(asking.TIMES)]
    used = [after - before for after, before in zip(site.processor_seconds(), (web, database), strict=True)]
    asked = len(paths) * len(runs)
    each = {
        name: round(1000 * seconds / asked, 1)
        for name, seconds in zip(("web_cpu_ms", "database_cpu_ms"), used, strict=True)
    }
    p95 = [round(asking.percentile(run, 0.95), 1) for run in runs]
    how = f"GET of the search among {abstracts.ABSTRACTS} abstracts and {3 * abstracts.ABSTRACTS} people: {ASKED} questions (words rare and common, begun words, names, institutes, phrases), p95 of all; processor milliseconds a request beside it"
    yield {"figure": "search_p95", "value": min(p95), "unit": "ms", "goal": "<= 50", "how": how, "runs": p95, **each}
    middle = round(min(asking.percentile(run, 0.5) for run in runs), 1)
    yield {"figure": "search_p50", "value": middle, "unit": "ms", "goal": "<= 50", "how": "of the same"}


def a_programme():
    """The programme of the book, with texts and titles in words of this vocabulary."""
    chance = random.Random(5)
    made = abstracts.a_programme()
    submitted = tuple(_told(chance, abstract) for abstract in made.abstracts)
    known = {abstract.guid: abstract for abstract in submitted}
    sessions = tuple(
        replace(
            session,
            presentations=tuple(values.presenting(talk, known[talk.submission]) for talk in session.presentations),
        )
        for session in made.sessions
    )
    return replace(made, abstracts=submitted, sessions=sessions)


def questions(programme):
    """Questions as they are asked, of each kind as many."""
    chance = random.Random(6)
    found = []
    for number in range(ASKED):
        abstract = chance.choice(programme.abstracts)
        title = abstract.title.rstrip(".").split()
        person = chance.choice(programme.people)
        kinds = (
            chance.choice(title),
            " ".join(chance.sample(title, 2)),
            person.family,
            f"{person.given} {person.family[:4]}",
            chance.choice(VOCABULARY[:100]),
            VOCABULARY[chance.randrange(len(VOCABULARY))][:3],
            f'"{" ".join(title[2:4])}"',
            abstract.authors[0].affiliations[0].institution,
        )
        found.append(kinds[number % len(kinds)])
    return found


def _told(chance, abstract):
    sections = tuple(replace(part, text=f"<p>{_text(chance, 62)}</p>") for part in abstract.sections)
    return replace(abstract, title=_text(chance, 12).capitalize(), sections=sections)


def _text(chance, words):
    return " ".join(chance.choices(VOCABULARY, cum_weights=_HOW_OFTEN, k=words)) + "."


def _filled(programme):
    begun = time.perf_counter()
    with transaction():
        meeting = meetings.create(
            code=CODE, title="Example 2027", starts=date(2027, 5, 11), ends=date(2027, 5, 13), timezone="UTC", currency="USD"
        )  # fmt: skip
        schedule.bring_in_programme(meeting=meeting, programme=programme, now=clock.now())
    how = f"a nested programme with {abstracts.ABSTRACTS} abstracts brought into an empty meeting"
    seconds = round(time.perf_counter() - begun, 1)
    return {"figure": "programme_import", "value": seconds, "unit": "s", "goal": "<= 60", "how": how}


def _released():
    runs = [release_seconds(CODE) for _ in range(RELEASES)]
    how = f"release of {abstracts.ABSTRACTS} abstracts: document, exports, changes and search, one process"
    return {"figure": "release_5000", "value": min(runs), "unit": "s", "goal": "<= 15", "how": how, "runs": runs}


def release_seconds(code):
    """How long a release of a meeting's draft takes until it is committed."""
    begun = time.perf_counter()
    with transaction():
        schedule.release(meeting=meetings.by_code(code), url=f"/meetings/{code}/schedule", now=clock.now())
    return round(time.perf_counter() - begun, 2)
