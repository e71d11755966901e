"""The question in words, as it is shown, so that a copy can be kept with the answers to it."""

from hashlib import sha256

from flask_babel import gettext as _

from conference.consent.registry import COOKIES, KEPT_COPIES, PURPOSES, RESOURCES


def banner_title():
    """The heading of the banner."""
    return _("Cookies and embedded maps")


def banner_text():
    """The sentences of the banner."""
    return _(
        "This site sets only the cookies it needs, and only when you sign in, pay or answer here. Maps that come from "
        "OpenStreetMap stay off unless you say yes. You can change your answer at the foot of every page."
    )


def shown_text():
    """Everything shown with the question, necessary things included, in the reader's language."""
    return "\n".join([agreed_text(), "", *_listed(is_necessary=True)])


def agreed_text():
    """What a yes or no is about, in the reader's language: the banner and all that is not necessary."""
    return "\n".join([banner_title(), banner_text(), "", *_listed(is_necessary=False)])


def digest(text):
    """SHA-256 of a text, hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _listed(*, is_necessary):
    for purpose in PURPOSES:
        if purpose.is_necessary == is_necessary:
            yield f"{purpose.title}: {purpose.text}"
            yield from _things(purpose.key)


def _things(key):
    for cookie in (*COOKIES, *KEPT_COPIES):
        if cookie.purpose == key:
            yield f"- {cookie.name} ({cookie.provider}; {cookie.kept}): {cookie.why}"
    for each in RESOURCES:
        if each.purpose == key:
            yield f"- {each.name} ({each.provider}, {each.origin}; {each.kept}): {each.why}"
