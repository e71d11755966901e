"""Real processes that can be killed outright, people who do not give up, and somebody who pulls the plugs."""

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import requests

ROOT = Path(__file__).parents[2]
TOTAL = re.compile(r'name="total" value="(\d+)"')
GUNICORN = ("gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app")
# That a bank debit cleared and that a page was closed is never told: only asking finds it out.
ALWAYS_LOST = ["checkout.session.async_payment_succeeded", "checkout.session.expired"]
HUEY = ("huey.bin.huey_consumer", "conference.worker.huey", "-w", "2")


# What asking a server comes to that is killed before or while it answers.
AWAY = (OSError, http.client.HTTPException)


def suppressed(work, faults):
    """`work`, of which those faults are nobody's concern."""

    def run():
        with suppress(*faults):
            work()

    return run


class Program:
    """`python -m …` with all its children, to be killed with `kill -9` and started again."""

    def __init__(self, *words, environ, log):
        self.words, self.environ, self.log = words, environ, log
        self.start()

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.words],
                cwd=ROOT,
                env=self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def restart(self):
        self.kill()
        self.start()

    def kill_one_child(self):
        """One of several: the others and their parent go on."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if children:
            os.kill(int(random.choice(children)), signal.SIGKILL)


class Buyer(threading.Thread):
    """Somebody who wants to register and tries again whenever a page does not come."""

    def __init__(self, plan, cookie, site, stripe, until):
        super().__init__(daemon=True)
        self.plan, self.site, self.stripe, self.until = plan, site, stripe, until
        self.session = requests.Session()
        self.session.headers["Sec-Fetch-Site"] = "same-origin"
        self.session.cookies.set(*cookie)
        self.fault, self.outcome, self.pages = None, "not yet", 0

    def run(self):
        try:
            self.outcome = self.buy()
        except Exception as fault:  # told by the test, not by a thread that nobody listens to
            self.fault = fault

    def buy(self):
        order = self.place()
        if order is None:
            return "sold out"
        pages = self.payment_pages(order)
        for page in pages:
            self.act_on(page.rpartition("/")[2], order)
        self.ask("GET", f"{order}/return")
        return self.plan if pages else "no page"

    def place(self):
        """The address of the order, or None when no place is left. Sent twice when the answer was lost on the way."""
        review = "/meetings/R1/register/review"
        while True:
            answer = self.ask("GET", review)
            if answer.status_code == 200 and (total := TOTAL.search(answer.text)):
                answer = self.ask("POST", review, total=total[1])
                if answer.status_code == 409:
                    return None
            mine = self.ask("GET", "/meetings/R1/register/mine").headers.get("Location", "")
            if "/orders/" in mine:
                return mine

    def payment_pages(self, order):
        """The payment pages that pressing the button led to: with the plan `two tabs`, pressed twice at once."""
        found = []
        tabs = [threading.Thread(target=self.press, args=(order, found)) for _ in range(1 + (self.plan == "two tabs"))]
        for tab in tabs:
            tab.start()
        for tab in tabs:
            tab.join()
        return list(dict.fromkeys(found))

    def press(self, order, found):
        """Press “Pay” until it leads to the payment page or the order does not wait any more."""
        for _ in range(40):
            if time.monotonic() > self.until:
                return
            where = self.ask("POST", f"{order}/pay").headers.get("Location", "")
            if where.startswith(self.stripe.url):
                found.append(where)
                return
            if "Pay " not in self.ask("GET", order).text:
                return
            time.sleep(0.2)

    def act_on(self, page, order):
        match self.plan:
            case "card" | "two tabs":
                self.pay(page)
            case "bank clears":
                self.pay(page, "bank_debit", seconds=1.5)
            case "bank bounces":
                self.pay(page, "bank_debit_bounces", seconds=1.5)
            case "both":
                giving = threading.Thread(target=self.ask, args=("POST", f"{order}/give-back"))
                giving.start()
                self.pay(page)
                giving.join()
            case "give back":
                self.ask("POST", f"{order}/give-back")

    def pay(self, page, method="card", **wishes):
        """A page that was closed meanwhile says so; a payment service that is away is waited for."""
        while time.monotonic() < self.until:
            try:
                return self.stripe.pay(page, method, **wishes)
            except ValueError:
                return None
            except AWAY:
                time.sleep(0.1)

    def ask(self, method, path, **form):
        """The first answer that is none of a server in trouble."""
        while time.monotonic() < self.until:
            try:
                answer = self.session.request(
                    method, self.site + path, data=form or None, allow_redirects=False, timeout=15
                )
                if answer.status_code < 500:
                    self.pages += 1
                    return answer
                assert answer.status_code in (502, 503), answer.text[:300]
            except requests.RequestException:
                pass
            time.sleep(0.15)
        raise TimeoutError(f"{method} {path} had no answer in time")


class Plugs:
    """Who pulls them: web, one of its workers, the worker, Stripe; connections break and messages get lost."""

    def __init__(self, web, worker, stripe, chance, buyers):
        self.web, self.worker, self.stripe, self.chance, self.buyers = web, worker, stripe, chance, buyers

    def pull(self, names):
        """All of `names` in a random order, each after the buyers got on by a random number of pages."""
        self.chance.shuffle(names)
        for name in names:
            self.let_them_get_on(pages=self.chance.randint(5, 20))
            getattr(self, name)()

    def let_them_get_on(self, pages):
        wanted = pages + sum(buyer.pages for buyer in self.buyers)
        while sum(buyer.pages for buyer in self.buyers) < wanted and any(buyer.is_alive() for buyer in self.buyers):
            time.sleep(0.01)

    def kill_web(self):
        self.web.restart()

    def kill_one_of_web(self):
        self.web.kill_one_child()

    def kill_worker(self):
        self.worker.restart()

    def kill_stripe(self):
        self.stripe.restart()

    def hurry_messages(self):
        """Those that wait come all at once, while the rest goes on."""
        threading.Thread(target=suppressed(self.stripe.deliver, AWAY), daemon=True).start()

    def break_connections(self):
        self.stripe.faults(reset_calls=3)

    def lose_messages(self):
        self.stripe.faults(event_lost=True)
        self.let_them_get_on(pages=10)
        self.stripe.faults(event_lost=ALWAYS_LOST)
