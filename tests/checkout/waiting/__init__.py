"""Waiting lists, from joining to the place."""
