"""Real values for the addresses of what the desk makes: views, print runs, things done to many."""

import re

from conference import jobs
from tests.schedule.abstracts.filled import fields_of


def made(site, who, path, form):
    """The reference of what a post has made, which the answer leads to."""
    answer = site.browser(who).post(path, data=form)
    assert answer.status_code == 303, (path, answer.status_code)
    return answer.location.rpartition("/")[2]


def bulks(site, meeting):
    """Ribbons for everybody, done and to be undone; a letter that waits for its day."""
    browser = site.browser("registration")
    path = f"/staff/registrations/{meeting.code}/bulk/new"
    done = _begun(browser, f"{path}/add-ribbons", {"ribbons": "Βοηθός"})
    jobs.run("together")
    letter = {"subject": "Νέα", "text": "{my_page}", "at": "2027-05-01T09:00"}
    waiting = _begun(browser, f"{path}/letter", letter)
    return {
        "what": "letter",
        **{f"staff.{view}.ref": done for view in ("bulk", "bulk_results", "undo_bulk")},
        "staff.stop_bulk.ref": waiting,
    }


def _begun(browser, path, typed):
    """The reference of what was begun as it was shown."""
    page = browser.post(f"{path}/check", data=typed).get_data(as_text=True)
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    answer = browser.post(path, data={**typed, "seen": seen})
    assert answer.status_code == 303, answer.status_code
    return answer.location.rpartition("/")[2]


def views(site, meeting):
    path = f"/staff/registrations/{meeting.code}/views/new?state=confirmed&columns=name,email"
    made = site.browser("registration").post(path, data={"name": "Όψη"})
    ref = re.search(r"view=(\w+)", made.location)[1]
    return {f"staff.{view}.ref": ref for view in ("saved_view", "change_view", "remove_view")}


def prints(site, meeting):
    """A pocket programme that is online, and one print that waits."""
    desk = f"/staff/schedule/{meeting.code}/paper"
    online = made(site, "programme", desk, {"what": "pocket/A5"})
    jobs.run("papers")
    site.browser("programme").post(f"{desk}/{online}/online")
    made(site, "programme", desk, {"what": "signs/A4 landscape"})
    return {f"schedule_staff.paper.{view}.ref": online for view in ("paper", "file", "put_online", "take_offline")}


def badges(site, meeting):
    run = made(site, "registration", f"/staff/badges/{meeting.code}/runs", {})
    jobs.run("prints")
    return {f"badges_staff.{view}.ref": run for view in ("run", "run_file", "run_again")}


def warnings(site, meeting):
    """Two warnings of the programme, one of them set aside; a way between two rooms."""
    browser, path = site.browser("programme"), f"/staff/schedule/{meeting.code}"
    keys = list(dict.fromkeys(re.findall(r"/warnings/(\w+)\"", browser.get(f"{path}/warnings").get_data(as_text=True))))
    aside = f"{path}/warnings/{keys[1]}"
    seen = fields_of(browser.get(aside).get_data(as_text=True), aside)
    browser.post(aside, data={**seen, "reason": "Έτσι είναι"})
    rooms = re.findall(r'<option value="(\d+)"', browser.get(f"{path}/checks").get_data(as_text=True))
    browser.post(f"{path}/ways", data={"one": rooms[0], "other": rooms[1], "minutes": "5"})
    ways = re.findall(r"/ways/(\d+)/gone", browser.get(f"{path}/checks").get_data(as_text=True))
    return {"staff.key": keys[0], "staff.take_warning_up.key": keys[1], "way_id": ways[0]}
