"""Names and addresses as values."""

from email_validator import EmailNotValidError, validate_email

from conference.kernel import Refusal, clean_line


def normal_email(text):
    """The one form under which an address is kept (lower case, NFC, IDNA domain); Refusal when it is none.

    The local part is lowered too: RFC 5321 allows case to matter, no mail system in use lets it.
    """
    try:
        found = validate_email(clean_line(text), check_deliverability=False, allow_smtputf8=True)
    except EmailNotValidError:
        raise Refusal("This is not an e-mail address. It looks like name@example.org.", field="email") from None
    return found.normalized.lower()


def display_name(given, family):
    """The name as people write it: given name first, either part alone when it is the only one."""
    return " ".join(part for part in (given, family) if part)


def sort_name(given, family):
    """Under which the name is filed: family name first."""
    return ", ".join(part for part in (family, given) if part)
