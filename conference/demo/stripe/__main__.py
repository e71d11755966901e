"""Starts the stand-in from the command line: `python -m conference.demo.stripe --port 8001 --webhook URL`."""

import json
import logging
import signal
from pathlib import Path
from typing import Any

import click

from conference.demo.stripe import delivery, faults, idempotency
from conference.demo.stripe.app import create_stand_in
from conference.demo.stripe.process import serve
from conference.demo.stripe.running import StandIn
from conference.demo.stripe.settings import Settings


@click.command(help="A stand-in for Stripe: same HTTP, hosted page, signed events, no real money.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True, help="0 takes a free one.")
@click.option("--webhook", "webhook_url", help="Where events are posted.")
@click.option("--secret", "webhook_secret", default="whsec_stand_in", help="Signs the events.")
@click.option("--store", default="instance/stripe.sqlite", show_default=True, help="The SQLite file.")
@click.option("--public-url", help="How browsers reach this server, when it differs from the API's address.")
@click.option("--merchant", default="The demo society", show_default=True)
@click.option("--debit-seconds", default=15.0, show_default=True, help="How long a bank debit takes.")
@click.option("--delivery-timeout", default=10.0, show_default=True)
@click.option("--retry-base", default=1.0, show_default=True, help="Seconds before the first retry of an event.")
@click.option("--lenient-expiry", is_flag=True, help="Sessions may live for less than 30 minutes.")
@click.option("--fault", multiple=True, metavar="NAME=VALUE", help="A fault to begin with, such as event_copies=2.")
def main(host: str, port: int, fault: tuple[str, ...], **chosen: Any) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    signal.signal(signal.SIGTERM, _leave)
    Path(chosen["store"]).parent.mkdir(parents=True, exist_ok=True)
    app = create_stand_in(Settings(background=False, **chosen))
    running: StandIn = app.extensions["stripe_stand_in"]
    _take_over(running, fault)
    running.background.start()
    server = serve(app, host, port)
    click.echo(json.dumps({"url": f"http://{host}:{server.server_port}"}))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("The stand-in stops.", err=True)
    finally:
        running.background.stop()


def _leave(*_: Any) -> None:
    raise KeyboardInterrupt


def _take_over(running: StandIn, wanted: tuple[str, ...]) -> None:
    """Goes on where a killed process stopped, and sets the faults that were asked for."""
    delivery.forget_leases(running.store)
    idempotency.forget_abandoned(running.store)
    try:
        with running.store.write() as tx:
            faults.change(tx, **dict(_parse(pair) for pair in wanted))
    except faults.UnknownFault as problem:
        raise click.UsageError(str(problem)) from None


def _parse(pair: str) -> tuple[str, Any]:
    name, _, value = pair.partition("=")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


if __name__ == "__main__":
    main()
