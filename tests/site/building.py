"""The site on which the sweeps walk: content and people, made through public actions, and a real value for every address."""

from dataclasses import dataclass, field

from flask import Flask

from conference import jobs, membership
from conference.kernel import clock, transaction
from tests.site import (
    attending,
    banks,
    cards,
    content,
    documents,
    dunning,
    exhibitors,
    groups,
    guests,
    invitations,
    people,
    values,
    visas,
)


@dataclass
class Site:
    """The application over the small society: a browser for each person, a value for each argument of an address."""

    app: Flask
    values: dict = field(default_factory=dict)
    browsers: dict = field(default_factory=dict)

    def browser(self, name):
        """The browser in which somebody walks."""
        if name not in self.browsers:
            self.browsers[name] = people.enter(self.app, name)
        return self.browsers[name]

    def value(self, endpoint, argument):
        """A real value of an argument: that of the endpoint, else of its blueprint, else of its name; None without one."""
        keys = (f"{endpoint}.{argument}", f"{endpoint.partition('.')[0]}.{argument}", argument)
        return next((self.values[key] for key in keys if key in self.values), None)


def build(app):
    """The Site over empty tables, inside an application context."""
    now = clock.now()
    people.enter_everybody()
    with transaction():
        jobs.beat(now=now)
        meeting = content.build(now)
    _membership(now)
    people.draft(meeting, "ben", now, extras=("vectors",), dues="active")
    orders = _orders(meeting, now)
    site = Site(app)
    site.values = guests.of_guests(meeting, now) | visas.of_visas(meeting, now)
    site.values |= exhibitors.of_exhibitors(meeting, now)
    site.values |= values.of_everything(site, meeting, orders, now)
    site.values |= groups.of_groups(site, meeting)
    site.values |= attending.of_attending(meeting, now)
    site.values |= invitations.of_invitations(meeting, now)
    site.values |= documents.of_documents(orders, now)
    site.values |= cards.of_cards(now)
    site.values |= banks.of_banks(site, meeting, orders)
    site.values |= dunning.of_dunning(meeting)
    site.browsers.clear()
    return site


def _membership(now):
    today = membership.local_day(now)
    type_ = membership.type_by_code("active")
    with transaction():
        for name in ("ada", "gus"):
            who = people.person(name)
            offer = membership.offer_for(who, type_, today)
            term = membership.grant_term(
                person=who, type=type_, starts=offer.starts, ends=offer.ends, now=now, paid=type_.price
            )
            membership.choose_directory(member=term.member, now=now, listed_for="public", email_for="members")


def _orders(meeting, now):
    """{name: order}: Ada's settled, Eve's waiting, Fay's parked, Gus's to be refunded in vain, Hal's free of charge."""
    found = {
        "ada": people.order(meeting, "ada", now, paid=22000 + 9000, extras=("dinner",)),
        "eve": people.order(meeting, "eve", now),
        "fay": people.order(meeting, "fay", now, paid=100),
        "gus": people.order(meeting, "gus", now, paid=22000),
        "hal": people.order(meeting, "hal", now, category="guest", mode="virtual"),
    }
    assert [str(each.state) for each in found.values()] == ["paid", "open", "parked", "paid", "paid"]
    return found
