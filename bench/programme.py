"""The programme as the public reads it: a day's page, and the exports that calendars and apps fetch again and again; and how soon a release is out."""

from bench import asking, filling, searching

CONNECTIONS = 4
PACKED = "Accept-Encoding: gzip"  # what browsers and calendars send


def day_page(site):
    """Pages a second of one day of 874 events, and how long the slowest of twenty takes."""
    path, url = site.programme, site.url
    text = asking.get(url, path)[1]
    what = (
        f"{path} ({len(text) // 1024} KiB of HTML, a day of 874 events), 4 kept connections (wrk), no cache before us"
    )
    for name, header, how in (
        ("day_page", PACKED, f"{what}, as browsers ask: {PACKED}"),
        ("day_page_plain", "", f"{what}, not compressed"),
    ):
        run, rates, used = _best(site, path, header)
        figure = {"figure": name, "value": max(rates), "unit": "1/s", "goal": ">= 300", "how": how, "runs": rates}
        yield {**figure, "web_cpu_ms": used}
        yield {"figure": f"{name}_p95", "value": run["p95_ms"], "unit": "ms", "goal": "<= 25", "how": "of the best run"}
    how = f"{path} as it is sent to a browser, {len(text) // 1000} kB before it is compressed"
    size = round(asking.bytes_of(url, path, PACKED) / 1000, 1)
    yield {"figure": "day_html", "value": size, "unit": "kB", "goal": "<= 60", "how": how}


def release(site):
    """Seconds until a release of 874 events is committed: its document, exports, changes and what the search finds."""
    _ = site.programme
    with site.app.app_context():
        runs = [searching.release_seconds(filling.PROGRAMME) for _turn in range(asking.TIMES)]
    how = "release of 874 events, in one process, until it is committed"
    yield {"figure": "release", "value": min(runs), "unit": "s", "goal": "<= 3", "how": how, "runs": runs}


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
        run, rates, used = _best(site, path, header)
        figure = {"figure": f"export_{name}_{kind}", "value": max(rates), "unit": "1/s", "goal": ">= 500"}
        yield {
            **figure,
            "how": f"{how}, 4 kept connections (wrk)",
            "p95_ms": run["p95_ms"],
            "runs": rates,
            "web_cpu_ms": used,
        }
    yield _not_modified(site, path, name, headers["ETag"])


def _not_modified(site, path, name, etag):
    taken = asking.one_by_one(site.url, [path] * 200, header={"If-None-Match": etag}, status=304)
    middle, most = (round(asking.percentile(taken, share), 2) for share in (0.5, 0.95))
    how = f"{path} asked for again with If-None-Match, one after the other on a kept connection; the median"
    return {
        "figure": f"export_{name}_304_ms",
        "value": middle,
        "unit": "ms",
        "goal": "<= 2",
        "how": how,
        "p95_ms": most,
    }


def _best(site, path, header):
    """(the best run, the rates of all, milliseconds of the web workers' processor for one request)."""
    before, counts = site.processor_seconds()[0], []

    def measure():
        run = _good(asking.many(site.url + path, connections=CONNECTIONS, header=header, seconds=3))
        counts.append(run["requests"])
        return run

    best, rates = asking.best_of(measure)
    return best, rates, round(1000 * (site.processor_seconds()[0] - before) / sum(counts), 2)


def _good(run):
    if run["bad"]:
        raise RuntimeError(f"{run['bad']} bad answers of {run['requests']}")
    return run
