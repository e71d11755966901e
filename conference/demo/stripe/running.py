"""What belongs to one running stand-in, and how a request finds it."""

from dataclasses import dataclass

from flask import current_app

from conference.demo.stripe.settings import Settings
from conference.demo.stripe.store import Store
from conference.demo.stripe.work import Background


@dataclass(frozen=True)
class StandIn:
    store: Store
    settings: Settings
    background: Background


def stand_in() -> StandIn:
    return current_app.extensions["stripe_stand_in"]
