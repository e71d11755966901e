"""Signing up for sessions that have only so many places: claimed by update, given back, waited for in order."""
