"""The programme as the public reads it: a day's page, and the exports that calendars and apps fetch again and again."""

from bench import asking

CONNECTIONS = 4
PACKED = "Accept-Encoding: gzip"  # what browsers and calendars send


def day_page(site):
    """Pages a second of one day of 874 events, and how long the slowest of twenty takes."""
    path, url = site.programme, site.url
    size = len(asking.get(url, path)[1])
    what = f"{path} ({size // 1024} KiB of HTML, a day of 874 events), 4 kept connections (wrk), no cache before us"
    for name, header, how in (
        ("day_page", PACKED, f"{what}, as browsers ask: {PACKED}"),
        ("day_page_plain", "", f"{what}, not compressed"),
    ):
        run, rates = _best(url + path, header)
        yield {"figure": name, "value": max(rates), "unit": "1/s", "goal": ">= 300", "how": how, "runs": rates}
        yield {"figure": f"{name}_p95", "value": run["p95_ms"], "unit": "ms", "goal": "<= 25", "how": "of the best run"}


def exports(site):
    """Each export a second: asked for again with its ETag, and in full."""
    for name in ("ics", "xml", "json"):
        yield from _export(site, name)


def _export(site, name):
    path = f"{site.programme.rpartition('/')[0]}.{name}"
    headers, text = asking.get(site.url, path)
    for kind, header, how in (
        ("304", f"If-None-Match: {headers['ETag']}", "asked for again with If-None-Match: 304"),
        ("200", PACKED, f"in full, ETag sent, {PACKED}"),
        ("200_plain", "", f"in full, ETag sent, {len(text) // 1024} KiB not compressed"),
    ):
        run, rates = _best(site.url + path, header)
        figure = {"figure": f"export_{name}_{kind}", "value": max(rates), "unit": "1/s", "goal": ">= 500"}
        yield {**figure, "how": f"{how}, 4 kept connections (wrk)", "p95_ms": run["p95_ms"], "runs": rates}


def _best(url, header):
    return asking.best_of(lambda: _good(asking.many(url, connections=CONNECTIONS, header=header, seconds=3)))


def _good(run):
    if run["bad"]:
        raise RuntimeError(f"{run['bad']} bad answers of {run['requests']}")
    return run
