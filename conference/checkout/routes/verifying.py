"""The public address of a visa letter: valid or not, and nothing else."""

from flask import make_response, render_template

from conference import accounts
from conference.checkout.routes.blueprint import bp
from conference.kernel import clean_line, clock, transaction
from conference.registration import visa
from conference.web import allow, anyone


@bp.get("/verify/<string(maxlength=64):letter_code>")
@allow(anyone)
def verify(letter_code):
    """Whether a letter holds at this moment; a letter that never was looks like one that is void."""
    now = clock.now()
    with transaction():
        accounts.claim("verify-from-client", accounts.client(), now=now)
    is_valid = visa.queries.is_valid(clean_line(letter_code).upper(), now)
    response = make_response(render_template("checkout/verify.html", is_valid=is_valid, now=now))
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
