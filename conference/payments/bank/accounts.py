"""The society's bank accounts, and what is known of each."""

import re

from flask_babel import gettext as _
from sqlalchemy import select
from stdnum import bic as bics
from stdnum import iban as ibans

from conference import audit
from conference.kernel import Refusal, claim_version, db
from conference.payments.bank.models import Account, StatementLine
from conference.payments.bank.rules import normal

FACTS = ("name", "holder", "iban", "bic", "details", "currency", "mapping", "books_exact", "is_closed")


def add(*, by, now, **facts):
    """A new account; Refusal at the field when its IBAN or BIC cannot be one, or its name is taken."""
    facts = _checked(facts, None)
    account = Account(**facts)
    db.session.add(account)
    db.session.flush()
    audit.record(by=by, verb="added a bank account", subject=account, now=now, after={"name": account.name})
    return account


def change(account, *, by, version, now, **facts):
    """Change what is known of an account that was read at `version`; Refusal as of `add`, or when somebody else saved since."""
    facts = _checked(facts, account)
    if facts["currency"] != account.currency and db.session.scalar(_lines_of(account)):
        raise Refusal(_("Lines in this currency are kept already. Add another account."), field="currency")
    before, after = audit.changes(account, facts)
    if before:
        if not claim_version(account, version, facts):
            raise Refusal(_("Somebody else has saved this since you opened it. Nothing of theirs or yours is lost."))
        audit.record(by=by, verb="changed a bank account", subject=account, now=now, before=before, after=after)
    return account


def _lines_of(account):
    return select(StatementLine.id).where(StatementLine.account_id == account.id).limit(1)


def _checked(facts, account):
    iban, bic = normal(facts["iban"]), normal(facts["bic"])
    # An IBAN begins with its country (ISO 13616); numbers of countries without any go into the words for payers.
    if iban and not ibans.is_valid(iban):
        raise Refusal(_("This is not an IBAN: its check digits do not agree."), field="iban")
    if bic and not bics.is_valid(bic):
        raise Refusal(_("This is not a BIC."), field="bic")
    if not re.fullmatch(r"[A-Z]{3}", facts["currency"]):
        raise Refusal(_("A currency is three letters, such as EUR."), field="currency")
    others = select(Account.id).where(Account.name == facts["name"], Account.id != (account.id if account else 0))
    if db.session.scalar(others):
        raise Refusal(_("There is an account of this name already."), field="name")
    return {**facts, "iban": iban, "bic": bic}
