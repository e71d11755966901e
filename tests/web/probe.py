"""A small application with a view of each kind, behind the same guards as the real one."""

from flask import Blueprint, abort, request
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from conference.kernel import Refusal
from conference.web import allow, anyone, from_elsewhere, signed_in, staff

bp = Blueprint("probe", __name__, url_prefix="/probe")


@bp.get("/open")
@allow(anyone)
def open_page():
    return "open"


@bp.post("/open")
@allow(anyone)
def open_post():
    return "posted"


@bp.post("/hook")
@allow(anyone)
@from_elsewhere
def hook():
    return "taken"


@bp.get("/mine")
@allow(signed_in)
def mine():
    return current_user.person.email


@bp.post("/mine")
@allow(signed_in)
def mine_post():
    return "done"


@bp.get("/money")
@allow(staff("finance"))
def money():
    return "money"


@bp.get("/forgotten")
def forgotten():
    return "nobody said who may see this"


@bp.get("/refused")
@allow(anyone)
def refused():
    raise Refusal("The workshop is <b>full</b>.")


@bp.get("/broken")
@allow(anyone)
def broken():
    raise ZeroDivisionError("secret words")


@bp.get("/database/<words>")
@allow(anyone)
def database(words):
    raise OperationalError("UPDATE something", {}, Exception(words))


@bp.get("/status/<int:code>")
@allow(anyone)
def status(code):
    abort(code)


@bp.get("/number/<int:number>")
@allow(anyone)
def number(number):
    return str(number)


@bp.get("/ref/<ref:ref>")
@allow(anyone)
def by_ref(ref):
    return ref


@bp.post("/form")
@allow(anyone)
def form():
    return str(len(request.form))
