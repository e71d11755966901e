"""The letters about signing in."""

from flask_babel import gettext as _

from conference import mail, society
from conference.accounts import rules
from conference.accounts.words import ROLE_LABELS
from conference.web import absolute_url


def code(row, *, secret, person, user_agent, now):
    """The code itself, to the address that has to prove itself."""
    browser, system = rules.browser_of(user_agent)
    subject = (
        _("Your code to confirm this address") if row.purpose == rules.Purpose.NEW_ADDRESS else _("Your sign-in code")
    )
    mail.post(
        kind=f"code-{row.purpose}",
        cause=row.ref,
        to=person,
        to_email=row.email,
        subject=f"{subject} – {_house()}",
        template="accounts/mail/code.txt",
        now=now,
        is_secret=True,
        secret=secret,
        purpose=row.purpose,
        minutes=int(rules.CODE_LIFE.total_seconds() // 60),
        browser=browser,
        system=system,
        house=_house(),
    )


def password_changed(account, *, now):
    """To the account's address: the password was set, changed or removed."""
    _post("password-changed", account, account.person.email, _("Your password was changed"), now)


def address_changed(account, *, before, now):
    """To the address that was left, with how to object; and to the new one."""
    for email in (before, account.person.email):
        _post("address-changed", account, email, _("Your e-mail address was changed"), now, before=before)


def address_mended(person, *, before, now):
    """The office has mended the address: the right one is told what to do; the wrong one, a stranger's, nothing of the person."""
    told = {"cause": f"person {person.id} {now.isoformat()}", "now": now}
    subject = _("Your e-mail address was mended")
    _write("address-mended", person, person.email, subject, before=before, sign_in=_sign_in(), **told)
    _write("address-left", person, before, _("This address is no longer used"), **told)


def role_granted(account, role, *, now):
    """To the account's address: there is a role to use, and where."""
    desk = absolute_url("accounts.sign_in", next="/staff/")
    _post(
        "role-granted",
        account,
        account.person.email,
        _("You have a new role"),
        now,
        role_label=ROLE_LABELS[role],
        desk=desk,
    )


def _post(kind, account, email, subject, now, **values):
    cause = f"account {account.id} {now.isoformat()}"
    security = absolute_url("accounts.security")
    _write(kind, account.person, email, subject, cause=cause, now=now, security=security, **values)


def _write(kind, person, email, subject, *, cause, now, **values):
    mail.post(
        kind=kind,
        cause=cause,
        to=person,
        to_email=email,
        subject=f"{subject} – {_house()}",
        template=f"accounts/mail/{kind.replace('-', '_')}.txt",
        now=now,
        house=_house(),
        office=_office(),
        **values,
    )


def _sign_in():
    return absolute_url("accounts.sign_in")


def _house():
    ours = society.current()
    return ours.short_name or ours.name if ours else "Plenary"


def _office():
    ours = society.current()
    return ours.email if ours else ""
