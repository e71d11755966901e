"""Cross-site posts are refused by what the browser itself says of them, so pages need neither token nor cookie.

Browsers send Sec-Fetch-Site on every request since 2023 and Origin on every POST since 2020; a form of another site cannot
forge either (https://www.w3.org/TR/fetch-metadata/). A request with neither did not come from a browser that a
person is signed in with, unless it is very old: it is refused too.
"""

from flask import abort, current_app, request

SAFE = ("GET", "HEAD", "OPTIONS")


def refuse_cross_site():
    """Before each request: 403 for an unsafe method that another site started."""
    if request.method in SAFE or _is_exempt() or _is_ours():
        return
    abort(403, description="cross-site")


def from_elsewhere(view):
    """Mark a view that machines post to (a signed webhook, a device): it proves itself in another way."""
    view.from_elsewhere = True
    return view


def _is_exempt():
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "from_elsewhere", False)


def _is_ours():
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin" or (site == "none" and "Origin" not in request.headers)
    return request.headers.get("Origin", "").partition("://")[2] == request.host
