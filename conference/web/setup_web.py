"""Puts the web's own parts into the application, below and around everybody's pages."""

from flask_login import LoginManager
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from conference.web import access, context, errors, filters, headers, limits, origin, urls


class SignInManager(LoginManager):
    """Flask-Login without its own "remember me" cookie: who is signed in stands in a row of ours, named by the session."""

    def _load_user_from_remember_cookie(self, cookie):
        return None

    def _update_remember_cookie(self, response):
        return response


login_manager = SignInManager()


def prepare(app):
    """Before the pages are mounted: converters, templates, sign-in."""
    urls.add_converters(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    filters.add_filters(app)
    app.context_processor(context.page_context)
    login_manager.init_app(app)
    if app.config["PROXY_COUNT"]:
        count = app.config["PROXY_COUNT"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)


def guard(app):
    """After the pages are mounted: the checks before each request and the headers after it."""
    app.before_request(limits.refuse_nul)
    app.before_request(limits.bound_forms)
    app.before_request(origin.refuse_cross_site)
    app.before_request(access.check_access)
    app.after_request(headers.add_headers)
    errors.add_error_pages(app)
