"""Handing out the link of a recording to those who may have it, looked at anew each time."""

from functools import cached_property

from sqlalchemy import update

from conference import membership
from conference.attending.recordings import rules
from conference.attending.recordings.models import Recording
from conference.kernel import db


class Viewer:
    """Who would like to watch: their confirmed registration, and whether they are a member, looked up when it matters."""

    def __init__(self, person, entry, now):
        self.person, self.entry, self.now = person, entry, now

    @cached_property
    def category(self):
        """The code of the category in which they are registered; None when they are not."""
        return self.entry.category.code if self.entry and self.entry.category else None

    @cached_property
    def is_member(self):
        """Whether they are a member in good standing today."""
        return membership.standing_of(self.person, membership.local_day(self.now)).gives_member_price


def may_watch(recording, viewer):
    """Whether a Viewer may follow the link now."""
    if not rules.is_open(recording.opens_at, recording.closes_at, viewer.now):
        return False
    is_member = recording.for_members and viewer.is_member
    return rules.may_watch(
        recording.only_for, recording.for_members, category=viewer.category, is_member=is_member
    )  # fmt: skip


def named(programme):
    """{guid: title} of everything public that is held and of which nothing is under embargo."""
    found = {}
    for session in (each for each in programme.programme.sessions if not each.withdrawn):
        found[session.guid] = session.title
        for talk in session.presentations:
            if not talk.withdrawn and not getattr(talk, "closed", ()):
                found[talk.guid] = talk.title
    return found


def count(recording):
    """One more has opened it; who is not kept."""
    more = update(Recording).where(Recording.id == recording.id).values(opened=Recording.opened + 1)
    db.session.execute(more, execution_options={"synchronize_session": False})
