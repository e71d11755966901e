"""Every purpose, cookie and outside resource there is. What is not listed here can be neither set nor loaded.

Adding something that is not necessary, or changing what is said of it, changes what people agreed to: raise `VERSION`
and add its hash to `HASHES`, and everybody is asked again.
"""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

VERSION = 1
# SHA-256 of `wording.agreed_text()` in English for each version, so that no word changes under people's answers unseen.
HASHES = {1: "48b63d75c9df33bfe41ffece55940709184424b54ce25f093f70718d5c58defc"}

OURSELVES = _l("This society, first party")


@dataclass(frozen=True)
class Purpose:
    """One reason for keeping or loading something; people say yes or no to each that is not necessary."""

    key: str
    title: str
    text: str
    is_necessary: bool = False


@dataclass(frozen=True)
class Cookie:
    """A cookie: its plain name (production puts `__Host-` in front), who sets it, how long it stays and what for."""

    name: str
    purpose: str
    kept: str
    why: str
    provider: str = OURSELVES


@dataclass(frozen=True)
class Resource:
    """Something a page may load from another origin, whose owner then sees the reader's network address."""

    name: str
    origin: str
    purpose: str
    provider: str
    policy_url: str
    kept: str
    why: str


PURPOSES = (
    Purpose(
        key="necessary",
        title=_l("Necessary"),
        text=_l(
            "Signing in, paying and remembering what you ask the site to remember. The site cannot do these without."
        ),
        is_necessary=True,
    ),
    Purpose(
        key="media",
        title=_l("Embedded maps"),
        text=_l(
            "Shows a map of the venue inside the page. Your browser fetches it from OpenStreetMap, which then sees your "
            "network address and may set cookies of its own. Without it you get the address and a link."
        ),
    ),
)

COOKIES = (
    Cookie(
        name="plenary",
        purpose="necessary",
        kept=_l("until you close the browser; 30 days once you have signed in"),
        why=_l(
            "Keeps you signed in, knows the browser again in which you were, and carries a message from one page to the "
            "next. Set when you sign in or use a form."
        ),
    ),
    Cookie(
        name="plenary_consent",
        purpose="necessary",
        kept=_l("6 months"),
        why=_l("Remembers your answer to this question under a random number. Set only when you answer."),
    ),
    Cookie(
        name="plenary_stars",
        purpose="necessary",
        kept=_l("1 year"),
        why=_l(
            "Keeps what you star in a programme under a random number. Set only when you star something without an account."
        ),
    ),
    Cookie(
        name="plenary_zone",
        purpose="necessary",
        kept=_l("1 year"),
        why=_l("Remembers in which time zone you want to read programmes. Set only when you choose one."),
    ),
)

# What pages keep in the browser besides cookies, when their reader asks for it.
KEPT_COPIES = (
    Cookie(
        name=_l("Copies of a programme (plenary-…)"),
        purpose="necessary",
        kept=_l("until you remove it; your own schedule until you sign out"),
        why=_l(
            "Copies of a programme's pages and of your schedule in it, to be read without a network. Kept only when you ask "
            "for it under “My schedule”."
        ),
    ),
)

RESOURCES = (
    Resource(
        name=_l("Map of the venue"),
        origin="https://www.openstreetmap.org",
        purpose="media",
        provider="OpenStreetMap Foundation",
        policy_url="https://osmfoundation.org/wiki/Privacy_Policy",
        kept=_l("as its provider says"),
        why=_l("Draws the streets around the venue, on the page of a meeting, in a frame that can do nothing else."),
    ),
)

OPTIONAL = frozenset(purpose.key for purpose in PURPOSES if not purpose.is_necessary)


def resource(origin):
    """The registered resource of this origin; KeyError when it is not listed."""
    return {each.origin: each for each in RESOURCES}[origin]


def cookie_named(name):
    """The registered cookie with this name, with or without its production prefix; None when it is not listed."""
    plain = name.removeprefix("__Host-").removeprefix("__Secure-")
    return next((cookie for cookie in COOKIES if cookie.name == plain), None)
