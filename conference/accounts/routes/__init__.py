"""Pages about signing in, and about what one signs in with."""

from conference.accounts.routes import address, confirming, password, security, signing_in
from conference.accounts.routes.blueprint import bp

__all__ = ["address", "bp", "confirming", "password", "security", "signing_in"]
