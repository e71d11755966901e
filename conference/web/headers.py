"""The response headers that keep a page to itself."""

from flask import current_app, g, request

# Nothing inline, nothing from elsewhere; a form may end at the payment page (Chromium checks the redirect too).
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors {ancestors}; frame-src {frame}; form-action 'self'{payment}"
)
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()",
}


def allow_payment_origin():
    """This page's form leads to the payment page: name its origin in form-action."""
    g.payment_form = True


def allow_frame(origin):
    """This page shows a frame of another origin, which its reader has agreed to: name it in frame-src."""
    request.environ["plenary.frame"] = origin


def allow_own_frame():
    """This answer may stand in a frame of our own pages: a badge that is printed out of one."""
    request.environ["plenary.framed"] = True


def add_headers(response):
    """After each request: policy headers, and no shared cache for anything personal."""
    framed = "plenary.framed" in request.environ
    if framed:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    payment = " " + current_app.config["STRIPE_CHECKOUT_ORIGIN"] if g.get("payment_form") else ""
    origins = {
        "payment": payment,
        "frame": request.environ.get("plenary.frame", "'none'"),
        "ancestors": "'self'" if framed else "'none'",
    }
    response.headers.setdefault("Content-Security-Policy", _CSP.format(**origins))
    for name, value in _FIXED.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if _is_personal() else "no-cache"
        response.vary.update(("Cookie", "Sec-GPC", "Accept-Language"))
    return response


def _is_personal():
    return request.method != "GET" or bool(request.cookies)
