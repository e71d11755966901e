"""`flask demo`: a believable society in an empty database, through public actions only."""

import json
import time
from datetime import UTC, datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext

from conference import meetings, people, society
from conference.demo.arrivals import build_arrivals, morning_of
from conference.demo.attendees import build_people, build_registrations
from conference.demo.attending import build_attending
from conference.demo.banking import build_bank
from conference.demo.cards import build_card
from conference.demo.closing import close_months
from conference.demo.documents import build_documents
from conference.demo.dunning import build_dunning
from conference.demo.eligibility import build_eligibility, build_proofs
from conference.demo.exhibitors import build_exhibitors
from conference.demo.groups import build_groups
from conference.demo.guests import build_guests, sell_to_guests
from conference.demo.invitations import build_invitations
from conference.demo.meetings import build_meetings
from conference.demo.members import build_members
from conference.demo.payouts import build_payouts
from conference.demo.programme import build_programme
from conference.demo.selling import build_sales
from conference.demo.sign_ins import build_sign_ins
from conference.demo.society import build_society
from conference.demo.stories import CAST, build_stories
from conference.demo.together import build_together
from conference.demo.visas import build_visas
from conference.demo.waiting import build_waiting
from conference.kernel import clock, db, transaction

# People, members among them, registrations for the coming and the past meeting, sessions, presentations.
SIZES = {"small": (120, 60, 60, 20, 36, 150), "full": (9000, 3000, 8000, 600, 300, 1500)}
INTERESTS = (
    ("vectors", "Viral vectors"),
    ("editing", "Gene editing"),
    ("cells", "Cell therapy and manufacturing"),
    ("blood", "Blood and immune disorders"),
    ("muscle", "Muscle and nerve"),
    ("senses", "Eye and ear"),
    ("ethics", "Ethics and access"),
    ("patients", "Patient partnership"),
    ("education", "Education"),
)
MANY_GROUPS = 12  # more than the lab of every state, in the full demo
PAYERS = 3  # by card, of whom Stripe has paid out
EARLY = 4  # fetch their badge before the coming meeting begins
PAST_NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@click.command("demo")
@with_appcontext
@click.option("--size", type=click.Choice(list(SIZES)), default="small", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def group(size, as_json):
    """Fill an empty database with a fictional society, its members and its annual meetings."""
    if society.current() is not None:
        raise click.UsageError("The database is not empty: the demo fills an empty one only")
    started, now = time.monotonic(), clock.now()
    _fill(SIZES[size], now)
    seconds = round(time.monotonic() - started, 1)
    click.echo(
        json.dumps({"size": size, "seconds": seconds}) if as_json else f"The demo ({size}) took {seconds:.0f} s."
    )


def _fill(size, now):
    everybody, members, coming, past, sessions, presentations = size
    with transaction():
        build_society(now)
        people.set_interests(INTERESTS)
        found = build_meetings(now)
        build_sales(found["AM28"], now)
        build_eligibility(found["AM28"], now)
        sell_to_guests(found["AM28"], now)
        build_sales(found["AM27"], PAST_NOW)
        lines = build_sign_ins(now, current_app.config["INSTANCE_PATH"])
    crowd = build_people(everybody, now, progress=_told("people"))
    build_members(crowd[:members], now, progress=_told("members"))
    build_card(now)
    over, next_one = meetings.by_code("AM27"), meetings.by_code("AM28")
    build_registrations(over, crowd[:past], PAST_NOW, progress=_told("AM27", "registrations"))
    first = (everybody - coming) // 2  # members and others alike
    progress = _told("AM28", "registrations")
    build_registrations(next_one, crowd[first : first + coming], now, progress=progress)
    build_stories(next_one, crowd[-CAST:], now)
    build_payouts(next_one, crowd[:PAYERS], now)
    build_guests(next_one, now, progress=_told("AM28", "guests"))
    build_proofs(next_one, crowd, now)
    build_waiting(next_one, now)
    build_visas(next_one, now)
    build_groups(next_one, now, many=MANY_GROUPS if everybody > 1000 else 0)
    build_exhibitors(next_one, now)
    build_invitations(next_one, crowd, now)
    build_documents(over, next_one, now)
    build_together(next_one, now)
    build_bank(next_one, crowd[first + coming :], now)
    build_dunning(next_one, crowd[first + coming :], now)
    build_arrivals(over, first_at=morning_of(over), progress=_told("AM27", "arrivals"))
    build_arrivals(next_one, first_at=now - timedelta(hours=2), only=EARLY, progress=_told("AM28", "arrivals"))
    build_programme(next_one, sessions=sessions, presentations=presentations, now=now)
    build_attending(over, next_one, now, past_now=PAST_NOW)
    _told("programme")(sessions)
    close_months(now)
    db.session.remove()
    click.echo("\n".join(lines))


def _told(what, of=""):
    return lambda done: click.echo(f"{what}: {done} {of}".rstrip(), err=True)
