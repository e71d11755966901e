"""The directory: who asked to stand in it, and of each only what this reader may see."""

import json
from dataclasses import dataclass

from sqlalchemy import Text, and_, cast, or_, select
from sqlalchemy.orm import contains_eager

from conference import people
from conference.kernel import db
from conference.membership.listing import is_member
from conference.membership.models import Member
from conference.membership.rules import Audience
from conference.people import Person

PER_PAGE = 24


@dataclass(frozen=True)
class Entry:
    """What one reader sees of one member; what they may not see is empty."""

    name: str
    degrees: str
    institution: str
    country: str
    interests: list[str]
    email: str


@dataclass(frozen=True)
class Search:
    """What a reader looks for; empty means any."""

    q: str = ""
    institution: str = ""
    interest: str = ""
    country: str = ""

    @property
    def filters(self):
        """How many fields besides the name are set."""
        return sum(bool(value) for value in (self.institution, self.interest, self.country))


def audiences_of(*, is_member):
    """The audiences that a reader belongs to."""
    return (Audience.PUBLIC, Audience.MEMBERS) if is_member else (Audience.PUBLIC,)


def entries(search, audiences, on):
    """A SELECT of the members to be shown, with their persons, in order of name.

    A field that is hidden from this reader is not searched either: else searching would tell what it holds.
    """
    statement = select(Member).join(Member.person).options(contains_eager(Member.person))
    statement = statement.where(*_visible(audiences, on), *_wanted(search, audiences))
    return statement.order_by(Person.family_name, Person.given_name, Member.id)


def entry_for(member, audiences, labels):
    """The Entry of a member as a reader of these audiences sees it; `labels` are the words for codes of interests."""
    someone = member.person
    interests = someone.interests if member.interests_for in audiences else []
    return Entry(
        name=someone.full_name if someone.given_name or someone.family_name else "",
        degrees=someone.degrees,
        institution=someone.institution if member.institution_for in audiences else "",
        country=someone.country if member.country_for in audiences else "",
        interests=[labels.get(code, code) for code in interests],
        email=(someone.email if member.email_for in audiences else None) or "",
    )


def choices(audiences, on):
    """(codes of interests, country codes) that this reader can filter by: only what some visible entry shows."""
    shown = (
        select(Person.interests, Person.country, Member.interests_for, Member.country_for)
        .join(Member, Member.person_id == Person.id)
        .where(*_visible(audiences, on))
    )
    interests, countries = set(), set()
    for their_interests, country, interests_for, country_for in db.session.execute(shown):
        interests |= set(their_interests) if interests_for in audiences else set()
        countries |= {country} if country and country_for in audiences else set()
    return sorted(interests), sorted(countries)


def _visible(audiences, on):
    named = or_(Person.given_name != "", Person.family_name != "")
    return Member.listed_for.in_(audiences), named, is_member(on)


def _wanted(search, audiences):
    yield from people.named(search.q)
    if search.institution:
        yield and_(Member.institution_for.in_(audiences), *people.working_at(search.institution))
    if search.country:
        yield and_(Member.country_for.in_(audiences), Person.country == search.country)
    if search.interest:
        # Both databases keep the list as the text that json.dumps wrote.
        in_list = cast(Person.interests, Text).contains(json.dumps(search.interest), autoescape=True)
        yield and_(Member.interests_for.in_(audiences), in_list)
