"""What a reader may answer."""

from dataclasses import dataclass

from flask_babel import gettext as _

from conference.consent.registry import OPTIONAL
from conference.consent.rules import SURFACES, Act, agreed
from conference.kernel import Refusal

_OFFERED = (Act.ACCEPT, Act.REFUSE, Act.CUSTOM, Act.WITHDRAW)


@dataclass(frozen=True)
class Posted:
    """An answer as it was posted."""

    act: Act
    allowed: frozenset
    surface: str


def parse(form):
    """The posted answer; Refusal when it is none."""
    act = next((act for act in _OFFERED if act == form.get("choice")), None)
    if act is None:
        raise Refusal(_("Choose one of the answers: accept all, refuse all, or save your own choice."))
    surface = form.get("surface")
    return Posted(
        act=act,
        allowed=agreed(act, form.getlist("purpose"), optional=OPTIONAL),
        surface=surface if surface in SURFACES else "page",
    )
