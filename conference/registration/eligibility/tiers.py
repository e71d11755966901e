"""Lists of countries by income: read from a file, tried, put in force from a day on, taken back."""

import csv
import io
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import delete, insert

from conference import audit, people
from conference.kernel import Refusal, clean_line, db
from conference.registration.eligibility import queries
from conference.registration.eligibility.models import TierList, TierRow
from conference.registration.eligibility.rules import Tier

COLUMNS = ("country", "tier")
MOST_ROWS = 400
MOST_BYTES = 100_000


@dataclass(frozen=True)
class Read:
    """What a file says: {country: tier}, and each row at fault as (line, why)."""

    tiers: dict = field(default_factory=dict)
    faults: tuple = ()


def read(text):
    """The Read of a CSV text with the columns country and tier; Refusal at the field when it is no such file."""
    if len(text) > MOST_BYTES:
        raise Refusal(_("The file is too large for a list of countries."), field="file")
    reader = csv.DictReader(io.StringIO(text.replace("\0", "")))
    names = [clean_line(name).casefold() for name in reader.fieldnames or ()]
    if not set(COLUMNS) <= set(names):
        raise Refusal(_("The first line must name the columns %(columns)s.", columns=", ".join(COLUMNS)), field="file")
    reader.fieldnames = names
    tiers, faults = {}, []
    for row in reader:
        country, tier, fault = _row(row, tiers)
        if fault:
            faults.append((reader.line_num, fault))
        else:
            tiers[country] = tier
        if len(tiers) + len(faults) > MOST_ROWS:
            raise Refusal(_("The file has more than %(most)s rows.", most=MOST_ROWS), field="file")
    if not tiers and not faults:
        raise Refusal(_("The file has no rows."), field="file")
    return Read(tiers, tuple(faults))


def difference(tiers, before):
    """[(country, tier before or "", tier now or "")] of what another list changes, in order of the codes."""
    codes = sorted(set(tiers) | set(before))
    return [(code, before.get(code, ""), tiers.get(code, "")) for code in codes if tiers.get(code) != before.get(code)]


def put_in_force(tiers, *, name, valid_from, by, now, is_example=False):
    """A list that counts from a day on, until the next one; Refusal when another begins on that day."""
    if any(each.valid_from == valid_from for each, _rows in queries.tier_lists()):
        raise Refusal(
            _("Another list begins on this day. Take it back first, or choose another day."), field="valid_from"
        )
    made = TierList(name=name, valid_from=valid_from, is_example=is_example, made_at=now)
    db.session.add(made)
    db.session.flush()
    rows = [{"list_id": made.id, "country": country, "tier": str(tier)} for country, tier in tiers.items()]
    db.session.execute(insert(TierRow), rows)
    facts = {"valid_from": valid_from.isoformat(), "count": len(rows)}
    audit.record(by=by, verb="put a list of countries in force", subject=made, now=now, after=facts, note=name)
    return made


def take_back(tier_list, *, by, now):
    """The list before it counts again; what was sold by this one keeps its price and its reason."""
    facts = {"valid_from": tier_list.valid_from.isoformat()}
    audit.record(
        by=by, verb="took a list of countries back", subject=tier_list, now=now, before=facts, note=tier_list.name
    )
    db.session.execute(delete(TierRow).where(TierRow.list_id == tier_list.id))
    db.session.delete(tier_list)
    db.session.flush()


def _row(row, seen):
    """(country, tier, what is wrong in words or "")."""
    country = clean_line(row.get("country") or "").upper()
    tier = clean_line(row.get("tier") or "").casefold().replace(" ", "_").replace("-", "_")
    if not people.is_country(country):
        return country, tier, _("“%(country)s” is no country code of two letters", country=country[:40])
    if tier not in set(Tier):
        names = ", ".join(Tier)
        return country, tier, _("“%(tier)s” is no tier: one of %(names)s", tier=tier[:40], names=names)
    if country in seen:
        return country, tier, _("%(country)s stands twice", country=country)
    return country, tier, ""
