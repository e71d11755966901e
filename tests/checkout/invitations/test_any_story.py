"""Any sequence of inviting, registering, paying, declining, lapsing, withdrawing, applying and cancelling, among people who buy and wait."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from conference import checkout, people, registration
from conference.kernel import db
from conference.payments import OrderState
from conference.registration import CodeUse, DiscountCode, Place, Pool, State, invitations
from conference.registration.changes import Change
from conference.registration.invitations import Invitation, InvitationKind, InvitationState, actions, sweeping
from conference.registration.waiting import Wait
from tests.cast import a_draft
from tests.checkout.changing.machine import NAMES, Changes, any_number
from tests.checkout.changing.test_any_change import Waiting, waited_at
from tests.conftest import NOW, empty_tables
from tests.trying import tries

DAY = timedelta(days=1)
KINDS = (
    {"code": "KEPT", "name": "Keynote", "effect": "percent", "percent": 60, "add_ons": ["dinner"], "keeps_places": True,
     "kept_until": NOW + 20 * DAY, "ribbon": "Keynote"},
    {"code": "AWARD", "name": "Award", "most": 2},
)  # fmt: skip


class Inviting(Waiting):
    """The people of the other story, of whom some are invited; staff who change their minds; and the sweep of invitations."""

    places = 2

    @initialize()
    def begin(self):
        """Ada has paid for one of two places; Ben is invited to the other, which is kept."""
        Changes.begin(self)
        self.place(0, ("full", "whole", "in_person"), set(), False, True)
        with self.tried():
            self.desk = people.find_or_enter(email="desk@example.org", now=NOW)
            category = registration.category_by_code(self.meeting, "full")
            for facts in KINDS:
                usual = {
                    "inviter": "the committee",
                    "category_id": category.id,
                    "valid_until": NOW + 40 * DAY,
                    "most": None,
                }
                invitations.add_kind(self.meeting, reminders=[NOW + 5 * DAY], by=self.desk, now=NOW, **usual | facts)
        self.invite(1, 0, False)

    @rule(who=any_number, which=any_number, out_of_turn=st.booleans())
    def invite(self, who, which, out_of_turn):
        kind = invitations.queries.kinds_of(self.meeting)[which % len(KINDS)]
        row = {"line": 1, "email": self.people[who % len(NAMES)].email}
        with self.tried():
            now = self.later()
            kept = invitations.keep_list(kind, [row], source="hand", name="", by=self.desk, now=now)
            whole = invitations.queries.list_of(self.meeting, kept.ref)
            reason = "because" if out_of_turn else ""
            invitations.send(whole, meeting=self.meeting, seen=1, by=self.desk, now=now, reason=reason)

    @rule(which=any_number, pays=st.booleans())
    @precondition(lambda self: self.standing())
    def register_with_it(self, which, pays):
        found = self.pick(which)
        with self.tried():
            invitations.take_up(found, found.person, now=self.later())
            entry = registration.registration_in(self.meeting, found.person)
            draft = a_draft(
                self.meeting, found.person, self.now, category=entry.category.code, extras=tuple(entry.wanted)
            )
            order = checkout.place(draft=draft, meeting=self.meeting, person=found.person, now=self.now)
            if pays and order.state == OrderState.OPEN:
                self.settle(order)

    @rule(which=any_number, withdraws=st.booleans())
    @precondition(lambda self: self.standing())
    def it_is_declined_or_withdrawn(self, which, withdraws):
        end = invitations.withdraw if withdraws else invitations.decline
        with self.tried():
            end(self.pick(which), reason="because", by=None, now=self.later())

    @rule(which=any_number)
    @precondition(lambda self: self.standing())
    def it_is_applied_to_what_was_paid(self, which):
        with self.tried():
            found = self.pick(which)
            _entry, quote = checkout.quote_applied(found, now=self.later())
            checkout.apply_invitation(found, seen=quote.seen, by=None, now=self.now)

    @rule(which=any_number, days=st.integers(1, 60), keeps=st.booleans())
    @precondition(lambda self: self.standing())
    def it_is_extended(self, which, days, keeps):
        with self.tried():
            until = self.later() + days * DAY
            invitations.extend(
                self.pick(which), valid_until=until, kept_until=until if keeps else None, by=None, now=self.now
            )

    @rule(which=any_number, student=st.booleans())
    @precondition(lambda self: self.standing())
    def its_category_is_changed(self, which, student):
        category = registration.category_by_code(self.meeting, "student" if student else "full")
        with self.tried():
            invitations.change_category(self.pick(which), category, by=None, now=self.later())

    @rule()
    def the_sweep_of_invitations_comes(self):
        self.each(sweeping.ended, actions.lapse)
        self.each(sweeping.kept_too_long, actions.free_if_over)
        self.each(sweeping.to_remind, sweeping.remind)

    @invariant()
    def nobody_gets_past_those_who_wait(self):
        """As in the other story, but for those whose place was kept for them before."""
        handed = {key for key in self.keys(Change.heir_id) if key}
        invited = set(db.session.scalars(select(Invitation.person_id).where(Invitation.kept_until.is_not(None))))
        for place in db.session.scalars(select(Place).where(Place.state != "offered")):
            entry = registration.by_id(place.registration_id)
            waits = list(db.session.scalars(select(Wait).where(Wait.pool_id == place.pool_id)))
            mine = [each for each in waits if each.registration_id == entry.id and each.offered_at]
            if not mine and entry.id not in handed and entry.person_id not in invited:
                assert [each.ref for each in waits if waited_at(each, place.claimed_at)] == []

    @invariant()
    def aside_and_held_and_sold_and_free_are_the_capacity(self):
        for pool in db.session.scalars(select(Pool).execution_options(populate_existing=True)):
            rows = select(Place.state, func.count()).where(Place.pool_id == pool.id).group_by(Place.state)
            counts = dict(db.session.execute(rows).all())
            assert sum(counts.values()) == pool.taken
            assert pool.places is None or sum(counts.values()) + pool.free == pool.places

    @invariant()
    def as_many_are_invited_as_is_counted_and_no_more_than_may_be(self):
        for kind in db.session.scalars(select(InvitationKind).execution_options(populate_existing=True)):
            mine = select(func.count()).where(Invitation.kind_id == kind.id)
            count = db.session.scalar(mine.where(Invitation.state == InvitationState.STANDING))
            assert count == kind.invited and (kind.most is None or count <= kind.most)

    @invariant()
    def what_has_ended_takes_nothing_off(self):
        """A code is used only while its invitation stands; by its own person, or whoever they were replaced by at the desk."""
        used = select(Invitation.state).join(CodeUse, CodeUse.code_id == Invitation.code_id)
        assert set(db.session.scalars(used)) <= {InvitationState.STANDING}
        bound = select(DiscountCode.used).where(DiscountCode.person_id.is_not(None))
        assert set(db.session.scalars(bound.execution_options(populate_existing=True))) <= {0, 1}

    @invariant()
    def a_ribbon_is_worn_by_whoever_registered_with_it(self):
        for found in self.standing():
            told = invitations.queries.told_of(found)
            entry = registration.registration_in(self.meeting, found.person)
            if entry is not None and entry.state == State.CONFIRMED and found.kind.ribbon:
                assert (found.kind.ribbon in entry.ribbons) == (told.shown == "registered")

    def standing(self):
        keys = self.keys(Invitation.id, Invitation.state == InvitationState.STANDING)
        return invitations.queries.by_ids(keys)

    def pick(self, which):
        found = self.standing()
        return found[which % len(found)]


def test_any_sequence_keeps_every_place_and_every_cent(context):
    run_state_machine_as_test(
        Inviting,
        settings=settings(
            max_examples=tries(20),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    empty_tables()
