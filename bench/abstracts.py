"""A made-up meeting with many abstracts, and how long its book takes, and how much memory."""

import json
import random
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

from conference import meetings, schedule
from conference.kernel import clock, transaction

values = schedule.formats.programme
CODE = "BOOK27"
ABSTRACTS = 5000
WORDS = [
    "vector",
    "capsid",
    "delivery",
    "of",
    "the",
    "genome",
    "in",
    "murine",
    "and",
    "human",
    "hepatocytes",
    "with",
    "sustained",
    "expression",
    "after",
    "intravenous",
    "administration",
    "adeno-associated",
    "lentiviral",
    "transduction",
    "response",
    "therapeutic",
    "efficacy",
    "was",
    "observed",
    "at",
    "high",
    "dose",
    "durable",
    "cells",
    "significantly",
]
GIVEN = [
    "Ada",
    "Ben",
    "Chen",
    "Dilip",
    "Élise",
    "Fatima",
    "Gül",
    "Hiroshi",
    "Ines",
    "Jörg",
    "Kwame",
    "Lucía",
    "Mei",
    "Noor",
    "Olu",
    "Petra",
    "Quinn",
    "Rania",
    "Søren",
    "Tomáš",
]
FAMILY = [
    "Abe",
    "Bauer",
    "Chandra",
    "Dubois",
    "Eriksson",
    "Farouk",
    "García",
    "Haddad",
    "Ito",
    "Jensen",
    "Kowalski",
    "Lindgren",
    "Mwangi",
    "Novák",
    "Okafor",
    "Park",
    "Quist",
    "Rossi",
    "Sato",
    "Tran",
]
SECTIONS = ("Background", "Methods", "Results", "Conclusion")


def many_abstracts(site):
    """The book of a meeting with 5,000 abstracts by two processes, by the command as a process of its own."""
    _ = site.app  # makes the tables
    command = [sys.executable, "-m", "bench.abstracts", str(site.folder / "book.pdf")]
    done = subprocess.run(command, env=site.environ, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    how = f"flask schedule book: {ABSTRACTS} abstracts of 2,000 characters with 6 authors, {told['pages']} pages, 2 processes, release to bound PDF"
    yield {"figure": "book", "value": told["seconds"], "unit": "s", "goal": "<= 300", "how": how}
    memory = max(told["own_mb"], told["worker_mb"])
    how = "largest resident set of the command and of the processes that lay out"
    yield {"figure": "book_memory", "value": memory, "unit": "MB", "goal": "<= 400", "how": how, **told}


def a_programme(abstracts=ABSTRACTS, seed=1):
    """Three days: talks by six in sessions of 90 minutes, and posters by hundreds."""
    chance = random.Random(seed)
    people = [_person(chance, number) for number in range(3 * abstracts)]
    submitted = [_abstract(chance, number, people) for number in range(abstracts)]
    sessions = list(_sessions(submitted))
    kinds = (values.Kind("Oral", 15), values.Kind("Poster"))
    return values.Programme(
        "Example 2027", "BOOK27", "UTC", kinds=kinds, people=tuple(people), abstracts=tuple(submitted), sessions=tuple(sessions)
    )  # fmt: skip


def _person(chance, number):
    given, family = chance.choice(GIVEN), f"{chance.choice(FAMILY)}-{chance.choice(FAMILY)}"
    return values.PersonItem(_guid("person", number), f"{given} {family}", given=given, family=family)


def _abstract(chance, number, people):
    places = [
        values.AffiliationItem(f"Institute {chance.randrange(400)}", "Department of Biology", "Baltimore", country="US")
        for _ in range(3)
    ]
    authors = tuple(
        values.Authorship(person.guid, (places[turn % 3],), presenting=turn == 0, corresponding=turn == 5)
        for turn, person in enumerate(chance.sample(people, 6))
    )
    parts = tuple(values.Section(each, f"<p>{_text(chance, 62)}</p>") for each in SECTIONS)
    title = _text(chance, 12).capitalize()
    return values.AbstractItem(
        _guid("abstract", number), title, number=number + 1, sections=parts, topics=("Vectors",), authors=authors
    )


def _text(chance, words):
    return " ".join(chance.choices(WORDS, k=words)) + "."


def _sessions(submitted):
    """A quarter are talks, the rest posters of one hall and day."""
    starts = datetime(2027, 5, 11, 9, tzinfo=UTC)
    talks, posters = submitted[: len(submitted) // 4], submitted[len(submitted) // 4 :]
    for turn, first in enumerate(range(0, len(talks), 6)):
        at = starts + timedelta(days=turn % 3, hours=2 * (turn // 3 % 4))
        yield _session("talks", turn, at, talks[first : first + 6], "Oral", f"Room {turn // 12 + 1}")
    third = len(posters) // 3 + 1
    for day in range(3):
        at = starts + timedelta(days=day, hours=9)
        yield _session("posters", day, at, posters[day * third : (day + 1) * third], "Poster", "Hall")


def _session(name, turn, at, submitted, kind, room):
    talks = tuple(
        values.presenting(
            values.PresentationItem(_guid(name, turn, place), "", kind=kind, board=f"{place + 1:03}" if kind == "Poster" else ""), each
        )
        for place, each in enumerate(submitted)
    )  # fmt: skip
    ends = at + timedelta(minutes=90)
    return values.SessionItem(
        _guid(name, turn),
        f"{name.capitalize()} {turn + 1}",
        at,
        ends,
        at.date(),
        kind=kind,
        room=room,
        presentations=talks,
    )


def _guid(*parts):
    return values.stable_guid("bench", *parts)


def main(out):
    """Fill, print, and say how long it took and how much memory: one JSON object as the last line."""
    from conference.app import create_app  # noqa: PLC0415 (workers load this file too, and need no application)

    app = create_app()
    with app.app_context():
        if meetings.by_code(CODE) is None:
            _fill()
    command = ["schedule", "book", "--meeting", CODE, "--out", out, "--processes", "2", "--json"]
    done = subprocess.run([sys.executable, "-m", "flask", *command], capture_output=True, text=True, check=True)
    print(done.stdout.splitlines()[-1])


def _fill():
    with transaction():
        meeting = meetings.create(
            code=CODE, title="Example 2027", starts=date(2027, 5, 11), ends=date(2027, 5, 13), timezone="UTC", currency="USD"
        )  # fmt: skip
        schedule.bring_in_programme(meeting=meeting, programme=a_programme(), now=clock.now())
        schedule.release(meeting=meeting, url="http://localhost/", now=clock.now())


if __name__ == "__main__":
    main(sys.argv[1])
