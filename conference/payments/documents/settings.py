"""What finance staff decide: who sells, rates of tax, and whom a person had their last document made out to."""

from flask_babel import gettext as _

from conference import audit
from conference.kernel import Refusal, claim_version, db, insert_once
from conference.payments.documents import queries
from conference.payments.documents.models import BillTo, Seller, TaxRate

REMEMBERED = ("name", "organisation", "address", "postcode", "city", "country", "tax_id", "email", "language")


def save_seller(*, version, by, now, **facts):
    """Who sells from now on, in a new version; what was issued stays as it is. Refusal when somebody has saved since `version` was read."""
    before = queries.seller()
    values = {"id": version + 1, "saved_at": now, "saved_by": by.id if by else None, **facts}
    if (before.id if before else 0) != version or not insert_once(Seller.__table__, values):
        raise Refusal(_("Somebody else has saved this since you opened it. Nothing of theirs or yours is lost."))
    seller = queries.seller()
    old = {name: getattr(before, name) for name in facts} if before else {}
    told = {name: value for name, value in facts.items() if name != "language"}  # a code is no word
    changed = {name: value for name, value in told.items() if old.get(name) != value}
    audit.record(
        by=by,
        verb="saved the seller",
        subject=seller,
        now=now,
        before={n: old[n] for n in changed if n in old},
        after=changed,
    )
    return seller


def add_rate(*, by, now, **facts):
    """A new rate of tax."""
    rate = TaxRate(**facts)
    db.session.add(rate)
    db.session.flush()
    audit.record(by=by, verb="added a rate of tax", subject=rate, now=now, after=_told(facts))
    return rate


def change_rate(rate, *, version, by, now, **facts):
    """Change a rate for documents to come; those that were issued keep theirs. Refusal when somebody saved since."""
    before, after = audit.changes(rate, facts)
    if not before:
        return rate
    if not claim_version(rate, version, facts):
        raise Refusal(_("Somebody else has saved this since you opened it. Nothing of theirs or yours is lost."))
    audit.record(by=by, verb="changed a rate of tax", subject=rate, now=now, before=_told(before), after=_told(after))
    return rate


def remove_rate(rate, *, by, now):
    """Take a rate away; documents that were issued keep theirs."""
    audit.record(by=by, verb="took away a rate of tax", subject=rate, now=now)
    db.session.delete(rate)
    db.session.flush()


def remember_bill_to(person, buyer):
    """Keep whom a person had a document made out to, for the next one."""
    facts = {name: getattr(buyer, name) for name in REMEMBERED}
    if not insert_once(BillTo.__table__, {"person_id": person.id, **facts}):
        found = queries.bill_to(person)
        for name, value in facts.items():
            setattr(found, name, value)
    db.session.flush()


def _told(facts):
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in facts.items()}
