"""Policies of price."""
