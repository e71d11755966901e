"""Prints a meeting's badges in a process of its own and says how long that took and how much memory its workers needed."""

import json
import resource
import sys


def main(out):
    """As `flask badges render` does it, from reading the rows to the joined file."""
    from conference.app import create_app  # noqa: PLC0415 (workers load this file too; the flask command gives them no application)

    words = ["badges", "render", "--meeting", "AM28", "--out", out, "--processes", "2", "--json"]
    done = create_app().test_cli_runner(catch_exceptions=False).invoke(args=words)
    if done.exit_code:
        raise SystemExit(done.output)
    facts = json.loads(done.stdout.splitlines()[-1])
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"badges": facts["badges"], "seconds": facts["seconds"], "child_mb": round(child)}))


if __name__ == "__main__":
    main(sys.argv[1])
