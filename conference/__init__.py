"""Plenary: a scientific society's annual meeting and membership in one application."""
