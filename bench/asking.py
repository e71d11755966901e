"""Asking over HTTP: many at once with wrk, or one after the other with a kept connection."""

import http.client
import json
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

SCRIPT = Path(__file__).with_name("asking.lua")
SECONDS, TIMES = 5, 3


def many(url, *, connections, seconds=SECONDS, header="", cookies=None, body=""):
    """What wrk says: {requests, seconds, bad, p50_ms, p95_ms}; `cookies` is a file with a cookie for each request."""
    environ = {"BENCH_HEADER": header, "BENCH_COOKIES": str(cookies or ""), "BENCH_BODY": body}
    command = [
        "wrk",
        "-t",
        "1",
        "-c",
        str(connections),
        "-d",
        f"{seconds}s",
        "--timeout",
        "10s",
        "-s",
        str(SCRIPT),
        url,
    ]
    done = subprocess.run(command, env=environ | {"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def best_of(measure, times=TIMES):
    """(the run with most requests a second, the rates of all runs): the machine may have been busy in some."""
    runs = [measure() for _ in range(times)]
    rates = [round(run["requests"] / run["seconds"], 1) for run in runs]
    return runs[rates.index(max(rates))], rates


def one_by_one(url, paths, *, cookie="", header=None, status=200):
    """Milliseconds of each GET of `paths`, one after the other on a connection that is kept."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    headers = {**({"Cookie": cookie} if cookie else {}), **(header or {})}
    taken = []
    for path in paths:
        begun = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != status:
            raise RuntimeError(f"{path}: {answer.status}")
        taken.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return taken


def bytes_of(url, path, header):
    """How many bytes the body of an answer has, as it is sent."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("GET", path, headers=dict([header.split(": ", 1)]))
    size = len(connection.getresponse().read())
    connection.close()
    return size


def get(url, path, *, cookie=""):
    """(headers, text) of one page."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return answer.headers, text


def post(url, path, *, cookie="", body=""):
    """The status with which a form that is posted from its own page is answered."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Cookie": cookie}
    connection.request("POST", path, body=body, headers=form)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def percentile(values, share):
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
