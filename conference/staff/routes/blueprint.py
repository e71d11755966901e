"""The blueprint that the desk's pages hang on."""

from flask import Blueprint

bp = Blueprint("staff", __name__, url_prefix="/staff")
