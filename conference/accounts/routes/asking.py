"""What the pages with a code have in common: the code being waited for, the client, where to go next."""

from flask import g, request, session
from flask_login import current_user

from conference.accounts import codes, queries, rules, signing_in, throttle
from conference.accounts.routes import known
from conference.kernel import Refusal, clock, transaction
from conference.web import refuse_into, safe_next

MY_PAGE = "/account/"
_LONGEST_NEXT = 2000


def me():
    """The account that is signed in, itself rather than Flask-Login's stand-in for it; None for a stranger."""
    return g.sign_in.account if current_user.is_authenticated else None


def user_agent():
    """What the browser calls itself, in a length that is worth looking at."""
    return request.headers.get("User-Agent", "")[:500]


def wanted():
    """The address on this site that somebody was on the way to, or None."""
    target = request.args.get("next", "")
    return safe_next(target, default=MY_PAGE) if 0 < len(target) < _LONGEST_NEXT else None


def send(email, purpose):
    """Send a code and remember, in this browser only, that it is waited for. Raises TooMany."""
    with transaction():
        code = signing_in.ask_for_code(
            email=email,
            purpose=purpose,
            client=throttle.client(),
            is_known=known.is_known(email),
            account=me(),
            user_agent=user_agent(),
            now=clock.now(),
        )
    session[_key(purpose)] = code.ref


def awaited(purpose):
    """The code that this browser asked for, or None."""
    ref = session.get(_key(purpose))
    code = queries.code_of(ref, purpose) if ref else None
    if code is None or purpose == rules.Purpose.SIGN_IN:
        return code
    return code if current_user.is_authenticated and code.account_id == me().id else None


def forget(purpose):
    """No code is waited for any more."""
    session.pop(_key(purpose), None)


def answer(form, code, act):
    """What `act(typed, now)` returned for a right code, and 303; else None and a status, the reason put beside the field."""
    if not form.validate():
        return None, 422
    now = clock.now()
    try:
        if not known.is_known(code.email):
            throttle.refuse_spent("wrong-code-from-client", throttle.client(), now=now)
        with transaction():
            codes.claim_try(code, now=now)
        with transaction():
            return act(form.code.data, now), 303
    except Refusal as refusal:
        refuse_into(form, refusal)
        return None, _counted(refusal, code, now)


def too_many(form, refusal):
    """Status and headers of a page that says when to try again."""
    refuse_into(form, refusal)
    return 429, {"Retry-After": str(refusal.wait)}


def _counted(refusal, code, now):
    if isinstance(refusal, throttle.TooMany):
        return 429
    if isinstance(refusal, codes.WrongCode) and not known.is_known(code.email):
        _count_wrong(now)
    return 422


def _count_wrong(now):
    try:
        with transaction():
            throttle.claim("wrong-code-from-client", throttle.client(), now=now)
    except throttle.TooMany:
        return


def _key(purpose):
    return f"code {purpose}"
