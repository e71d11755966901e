"""Signing in as values: lifetimes, limits, what a browser calls itself, what was typed as a code."""

import hashlib
import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

CODE_LIFE = timedelta(minutes=10)
LINK_LIFE = timedelta(hours=1)
MOST_TRIES = 5
UNUSED_LIFE = timedelta(days=30)
STAFF_LIFE = timedelta(hours=12)
FRESH_FOR = timedelta(minutes=15)
TOUCH_EVERY = timedelta(minutes=5)
KEEP_ENDED = timedelta(days=90)


class Purpose(StrEnum):
    """What a code or a link proves."""

    SIGN_IN = "sign-in"
    CONFIRM = "confirm"
    NEW_ADDRESS = "new-address"
    LINK = "link"


class Way(StrEnum):
    """How somebody signed in."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 (the name of a way, not a secret)
    LINK = "link"


@dataclass(frozen=True)
class Limit:
    """At most `most` of something in each window of time."""

    most: int
    window: timedelta


# For an address the limits are tight for each client and loose for all together, so that one client cannot use up what its
# owner needs elsewhere; a browser that was signed in under the address before has an allowance that nobody else reaches.
# Sixty codes a day with five tries each leave guessers in many networks one chance in three thousand a day for one address.
# The limits for a client are wide because a whole congress may stand behind one address.
_QUARTER, _DAY = timedelta(minutes=15), timedelta(days=1)
LIMITS = {
    "code-to-address-from-client": (Limit(6, _QUARTER), Limit(20, _DAY)),
    "code-to-address": (Limit(18, _QUARTER), Limit(60, _DAY)),
    "code-to-known-browser": (Limit(6, _QUARTER), Limit(20, _DAY)),
    "code-from-client": (Limit(300, timedelta(minutes=10)), Limit(3000, _DAY)),
    "wrong-code-from-client": (Limit(100, timedelta(minutes=10)), Limit(400, _DAY)),
    "password-for-address-from-client": (Limit(10, _QUARTER), Limit(40, _DAY)),
    "password-for-address": (Limit(60, _QUARTER), Limit(240, _DAY)),
    "password-in-known-browser": (Limit(10, _QUARTER), Limit(40, _DAY)),
    "password-from-client": (Limit(200, timedelta(minutes=10)),),
    "letter-again": (Limit(5, timedelta(hours=1)),),
    "document": (Limit(60, timedelta(minutes=10)),),
    "badge": (Limit(60, timedelta(minutes=10)),),
    "proof": (Limit(10, timedelta(minutes=10)), Limit(40, _DAY)),
    "visa": (Limit(10, timedelta(minutes=10)), Limit(30, _DAY)),
    "verify-from-client": (Limit(60, timedelta(minutes=10)), Limit(1000, _DAY)),
    "discount-code": (Limit(20, timedelta(minutes=10)), Limit(100, _DAY)),
    # Addresses of others that a payer names: whether each is registered, or pays a member's price, is told.
    "group-address": (Limit(1000, timedelta(minutes=10)), Limit(2000, _DAY)),
    "group-act": (Limit(120, timedelta(minutes=10)), Limit(1000, _DAY)),
    "heir": (Limit(20, timedelta(minutes=10)), Limit(60, _DAY)),
    "payment-service": (Limit(30, timedelta(minutes=10)),),
    "consent-from-client": (Limit(2000, timedelta(hours=1)),),
    "stars-from-client": (Limit(2000, timedelta(hours=1)),),
    "schedule-print": (Limit(20, timedelta(minutes=10)),),
    "schedule-print-from-client": (Limit(200, timedelta(minutes=10)),),
}
LONGEST_WINDOW = max(limit.window for limits in LIMITS.values() for limit in limits)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BROWSERS = (
    ("Edge", re.compile(r"Edg(e|A|iOS)?/")),
    ("Opera", re.compile(r"OPR/|Opera")),
    ("Samsung Internet", re.compile(r"SamsungBrowser/")),
    ("Firefox", re.compile(r"Firefox/|FxiOS/")),
    ("Chrome", re.compile(r"Chrome/|CriOS/|Chromium/")),
    ("Safari", re.compile(r"Safari/")),
)
_SYSTEMS = (
    ("Windows", re.compile(r"Windows")),
    ("Android", re.compile(r"Android")),
    ("iPhone", re.compile(r"iPhone")),
    ("iPad", re.compile(r"iPad")),
    ("macOS", re.compile(r"Macintosh|Mac OS X")),
    ("ChromeOS", re.compile(r"CrOS")),
    ("Linux", re.compile(r"Linux|X11")),
)
_REGISTERING = re.compile(r"/meetings/[^/?#]+/register(?:[/?#]|$)")


def window_start(now, window):
    """The beginning of the fixed window of time in which `now` lies."""
    return _EPOCH + ((now - _EPOCH) // window) * window


def client_key(address):
    """What counts as one client: an IPv4 address, or the /64 that one IPv6 subscriber has to himself."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    # Where one socket listens for both kinds, IPv4 comes as ::ffff:192.0.2.1: by its /64 all of them would be one client.
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def browser_of(user_agent):
    """("Firefox", "Linux") from a User-Agent header: enough to recognise one's own, too little to track anybody."""
    return _named(_BROWSERS, user_agent or ""), _named(_SYSTEMS, user_agent or "")


def typed_code(text):
    """The digits of what was typed, as 0-9 whatever script and spacing they came in."""
    digits = (unicodedata.decimal(letter, None) for letter in text or "")
    return "".join(str(digit) for digit in digits if digit is not None)


def token_digest(token):
    """SHA-256 of a random 256-bit token, hexadecimal. Not keyed: nobody guesses it, and it outlives a change of the secret key."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def leads_to_registration(path):
    """Whether a path on this site is that of registering for a meeting."""
    return _REGISTERING.match(path or "") is not None


def _named(patterns, text):
    return next((name for name, pattern in patterns if pattern.search(text)), "")
