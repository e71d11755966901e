"""The programme as the public reads it: a day's page, and the exports that calendars and apps fetch again and again."""

from bench import asking

CONNECTIONS = 4


def day_page(site):
    """Pages a second of one day of 874 events, and how long the slowest of twenty takes."""
    path, url = site.programme, site.url
    size = len(asking.get(url, path)[1])
    run, rates = asking.best_of(lambda: _good(asking.many(url + path, connections=CONNECTIONS)))
    how = f"{path} ({size // 1024} KiB of HTML, a day of 874 events), 4 kept connections (wrk), whole answers, no cache before us"
    yield {"figure": "day_page", "value": max(rates), "unit": "1/s", "goal": ">= 300", "how": how, "runs": rates}
    yield {"figure": "day_page_p95", "value": run["p95_ms"], "unit": "ms", "goal": "<= 25", "how": "of the best run"}


def exports(site):
    """Each export a second: asked for again with its ETag, and in full."""
    for name in ("ics", "xml", "json"):
        yield from _export(site, name)


def _export(site, name):
    url = f"{site.url}{site.programme.rpartition('/')[0]}.{name}"
    headers, text = asking.get(site.url, url.removeprefix(site.url))
    known = f"If-None-Match: {headers['ETag']}"
    again, rates = asking.best_of(lambda: _good(asking.many(url, connections=CONNECTIONS, header=known, seconds=3)))
    how = "asked for again with If-None-Match: 304, 4 kept connections (wrk)"
    figure = {"figure": f"export_{name}_304", "value": max(rates), "unit": "1/s", "goal": ">= 500", "how": how}
    yield {**figure, "p95_ms": again["p95_ms"], "runs": rates}
    full, rates = asking.best_of(lambda: _good(asking.many(url, connections=CONNECTIONS, seconds=3)))
    how = f"in full, {len(text) // 1024} KiB, ETag sent, 4 kept connections (wrk)"
    figure = {"figure": f"export_{name}_200", "value": max(rates), "unit": "1/s", "goal": ">= 500", "how": how}
    yield {**figure, "p95_ms": full["p95_ms"], "runs": rates}


def _good(run):
    if run["bad"]:
        raise RuntimeError(f"{run['bad']} bad answers of {run['requests']}")
    return run
