"""Puts the stand-in together: its file, its addresses, and the threads that let time pass."""

from functools import partial

from flask import Flask, Response
from jinja2 import StrictUndefined

from conference.demo.stripe import api, control, gate, pages
from conference.demo.stripe.running import StandIn
from conference.demo.stripe.settings import Settings
from conference.demo.stripe.store import Store
from conference.demo.stripe.work import Background

LARGEST_REQUEST = 1024 * 1024


def create_stand_in(settings: Settings) -> Flask:
    """The stand-in as a Flask application; its threads run unless `settings.background` is off."""
    app = Flask(__name__, static_folder="assets", static_url_path="/assets")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.jinja_env.undefined = StrictUndefined
    app.json.sort_keys = False  # type: ignore[attr-defined]
    store = _open_store(settings)
    running = StandIn(store, settings, Background(store, settings))
    app.extensions["stripe_stand_in"] = running
    _mount(app, running)
    if settings.background:
        running.background.start()
    return app


def _open_store(settings: Settings) -> Store:
    store = Store(settings.store)
    if settings.webhook_url:
        with store.write() as tx:
            tx.choose("webhook", {"url": settings.webhook_url, "secret": settings.webhook_secret})
    return store


def _mount(app: Flask, running: StandIn) -> None:
    for (method, rule), endpoint in api.endpoints().items():
        view = partial(gate.answer, endpoint, running.store, running.settings)
        app.add_url_rule(rule, f"{method} {rule}", view, methods=[method], provide_automatic_options=False)
    app.register_blueprint(pages.bp)
    app.register_blueprint(control.bp)
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Stand-In"] = "not Stripe; no real money"
    return response
