"""Who may bring guests, and how many: decisions on values."""

from dataclasses import dataclass

from flask_babel import gettext as _

from conference.kernel import Refusal
from conference.registration.rules import Mode

MOST = 10  # guests that a meeting can allow one registration


@dataclass(frozen=True)
class GuestPolicy:
    """What a meeting has decided: how many guests one registration may bring, and codes of the categories that may (none: all)."""

    most: int = 0
    hosts: tuple[str, ...] = ()

    @property
    def is_offered(self):
        """Whether anybody may bring anybody."""
        return self.most > 0


# The office is bound by places and prices alone.
OFFICE = GuestPolicy(most=MOST)


def refuse_host(policy, *, code, name, mode):
    """Refusal in words when somebody with this ticket (code and name of the category, mode) may not bring guests."""
    if not policy.is_offered:
        raise Refusal(_("Guests are not registered for this meeting."), field="guests")
    if mode != Mode.IN_PERSON:
        raise Refusal(
            _("Guests come to the venue with somebody who does: take part in person to bring them."), field="guests"
        )
    if policy.hosts and code not in policy.hosts:
        raise Refusal(_("%(category)s: this category cannot bring guests.", category=name), field="guests")


def may_host(policy, *, code, mode):
    """Whether somebody with this ticket may bring guests."""
    try:
        refuse_host(policy, code=code, name="", mode=mode)
    except Refusal:
        return False
    return True


def refuse_more(policy, count):
    """Refusal when whoever brings `count` guests already may not bring another."""
    if count >= policy.most:
        text = _("You bring as many guests as one registration may: %(most)s.", most=policy.most)
        raise Refusal(text, field="guests")
