"""Recordings of sessions and talks: links that are handed to those who may see them, at the moment at which they ask."""
