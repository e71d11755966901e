"""Eligibility in words: what a category asks, why somebody may not choose it, and what an amount owes to it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from conference import people
from conference.registration.eligibility.rules import ProofKind, ProofState, Tier, UntilCleared
from conference.web import money

TIERS = {
    Tier.LOW: _l("Low income"),
    Tier.LOWER_MIDDLE: _l("Lower middle income"),
    Tier.UPPER_MIDDLE: _l("Upper middle income"),
    Tier.HIGH: _l("High income"),
}
PROOFS = {
    ProofKind.LETTER: _l("Letter of your school or advisor"),
    ProofKind.PRESS: _l("Press card"),
    ProofKind.LICENCE: _l("Professional licence"),
    ProofKind.OTHER: _l("Another document"),
}
# State: (word, hue of its tag)
PROOF_STATES = {
    ProofState.WAITING: (_l("Waits for review"), "warn"),
    ProofState.CLEARED: (_l("Cleared"), "good"),
    ProofState.ASKED: (_l("Another one asked for"), "warn"),
    ProofState.DECLINED: (_l("Declined"), "bad"),
    ProofState.REPLACED: (_l("Replaced by a later one"), None),
}
POLICIES = {
    UntilCleared.HIGHER: _l("Pay the higher price; the difference goes back by itself once the proof is cleared"),
    UntilCleared.LOWER: _l("Pay the lower price; the balance is due if no proof is cleared in time"),
    UntilCleared.FIRST: _l("Nothing is sold before the proof is cleared"),
}


def refusal(reasons):
    """Why somebody may not choose a category, as sentences."""
    return " ".join(_reason(key, facts) for key, facts in reasons)


def why(key, facts, meeting):
    """One reason of an amount that eligibility gave, as a sentence."""
    match key:
        case "fit_tier":
            words = {"country": _country(facts["country"]), "tier": str(TIERS[facts["tier"]]).lower()}
            return _("You live in %(country)s: %(tier)s in the list “%(list)s”", list=facts["list"], **words)
        case "fit_stage":
            return _("Your career stage: %(stage)s", stage=str(people.STAGES[facts["stage"]]).lower())
        case "fit_proof":
            return _("Proof cleared: %(kind)s", kind=str(PROOFS[facts["proof"]]).lower())
        case "fit_higher":
            return _(
                "Price of “%(fallback)s” until your proof is cleared; the difference goes back by itself then",
                fallback=facts["fallback"],
            )
        case "fit_lower":
            return _(
                "Your proof must be handed in until %(when)s; if it is not cleared, the rest to %(amount)s is due",
                when=_when(facts["until"], meeting),
                amount=money(facts["other"]),
            )
        case "fit_waived":
            return _("Registered in this category by the office: %(reason)s", reason=facts["reason"])
    raise KeyError(key)


def requirement(row):
    """What a category asks, in a few words each; an empty list when it is open to all."""
    said = []
    if row.members_only:
        said.append(_("members"))
    if row.stages:
        said.append(", ".join(str(people.STAGES[each]) for each in people.Stage if each in row.stages))
    if row.tiers:
        said.append(_("residents of: %(tiers)s", tiers=_tiers(row.tiers)))
    if row.proof:
        said.append(_("proof: %(kind)s", kind=PROOFS[row.proof]))
    return said


def _reason(key, facts):
    match key:
        case "members_only":
            return _("For members. Join or renew first, or in the same order.")
        case "stage":
            stages = ", ".join(str(people.STAGES[each]).lower() for each in people.Stage if each in facts["stages"])
            if not facts["stage"]:
                return _("For: %(stages)s. Say your career stage in your details.", stages=stages)
            stage = str(people.STAGES[facts["stage"]]).lower()
            return _("For: %(stages)s. Your details say: %(stage)s.", stages=stages, stage=stage)
    return _tier_reason(facts)


def _tier_reason(facts):
    wanted = _tiers(facts["tiers"])
    if not facts["country"]:
        return _("For residents of countries with: %(tiers)s. Say in your details where you live.", tiers=wanted)
    if not facts["list"]:
        return _("For residents of countries with: %(tiers)s. No list of countries is in force now.", tiers=wanted)
    country = _country(facts["country"])
    if not facts["tier"]:
        words = {"tiers": wanted, "country": country, "list": facts["list"]}
        return _(
            "For residents of countries with: %(tiers)s. %(country)s does not stand in the list “%(list)s”.", **words
        )
    words = {"tiers": wanted, "country": country, "tier": str(TIERS[facts["tier"]]).lower(), "list": facts["list"]}
    return _("For residents of countries with: %(tiers)s. %(country)s: %(tier)s (list “%(list)s”).", **words)


def _tiers(tiers):
    return ", ".join(str(TIERS[each]).lower() for each in Tier if each in tiers)


def _country(code):
    return people.country_name(code, str(get_locale() or "en"))


def _when(text, meeting):
    """A deadline ends just before an instant: people are told the last minute that counts."""
    zone = ZoneInfo(meeting.timezone)
    shown = datetime.fromtimestamp(datetime.fromisoformat(text).timestamp() - 60, zone)
    return f"{format_datetime(shown, 'EEE d MMM y, HH:mm', locale=get_locale())} ({shown.tzname()})"
