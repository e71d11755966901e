"""The public home and everybody's own page: what stands on all other subjects and shows them together."""

from conference.home.site import site

__all__ = ["site"]
