"""Where payers are told to pay: nobody changes that unseen by the rest of finance and the administrators."""

from flask_babel import gettext as _

from conference import accounts, mail
from conference.kernel import ADMINISTRATOR
from conference.payments import bank, documents
from conference.web import absolute_url

OF_ACCOUNT = ("currency", "holder", "iban", "bic", "details", "is_closed")
OF_SELLER = ("bank", "iban", "bic")


def add_account(*, by, now, **facts):
    """A new bank account. Refusal as of bank.add."""
    account = bank.add(by=by, now=now, **facts)
    _tell(account.name, f"account:{account.ref}", "staff.bank_accounts", by=by, now=now)
    return account


def change_account(account, *, by, version, now, **facts):
    """Change what is known of an account. Refusal as of bank.change."""
    before = _told(account, OF_ACCOUNT)
    account = bank.change(account, by=by, version=version, now=now, **facts)
    if _told(account, OF_ACCOUNT) != before:
        _tell(account.name, f"account:{account.ref}", "staff.bank_accounts", by=by, now=now)
    return account


def save_seller(*, version, by, now, **facts):
    """Who sells from now on. Refusal as of documents.save_seller."""
    before = _told(documents.queries.seller(), OF_SELLER)
    seller = documents.save_seller(version=version, by=by, now=now, **facts)
    if _told(seller, OF_SELLER) != before:
        _tell(_("the account that stands on invoices"), f"seller:{seller.id}", "staff.seller", by=by, now=now)
    return seller


def _told(source, names):
    """What payers are told of it; nothing where there is nothing yet."""
    return [getattr(source, name, None) or "" for name in names]


def _tell(name, cause, endpoint, *, by, now):
    holders = [*accounts.holders_of("finance"), *accounts.holders_of(ADMINISTRATOR)]
    for person in {account.person.id: account.person for account in holders}.values():
        mail.post(
            kind="bank_details",
            cause=f"{cause}:{now.timestamp():.6f}",
            to=person,
            subject=_("Bank details for payers were changed"),
            template="checkout/mail/bank_details.txt",
            now=now,
            name=name,
            by=by,
            address=absolute_url(endpoint),
        )
