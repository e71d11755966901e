"""The counter: what the server takes for a whole walk-in among ten thousand people; and who of them may be somebody new."""

import http.client
import re
import statistics
import time
from urllib.parse import urlencode, urlsplit

from bench import asking
from conference import people
from conference.kernel import clock, db, transaction

PEOPLE, BATCHES, TIMES, ASKED = 10_000, 3, 8, 200
DESK = "/staff/registrations/AM28/walk-in"
HOW = (
    f"over HTTP at gunicorn and PostgreSQL with {PEOPLE} people known: a name looked for, the form for an address, the check with the search for"
    f" doubles, registered as paid in cash and checked in, the page after it, the badge printed and its PDF; all seven answers together, p95 of {TIMES} walk-ins, the best of {BATCHES} such batches"
)


GIVEN = [
    f"{first}{last}"
    for first in ("Mar", "Jo", "An", "El", "Pet")
    for last in ("a", "ana", "hn", "in", "er", "ika", "on", "ela", "us", "y")
]
FAMILIES = [f"{first}{last}" for first in ("Smi", "Gar", "Mül", "Joh", "Kim", "Wan", "Ros", "Ber", "Sil", "Mor")
            for last in ("th", "cia", "ler", "son", "ura", "gen", "berg", "va", "ton", "eno")]  # fmt: skip


def names(number):
    """(given name, family name): of each of a hundred family names as many people, and of each of fifty given names."""
    return GIVEN[number // 7 % len(GIVEN)], FAMILIES[number % len(FAMILIES)]


def walk_in(site):
    """Milliseconds of the server for one walk-in, whole and by step; then of the search for doubles alone."""
    with site.app.app_context():
        _crowd()
    url, cookie = site.url, site.staff_cookie
    _walk_in(url, cookie, 0)
    batches = [
        [_walk_in(url, cookie, batch * TIMES + number + 1) for number in range(TIMES)] for batch in range(BATCHES)
    ]
    runs = [round(asking.percentile([sum(run.values()) for run in batch], 0.95), 1) for batch in batches]
    best = batches[runs.index(min(runs))]
    steps = {name: round(statistics.median(run[name] for run in best), 1) for name in best[0]}
    yield {
        "figure": "walk_in", "value": min(runs), "unit": "ms", "goal": "<= 600", "how": HOW, "runs": runs,
        "median_of_steps": steps,
    }  # fmt: skip
    with site.app.app_context():
        yield _doubles()


def _crowd():
    """People of common names: of each family name a hundred, of each given name fifty."""
    now = clock.now()
    for start in range(0, PEOPLE, 1000):
        with transaction():
            people.enter_many([_person(number) for number in range(start, start + 1000)], now=now)
        db.session.expunge_all()
    db.session.execute(db.text("ANALYZE person"))
    db.session.execute(db.text("ANALYZE person_mark"))
    db.session.commit()


def _person(number):
    given_name, family_name = names(number)
    place = f"Institute {number % 300}"
    return {
        "email": f"known{number}@example.org", "given_name": given_name, "family_name": family_name, "institution": place,
        "country": "US",
    }  # fmt: skip


def _walk_in(url, cookie, number):
    """{step: milliseconds} of one walk-in."""
    desk = Desk(url, cookie)
    given_name, family_name = f"Walter{'abcdefghijklmnopqrstuvwxyz'[number]}", names(number)[1]
    desk.get("look", f"{DESK}/people?{urlencode({'q': family_name[:5]})}")
    form = desk.get("form", f"{DESK}?{urlencode({'q': f'walk{number}@example.org'})}")
    typed = {
        "email": f"walk{number}@example.org", "given_name": given_name, "family_name": family_name, "institution": "Example",
        "country": "SE", "category": "full", "mode": "in_person", "span": "whole", "payment": "cash", "letter": "y",
        "check_in": "y", "prints": "y", "token": _hidden(form, "token"),
    }  # fmt: skip
    checked = desk.post("check", f"{DESK}/check", typed, 200)
    done = desk.post("register", DESK, {**typed, "total": _hidden(checked, "total")}, 303)
    page = desk.get("after", done)
    badge = re.search(r'action="(/staff/badges/\w+)"', page)[1]
    desk.get("pdf", desk.post("print", badge, {}, 303))
    return desk.taken


class Desk:
    """A browser at the counter that keeps its connection and notes what each answer took."""

    def __init__(self, url, cookie):
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self.headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
        self.taken = {}

    def get(self, step, path):
        """The text of a page."""
        return self._ask(step, "GET", path, None, 200)

    def post(self, step, path, typed, status):
        """The text of the answer, or where it leads."""
        return self._ask(step, "POST", path, typed, status)

    def _ask(self, step, method, path, typed, status):
        body = urlencode(typed) if typed is not None else None
        headers = self.headers | ({"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {})
        begun = time.perf_counter()
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        self.taken[step] = (time.perf_counter() - begun) * 1000
        if answer.status != status:
            raise RuntimeError(f"{step} {path}: {answer.status} {text[:500]}")
        return answer.headers["Location"] if status == 303 else text


def _hidden(text, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)[1]


def _doubles():
    """Milliseconds to find who may be the same person, of people with the commonest names."""
    known = [people.doubles.Known(given, family, "Elsewhere", "SE") for given, family in map(names, range(ASKED))]
    seconds = []
    for each in known:
        begun = time.perf_counter()
        people.doubles.doubles_of(each)
        seconds.append(time.perf_counter() - begun)
        db.session.rollback()
    value = round(statistics.median(seconds) * 1000, 1)
    how = f"people.doubles.doubles_of among {PEOPLE} people, a hundred of each family name, in one process on PostgreSQL; median of {ASKED}"
    return {"figure": "doubles", "value": value, "unit": "ms", "goal": "<= 20", "how": how}
