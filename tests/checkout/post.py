"""Stripe's messages on their way: signed with secrets that are rolled, doubled, out of order, and mixed with those of others."""

import copy
import json
from typing import NamedTuple

from stripe import WebhookSignature

from tests.checkout.decks import Deck

TAKEN, REFUSED = 200, 400
STRANGERS = ("of another account", "of the other mode", "forged")
# As Stripe is used: it makes a new secret and signs with both for a while, we take it up, it drops the old one, we drop it too. And as it
# should not be: the old one ends at once, before we know the new one.
IN_TIME = [("both", "old"), ("both", "both"), ("new", "both"), ("new", "new")]
TOO_EARLY = [("new", "old"), ("new", "both"), ("new", "new")]


class Envelope(NamedTuple):
    """One message as it is posted, and the answer that is due to it."""

    payload: str
    secrets: list
    expected: int
    what: str
    event_id: str
    place: int  # among Stripe's own, in the order in which they were made


class Post:
    """Who signs with which secret and which of them are in our settings, as messages go out."""

    def __init__(self, chance):
        self.chance, self.made = chance, 1
        self.old, self.new = "", "whsec_1"
        self.theirs, self.ours = [self.new], [self.new]
        self.phases, self.ways = [], Deck(chance, [IN_TIME, TOO_EARLY])
        self.taken, self.refused = set(), set()  # ids of Stripe's own messages
        self.is_lost = {}  # whether a message never comes but with a wrong signature, so that only a sweep finds it
        self.signers = Deck(chance, ["theirs"] * 6 + ["old", "new", "both", "wrong"])
        self.kinds = Deck(chance, ["own"] * 12 + ["of another version", *STRANGERS])

    def roll(self):
        """One step further in rolling the secret; what it is."""
        if not self.phases:
            self.made += 1
            self.old, self.new = self.new, f"whsec_{self.made}"
            self.phases = list(self.ways.draw())
        named = {"old": [self.old], "new": [self.new], "both": [self.old, self.new]}
        theirs, ours = self.phases.pop(0)
        self.theirs, self.ours = named[theirs], named[ours]
        return f"secrets: Stripe signs with {theirs}, we take {ours}"

    def send(self, found, most=12):
        """Envelopes of some of the messages, in any order, some of them twice; the others are late or never come."""
        places = self.chance.choices(range(len(found)), k=min(len(found), most)) if found else []
        return [Envelope(*self._envelope(found[place]), place) for place in places]

    def arrived(self, envelopes):
        """Remember what was answered; what happened, in words."""
        places = [each.place for each in envelopes]
        counted = ["messages out of order"] if places != sorted(places) else []
        for each in envelopes:
            counted += [each.what, "message twice"] if each.event_id in self.taken else [each.what]
            if each.what not in STRANGERS:
                (self.taken if each.expected == TAKEN else self.refused).add(each.event_id)
        return counted

    def _envelope(self, event):
        if self.is_lost.setdefault(event["id"], self.chance.random() < 0.2):
            return self._signed(event, "wrong", "own")
        kind = self.kinds.draw()
        if kind == "own":
            return self._signed(event, self.signers.draw(), kind)
        event = copy.deepcopy(event)
        if kind == "of another version":
            return self._signed(event | {"api_version": "2019-02-11"}, "theirs", kind)
        event["id"] = f"evt_strange_{self.chance.randrange(10**15)}"
        if kind == "of another account":
            event["account"] = "acct_somebody_else"
        if kind == "of the other mode":
            event["livemode"] = True
        return json.dumps(event), ["whsec_forged"] if kind == "forged" else self.ours, REFUSED, kind, event["id"]

    def _signed(self, event, signer, kind):
        named = {"theirs": self.theirs, "old": [self.old or self.new], "new": [self.new], "wrong": ["whsec_of_others"]}
        secrets = named.get(signer, [self.old or self.new, self.new])
        expected = TAKEN if set(secrets) & set(self.ours) else REFUSED
        is_told = kind if kind != "own" else f"signed with {self._word(secrets)}"
        return json.dumps(event), secrets, expected, f"{is_told}, {_ANSWER[expected]}", event["id"]

    def _word(self, secrets):
        if len(set(secrets)) > 1:
            return "both secrets"
        named = {self.new: "the new secret", self.old: "the old secret"}
        return named.get(secrets[0], "a wrong secret")


_ANSWER = {TAKEN: "taken", REFUSED: "refused"}


def header_of(payload, secrets, timestamp):
    """Stripe's header for a body: one signature for each secret that is in force there."""
    signed = [WebhookSignature.generate_signature_header(payload, each, timestamp=timestamp) for each in secrets]
    return ",".join([signed[0], *(each.partition(",")[2] for each in signed[1:])])
