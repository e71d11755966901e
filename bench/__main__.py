"""`python -m bench [FIGURE …]`: measures all figures, or those named, and prints one JSON line for each."""

import json
import os
import sys
from pathlib import Path

from bench import (
    abstracts,
    badges,
    banking,
    checking,
    closing,
    counter,
    crowding,
    desk,
    group,
    invoices,
    orders,
    orders_found,
    programme,
    quoting,
    recounting,
    searching,
    starting,
    webhooks,
)
from bench.site import Site

# What is measured, by name; each yields one or more figures.
MEASURES = {
    "orders": orders.placed,
    "orders-in-play": crowding.orders_in_play,
    "desk": desk.import_and_list,
    "walk_in": counter.walk_in,
    "group": group.placed,
    "quote": quoting.ten_lines,
    "statement": banking.statement,
    "warnings": checking.warnings,
    "day-page": programme.day_page,
    "exports": programme.exports,
    "release": programme.release,
    "search": searching.large_programme,
    "badges": badges.whole_meeting,
    "book": abstracts.many_abstracts,
    "badge-click": badges.one_click,
    "invoice": invoices.one_click,
    "close": closing.month_close,
    "orders-found": orders_found.searched,
    "recount": recounting.everything,
    "webhook": webhooks.answered,
    "start": starting.empty_to_served,
}


def main(names):
    """Measure, print, and say whether the names were known: the exit code."""
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        print(f"There is no figure {', '.join(unknown)}. Figures: {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    with Site(Path(os.environ["BENCH_FOLDER"]), os.environ["BENCH_POSTGRES"]) as site:
        for name in names or MEASURES:
            for figure in MEASURES[name](site):
                print(json.dumps({**figure, "load_before": site.load}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
