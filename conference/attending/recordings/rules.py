"""Which links may be kept, and who may follow one when: decided on values."""

from urllib.parse import urlsplit

SCHEME = "https://"  # in small letters, as the database asks for it


def is_link(text):
    """Whether a text is a link that may be kept: absolute, of a known scheme, with a host, without a name and password in it."""
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    is_plain = text.isascii() and text.isprintable() and not set(text) & set(' "<>\\^`{|}')
    return is_plain and text.startswith(SCHEME) and bool(host) and "." in host and not parts.username and "@" not in parts.netloc  # fmt: skip


def is_open(opens_at, closes_at, now):
    """Whether something can be watched at an instant."""
    return (opens_at is None or opens_at <= now) and (closes_at is None or now < closes_at)


def may_watch(only_for, for_members, *, category, is_member):
    """Whether somebody may: by the code of the category in which they are registered (None: not at all), or as a member."""
    if category is not None and (not only_for or category in only_for):
        return True
    return for_members and is_member
